using System.Runtime.InteropServices;

namespace ConcurrencyLab.Common;

/// <summary>Finds the <c>dotnet</c> that runs this process, so that a child process runs on the same runtime.</summary>
internal static class DotnetHost
{
    private static readonly string FileName = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";

    /// <summary>The path of the <c>dotnet</c> command. Throws <see cref="FileNotFoundException"/> when there is none.</summary>
    public static string Path { get; } = Find();

    private static string Find()
        => Candidates().FirstOrDefault(File.Exists)
            ?? throw new FileNotFoundException("No dotnet command was found: install the .NET 10 SDK, or set DOTNET_ROOT to the folder it is in.");

    private static IEnumerable<string> Candidates()
    {
        // <root>/shared/Microsoft.NETCore.App/<version>/ is where the running runtime lies; a self-contained host lies elsewhere.
        yield return System.IO.Path.GetFullPath(System.IO.Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", FileName));
        if (Environment.ProcessPath is { } self && System.IO.Path.GetFileName(self) == FileName) yield return self;
        foreach (var variable in (string[])["DOTNET_HOST_PATH", "DOTNET_ROOT", "PATH"])
            foreach (var entry in (Environment.GetEnvironmentVariable(variable) ?? "").Split(System.IO.Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
            {
                if (variable == "DOTNET_HOST_PATH") yield return entry;
                else yield return System.IO.Path.Combine(entry, FileName);
            }
    }
}
