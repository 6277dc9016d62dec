namespace ConcurrencyLab.Lab.Doctor;

/// <summary>The machine and the checkout that are looked at.</summary>
/// <param name="Root">The repository's folder; empty when the lab runs outside of one.</param>
/// <param name="Home">The user's folder.</param>
/// <param name="Dotnet">The <c>dotnet</c> that runs the lab.</param>
internal sealed record Patient(string Root, string Home, string Dotnet)
{
    /// <summary>What builds everything.</summary>
    public const string Build = "dotnet build src/Lab -c Release";

    /// <summary>How a command of the lab is written.</summary>
    public const string Command = "dotnet run --project src/Lab -c Release --";

    /// <summary>The folders in which commands are looked for.</summary>
    public IReadOnlyList<string> Path { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(System.IO.Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>The staged workload library's folder.</summary>
    public string Lab => System.IO.Path.Combine(Root, "artifacts", "lab");

    /// <summary>Every file on PATH by one of these names, in the order of the names.</summary>
    public IEnumerable<string> All(params IEnumerable<string> names)
    {
        // Scripts of Windows are commands too: VS Code's is one.
        string[] endings = OperatingSystem.IsWindows() ? [".exe", ".cmd"] : [""];
        return names.SelectMany(name => Path.SelectMany(folder => endings.Select(ending => System.IO.Path.Combine(folder, name + ending)))).Where(File.Exists);
    }

    /// <summary>The first of them; null when there is none.</summary>
    public string? Find(params IEnumerable<string> names) => All(names).FirstOrDefault();

    /// <summary>When the newest source below some folders, or of the build's own files, was written, in UTC.</summary>
    /// <param name="folders">Relative to the repository.</param>
    public DateTime NewestSource(params IEnumerable<string> folders) => folders
        .SelectMany(folder => Directory.EnumerateFiles(System.IO.Path.Combine(Root, folder), "*", SearchOption.AllDirectories))
        .Concat(Directory.EnumerateFiles(Root, "Directory.*.props"))
        .Select(File.GetLastWriteTimeUtc)
        .DefaultIfEmpty()
        .Max();
}
