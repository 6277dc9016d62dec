using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace ConcurrencyLab.Lab.Execution;

/// <summary>Ends a chapter's process with everything that its cells have started.</summary>
internal static partial class ProcessTree
{
    private const int Kill = 9;

    /// <summary>
    /// Makes this process the leader of a process group of its own: a terminal's Ctrl-C then reaches the runner alone,
    /// and the whole group can be ended even when its leader is gone. Windows has no such groups.
    /// </summary>
    public static void BecomeLeader()
    {
        if (!OperatingSystem.IsWindows()) _ = SetProcessGroup(0, 0);
    }

    /// <summary>Ends this process and its group at once, without running anything more of it.</summary>
    public static void EndSelf()
    {
        if (!OperatingSystem.IsWindows()) _ = Signal(0, Kill);
        using var self = Process.GetCurrentProcess();
        self.Kill(entireProcessTree: true);
        // A process may not end its own tree everywhere.
        Environment.FailFast(null);
    }

    /// <summary>Ends a process that made itself a leader, its group and its descendants; does nothing when all are gone.</summary>
    public static void End(Process leader)
    {
        try
        {
            if (!leader.HasExited) leader.Kill(entireProcessTree: true);
        }
        catch (Exception fault) when (fault is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It ended while we were asking.
        }
        if (!OperatingSystem.IsWindows()) _ = Signal(-leader.Id, Kill);
    }

    [LibraryImport("libc", EntryPoint = "setpgid")]
    private static partial int SetProcessGroup(int process, int group);

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Signal(int process, int signal);
}
