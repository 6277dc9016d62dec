using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32;

namespace ConcurrencyLab.Common;

/// <summary>The name of this machine's processor.</summary>
internal static class ProcessorName
{
    /// <summary>As its maker writes it, or its architecture when the system does not tell.</summary>
    public static string Here { get; } = Find() is { Length: > 0 } name ? name : RuntimeInformation.ProcessArchitecture.ToString();

    private static string? Find()
    {
        try
        {
            return OperatingSystem.IsLinux() ? OnLinux() : OperatingSystem.IsMacOS() ? OnMac() : OperatingSystem.IsWindows() ? OnWindows() : null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or Win32Exception)
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
