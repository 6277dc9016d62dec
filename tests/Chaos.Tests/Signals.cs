using System.Diagnostics;
using System.Runtime.InteropServices;

namespace ConcurrencyLab.Tests;

/// <summary>What one process can do to another on Linux.</summary>
internal static partial class Signals
{
    public const int Interrupt = 2, Kill = 9, Terminate = 15, Stop = 19;

    /// <summary>Sends a signal to a process, or to a group when the number is negative. False when there was none.</summary>
    public static bool Send(int process, int signal) => SendSignal(process, signal) == 0;

    /// <summary>Lets a process have only a few more descriptors than it has now; says so, or null when it is gone.</summary>
    public static string? LimitDescriptors(int process, int more)
    {
        int open;
        try
        {
            // The next descriptor gets the lowest free number, and numbers are what the limit is about.
            open = Directory.EnumerateFiles($"/proc/{process}/fd").Max(path => int.Parse(Path.GetFileName(path), System.Globalization.CultureInfo.InvariantCulture)) + 1;
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            return null;
        }
        using var prlimit = Process.Start("prlimit", ["--pid", $"{process}", $"--nofile={open + more}:{open + more}"]);
        prlimit.WaitForExit();
        return prlimit.ExitCode == 0 ? $"process {process} may have {open + more} descriptors and has had {open}" : null;
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int process, int signal);
}
