using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace ConcurrencyLab.Kernel.Pipes;

/// <summary>Ends a chapter's process with everything that its cells have started.</summary>
public static partial class ProcessTree
{
    private const int Kill = 9, Fine = 0, Terminated = 128 + 15;

    /// <summary>How long a process that leaves may take to tidy up.</summary>
    public static TimeSpan Farewell { get; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Makes this process the leader of a process group of its own: a terminal's Ctrl-C then reaches the runner alone,
    /// and the whole group can be ended even when its leader is gone. Windows has no such groups.
    /// </summary>
    public static void BecomeLeader()
    {
        if (!OperatingSystem.IsWindows()) _ = SetProcessGroup(0, 0);
    }

    /// <summary>Ends this process, which may remove its temporary files first, and its group; returns at once.</summary>
    public static void Leave()
    {
        // Handlers run in the order in which they were added: this one is the last.
        AppDomain.CurrentDomain.ProcessExit += (_, _) => EndSelf();
        Leave(Fine);
    }

    /// <summary>Ends this process as SIGTERM does, but lets it remove its temporary files first; returns at once.</summary>
    public static void LeaveTerminated() => Leave(Terminated);

    private static void Leave(int exitCode)
    {
        new Thread(() => Environment.Exit(exitCode)) { IsBackground = true, Name = "lab leaves" }.Start();
        // What runs at an exit may never end.
        new Thread(() =>
        {
            Thread.Sleep(Farewell / 2);
            EndSelf();
        })
        { IsBackground = true, Name = "lab ends" }.Start();
    }

    /// <summary>Ends this process and its group at once, without running anything more of it.</summary>
    private static void EndSelf()
    {
        if (!OperatingSystem.IsWindows()) _ = Signal(0, Kill);
        using var self = Process.GetCurrentProcess();
        self.Kill(entireProcessTree: true);
        // A process may not end its own tree everywhere.
        Environment.FailFast(null);
    }

    /// <summary>Ends a process that made itself a leader, its group and its descendants; does nothing when all are gone.</summary>
    /// <param name="leader">The process.</param>
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

    /// <summary>Which processes of a leader and its group are suspended, in words; empty when none is, or where the system does not tell (not Linux).</summary>
    /// <param name="leader">The leader's process id.</param>
    public static string Suspended(int leader)
    {
        if (!OperatingSystem.IsLinux()) return "";
        var names = new List<string>();
        foreach (var process in Process.GetProcesses())
        {
            using (process)
            {
                try
                {
                    // pid (name) state parent group …; the name may hold anything, brackets too.
                    var stat = File.ReadAllText($"/proc/{process.Id}/stat");
                    if (stat[(stat.LastIndexOf(')') + 2)..].Split(' ') is not ["T", _, var group, ..]) continue;
                    // It may have been stopped before it made itself the leader.
                    if (group != $"{leader}" && process.Id != leader) continue;
                    var command = File.ReadAllText($"/proc/{process.Id}/cmdline").Split('\0', StringSplitOptions.RemoveEmptyEntries);
                    var program = command.Skip(1).FirstOrDefault(word => word.EndsWith(".dll", StringComparison.Ordinal) || word.EndsWith(".py", StringComparison.Ordinal)) ?? command[0];
                    names.Add($"process {process.Id} ({Path.GetFileName(program)})");
                }
                catch (Exception gone) when (gone is IOException or UnauthorizedAccessException or IndexOutOfRangeException)
                {
                    // It ended while we looked.
                }
            }
        }
        return names.Count == 0 ? "" : $"{string.Join(" and ", names)} was suspended (SIGSTOP)";
    }

    [LibraryImport("libc", EntryPoint = "setpgid")]
    private static partial int SetProcessGroup(int process, int group);

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Signal(int process, int signal);
}
