using ConcurrencyLab.Benchmarks.Peers;

namespace ConcurrencyLab.Benchmarks;

/// <summary>The lab's command as readers run it.</summary>
internal static class LabCommand
{
    private static readonly string Dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host ? host : "dotnet";
    private static bool _isBuilt;

    /// <summary>Builds it, so that no build is measured.</summary>
    internal static async Task BuildAsync()
    {
        if (!_isBuilt)
        {
            await Task.Run(() => Do("build", Repository.At("src", "Lab"), "-c", "Release", "-v", "quiet", "--nologo"));
            _isBuilt = true;
        }
    }

    /// <summary>Runs it to its end and gives what it printed.</summary>
    /// <exception cref="InvalidOperationException">It did not succeed; the message is what it said.</exception>
    internal static string Run(params string[] arguments) => Do(["exec", Repository.At("artifacts", "bin", "Lab", "release", "lab.dll"), .. arguments]);

    private static string Do(params string[] arguments)
    {
        var (code, said) = Tool.Say(Dotnet, arguments, TimeSpan.FromMinutes(20), start => start.WorkingDirectory = Repository.Folder);
        return code == 0 ? said : throw new InvalidOperationException($"{string.Join(' ', arguments)}: {said}");
    }
}

/// <summary>A folder that is gone afterwards.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("benchmark-");

    internal string Path => _folder.FullName;

    internal string File(string name) => System.IO.Path.Combine(_folder.FullName, name);

    /// <summary>Removes it and all that is in it.</summary>
    public void Dispose() => _folder.Delete(recursive: true);
}
