using System.Runtime.InteropServices;

namespace ConcurrencyLab;

/// <summary>How many files and connections a process may have open.</summary>
public static class OpenFiles
{
    // Solaris apart, systems differ only in this number: bits/resource.h of Linux, sys/resource.h of macOS.
    private static readonly int Resource = OperatingSystem.IsMacOS() ? 8 : 7;

    /// <summary>
    /// The most that this process may have open at one moment, files and connections together; the runtime has raised it as far
    /// as the system lets it. <see cref="int.MaxValue"/> where there is no such limit.
    /// </summary>
    public static int Limit =>
        (OperatingSystem.IsLinux() || OperatingSystem.IsMacOS()) && GetLimit(Resource, out var limits) == 0 && limits.Current < int.MaxValue
            ? (int)limits.Current
            : int.MaxValue;

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
