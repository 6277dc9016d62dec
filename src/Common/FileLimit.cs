using System.Runtime.InteropServices;

namespace ConcurrencyLab.Common;

/// <summary>How many files and connections a process may have open at one moment (RLIMIT_NOFILE).</summary>
internal static class FileLimit
{
    // Systems differ in this number only: bits/resource.h of Linux, sys/resource.h of macOS.
    private static readonly int Resource = OperatingSystem.IsMacOS() ? 8 : 7;

    /// <summary>The limit, which the runtime has raised as far as the system lets it; null where there is none or the system does not tell.</summary>
    public static ulong? Here => (OperatingSystem.IsLinux() || OperatingSystem.IsMacOS()) && GetLimit(Resource, out var limits) == 0 ? limits.Current : null;

    [DllImport("libc", EntryPoint = "getrlimit")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int GetLimit(int resource, out Limits limits);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Limits
    {
        public readonly ulong Current;
        public readonly ulong Most;
    }
}
