using System.Diagnostics;
using System.Globalization;

namespace ConcurrencyLab.Kernel.Execution;

/// <summary>The threads of this process that go on computing after a cell was stopped.</summary>
internal static class BusyThreads
{
    /// <summary>A thread that computed this much while it was watched is busy: the clock tick of Linux, since processors may be few.</summary>
    private static readonly TimeSpan Busy = TimeSpan.FromMilliseconds(10);

    /// <summary>Counts the threads that compute. Blocks for as long as it watches.</summary>
    /// <returns>0 when none, or when the system does not tell.</returns>
    public static int Count(TimeSpan watch)
    {
        if (!OperatingSystem.IsLinux() && !OperatingSystem.IsWindows()) return 0;
        // The watching thread computes, too.
        var watcher = OperatingSystem.IsLinux() ? File.ResolveLinkTarget("/proc/thread-self", returnFinalTarget: false)?.Name : null;
        var before = ProcessorTimes();
        Thread.Sleep(watch);
        return ProcessorTimes().Count(thread =>
            before.TryGetValue(thread.Key, out var earlier) && thread.Value - earlier >= Busy && thread.Key.ToString(CultureInfo.InvariantCulture) != watcher
            && RunsUserCode(thread.Key));
    }

    private static Dictionary<int, TimeSpan> ProcessorTimes()
    {
        var times = new Dictionary<int, TimeSpan>();
        if (!OperatingSystem.IsLinux() && !OperatingSystem.IsWindows()) return times;
        using var process = Process.GetCurrentProcess();
        foreach (ProcessThread thread in process.Threads)
        {
            try
            {
                times[thread.Id] = thread.TotalProcessorTime;
            }
            catch (InvalidOperationException)
            {
                // It ended between listing and asking.
            }
        }

        return times;
    }

    /// <summary>The runtime's own threads (compiling, collecting) are named; of those only the pool's run users' code.</summary>
    private static bool RunsUserCode(int thread)
    {
        if (!OperatingSystem.IsLinux()) return true;
        try
        {
            var name = File.ReadAllText($"/proc/self/task/{thread}/comm");
            return !name.StartsWith(".NET ", StringComparison.Ordinal) || name.StartsWith(".NET TP", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }
}
