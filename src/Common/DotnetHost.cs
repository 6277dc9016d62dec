using System.Runtime.InteropServices;

namespace ConcurrencyLab.Common;

/// <summary>The <c>dotnet</c> command, for child processes.</summary>
internal static class DotnetHost
{
    private static readonly string FileName = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";

    /// <summary>The one that runs this process, so that a child runs on the same runtime. Throws <see cref="FileNotFoundException"/> when there is none.</summary>
    public static string Path { get; } = Candidates().FirstOrDefault(File.Exists)
        ?? throw new FileNotFoundException("No dotnet command was found: install the .NET 10 SDK, or set DOTNET_ROOT to the folder it is in.");

    /// <summary>The one that the user's own commands run: the first on PATH, else <see cref="Path"/>.</summary>
    public static string OnPath => CommandSearch.First("dotnet") ?? Path;

    private static IEnumerable<string> Candidates()
    {
        // <root>/shared/Microsoft.NETCore.App/<version>/ is where the running runtime lies; a self-contained host lies elsewhere.
        yield return System.IO.Path.GetFullPath(System.IO.Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", FileName));
        if (Environment.ProcessPath is { } self && System.IO.Path.GetFileName(self) == FileName) yield return self;
        if (Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host) yield return host;
        if (Environment.GetEnvironmentVariable("DOTNET_ROOT") is { Length: > 0 } root) yield return System.IO.Path.Combine(root, FileName);
        foreach (var onPath in CommandSearch.All("dotnet")) yield return onPath;
    }
}
