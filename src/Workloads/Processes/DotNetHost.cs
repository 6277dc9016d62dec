using System.Diagnostics;
using System.Runtime.InteropServices;

namespace ConcurrencyLab;

/// <summary>Starts one of the lab's own programs with the same dotnet that runs this process.</summary>
internal static class DotNetHost
{
    private static readonly Lazy<string> Muxer = new(Find);

    /// <summary>
    /// Starts a program with all three streams redirected. Its input is its lifeline: the system closes that pipe when
    /// this process ends, however it ends, and the program leaves when it reads the end of it.
    /// </summary>
    internal static Process Start(string assembly, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(Muxer.Value)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        start.ArgumentList.Add("exec");
        start.ArgumentList.Add(assembly);
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start) ?? throw new InvalidOperationException($"{assembly} could not be started.");
    }

    private static string Find()
    {
        var name = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
        // shared/Microsoft.NETCore.App/10.0.x/ lies three folders below the dotnet that belongs to it.
        string?[] places =
        [
            Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", name)),
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH"),
            Environment.GetEnvironmentVariable("DOTNET_ROOT") is { Length: > 0 } root ? Path.Combine(root, name) : null,
        ];
        return places.FirstOrDefault(File.Exists) ?? name;
    }
}
