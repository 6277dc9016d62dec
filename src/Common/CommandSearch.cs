namespace ConcurrencyLab.Common;

/// <summary>Finds programs as a shell does: by name, in the folders of PATH.</summary>
internal static class CommandSearch
{
    /// <summary>The folders in which commands are looked for.</summary>
    public static IReadOnlyList<string> Folders { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    // Scripts of Windows are commands, too.
    private static readonly string[] Endings = OperatingSystem.IsWindows() ? [".exe", ".cmd"] : [""];

    /// <summary>Every file on PATH by one of these names, in the order of the names.</summary>
    public static IEnumerable<string> All(params IEnumerable<string> names) =>
        names.SelectMany(name => Folders.SelectMany(folder => Endings.Select(ending => Path.Combine(folder, name + ending)))).Where(File.Exists);

    /// <summary>The first of them; null when there is none.</summary>
    public static string? First(params IEnumerable<string> names) => All(names).FirstOrDefault();
}
