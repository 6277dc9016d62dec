using System.Runtime.InteropServices;

namespace ConcurrencyLab.Lab.Execution;

/// <summary>The <c>dotnet</c> command that runs this very process.</summary>
internal static class Dotnet
{
    /// <summary>Its full path where that can be found, else its name for the system to look up.</summary>
    public static string Program { get; } = Find() ?? "dotnet";

    private static string? Find()
    {
        var name = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
        // <root>/shared/Microsoft.NETCore.App/<version>/
        var root = Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..");
        string?[] candidates =
        [
            Path.GetFullPath(Path.Combine(root, name)),
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH"),
            Path.Combine(Environment.GetEnvironmentVariable("DOTNET_ROOT") ?? "", name),
        ];
        return candidates.FirstOrDefault(candidate => candidate is { Length: > 0 } && Path.IsPathFullyQualified(candidate) && File.Exists(candidate));
    }
}
