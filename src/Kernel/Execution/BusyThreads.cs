using System.Diagnostics;
using System.Globalization;
using ThreadState = System.Diagnostics.ThreadState;

namespace ConcurrencyLab.Kernel.Execution;

/// <summary>The threads of this process that go on computing after a cell was stopped.</summary>
internal static class BusyThreads
{
    /// <summary>
    /// A thread that computed this much while it was watched, and had or wanted a processor at most looks, is busy: the clock
    /// tick of Linux, since processors may be few. So is one that wanted a processor at every look and got none, among many
    /// others. What ends meanwhile, or only wakes now and then, is not.
    /// </summary>
    private static readonly TimeSpan Busy = TimeSpan.FromMilliseconds(10);

    private const int Looks = 5;

    /// <summary>Counts the threads that compute. Blocks for as long as it watches.</summary>
    /// <returns>0 when none, or when the system does not tell.</returns>
    public static int Count(TimeSpan watch)
    {
        if (!OperatingSystem.IsLinux() && !OperatingSystem.IsWindows()) return 0;
        // The watching thread computes, too.
        var watcher = OperatingSystem.IsLinux() ? File.ResolveLinkTarget("/proc/thread-self", returnFinalTarget: false)?.Name : null;
        var before = Look();
        List<Dictionary<int, Seen>> looks = [];
        while (looks.Count < Looks)
        {
            Thread.Sleep(watch / Looks);
            looks.Add(Look());
        }

        return before.Count(thread =>
        {
            var running = looks.Count(look => look.TryGetValue(thread.Key, out var seen) && seen.Runs);
            return running > Looks / 2 && looks[^1].TryGetValue(thread.Key, out var last) && (running == Looks || last.Time - thread.Value.Time >= Busy)
                && thread.Key.ToString(CultureInfo.InvariantCulture) != watcher && RunsUserCode(thread.Key);
        });
    }

    private static Dictionary<int, Seen> Look()
    {
        var seen = new Dictionary<int, Seen>();
        if (!OperatingSystem.IsLinux() && !OperatingSystem.IsWindows()) return seen;
        using var process = Process.GetCurrentProcess();
        foreach (ProcessThread thread in process.Threads)
        {
            try
            {
                seen[thread.Id] = new Seen(thread.TotalProcessorTime, thread.ThreadState is ThreadState.Running or ThreadState.Ready or ThreadState.Standby);
            }
            catch (InvalidOperationException)
            {
                // It ended between listing and asking.
            }
        }

        return seen;
    }

    /// <summary>The kernel's own threads are named, and so are the runtime's (compiling, collecting), of which only the pool's run users' code.</summary>
    private static bool RunsUserCode(int thread)
    {
        if (!OperatingSystem.IsLinux()) return true;
        try
        {
            var name = File.ReadAllText($"/proc/self/task/{thread}/comm");
            return !KernelThread.Is(name) && (!name.StartsWith(".NET ", StringComparison.Ordinal) || name.StartsWith(".NET TP", StringComparison.Ordinal));
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>A thread at one moment.</summary>
    private readonly record struct Seen(TimeSpan Time, bool Runs);
}
