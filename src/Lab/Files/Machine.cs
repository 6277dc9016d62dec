using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32;

namespace ConcurrencyLab.Lab.Files;

/// <summary>The machine that figures were measured on.</summary>
public static class Machine
{
    /// <summary>The processor's name as its maker writes it, or its architecture when the system does not tell.</summary>
    public static string Processor { get; } = Find() is { Length: > 0 } name ? name : RuntimeInformation.ProcessArchitecture.ToString();

    private static string? Find()
    {
        try
        {
            if (OperatingSystem.IsLinux()) return OnLinux();
            if (OperatingSystem.IsMacOS()) return OnMac();
            return OperatingSystem.IsWindows() ? OnWindows() : null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    private static string? OnLinux() => File.ReadLines("/proc/cpuinfo")
        .FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':', 2)[1].Trim();

    private static string OnMac()
    {
        using var sysctl = Process.Start(new ProcessStartInfo("sysctl", ["-n", "machdep.cpu.brand_string"]) { RedirectStandardOutput = true })!;
        return sysctl.StandardOutput.ReadToEnd().Trim();
    }

    [SupportedOSPlatform("windows")]
    private static string? OnWindows() =>
        Registry.GetValue(@"HKEY_LOCAL_MACHINE\HARDWARE\DESCRIPTION\System\CentralProcessor\0", "ProcessorNameString", null)?.ToString()?.Trim();
}
