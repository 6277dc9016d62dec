using System.Runtime.InteropServices;

namespace ConcurrencyLab.Lab.Execution;

/// <summary>The <c>dotnet</c> command that runs this very process.</summary>
internal static class Dotnet
{
    /// <summary>Its full path where that can be found, else its name for the system to look up.</summary>
    public static string Program { get; } = Find() ?? "dotnet";

    /// <summary>The one that the user's own commands run: the first on PATH, else <see cref="Program"/>.</summary>
    public static string OnPath { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, FileName)).FirstOrDefault(path => Path.IsPathFullyQualified(path) && File.Exists(path)) ?? Program;

    private static string FileName => OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";

    private static string? Find()
    {
        // <root>/shared/Microsoft.NETCore.App/<version>/
        var root = Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..");
        string?[] candidates =
        [
            Path.GetFullPath(Path.Combine(root, FileName)),
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH"),
            Path.Combine(Environment.GetEnvironmentVariable("DOTNET_ROOT") ?? "", FileName),
        ];
        return candidates.FirstOrDefault(candidate => candidate is { Length: > 0 } && Path.IsPathFullyQualified(candidate) && File.Exists(candidate));
    }
}
