using System.Diagnostics;

namespace ConcurrencyLab.Kernel.Execution;

/// <summary>
/// Keeps a way open through a thread pool of which every thread blocks. What later cells start and await would stand at the
/// end of a queue that nothing moves.
/// </summary>
/// <remarks>Only counters are read until then: a pool that works, or starves for as long as a chapter shows it, is not touched.</remarks>
internal static class PoolGuard
{
    /// <summary>Threads beyond these cost more memory than the way is worth.</summary>
    private const int MostThreads = 2000;

    private const int Spare = 8;

    /// <summary>Processor time over wall time: threads that compute get nowhere sooner by being more.</summary>
    private const double Computes = 0.3;

    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(250);

    /// <summary>Longer than any starvation that a chapter measures, shorter than what a user waits for.</summary>
    private static readonly TimeSpan StarvationTimeout = TimeSpan.FromSeconds(2.5);

    /// <summary>Watches until the process ends.</summary>
    /// <param name="say">Told, in a line, when threads had to be added.</param>
    public static void Start(Action<string> say) => KernelThread.Start("pool guard", () => Watch(say));

    private static void Watch(Action<string> say)
    {
        var standstill = Standstill.Now;
        while (true)
        {
            Thread.Sleep(Glance);
            if (ThreadPool.PendingWorkItemCount == 0 || ThreadPool.CompletedWorkItemCount != standstill.Completed)
            {
                standstill = Standstill.Now;
                continue;
            }

            if (standstill.Lasts < StarvationTimeout) continue;
            if (standstill.BusyCores < Computes) Widen(say);
            standstill = Standstill.Now;
        }
    }

    private static void Widen(Action<string> say)
    {
        var (threads, waiting) = (ThreadPool.ThreadCount, ThreadPool.PendingWorkItemCount);
        ThreadPool.GetMinThreads(out var least, out var ports);
        // A user who has limited the pool meant it.
        ThreadPool.GetMaxThreads(out var most, out _);
        var wanted = (int)Math.Min(Math.Max(threads, least) + waiting + Spare, Math.Min(most, MostThreads));
        if (wanted <= least || !ThreadPool.SetMinThreads(wanted, ports)) return;
        say(FormattableString.Invariant(
            $"All {threads} threads of the pool block, and {waiting} items wait for one: the pool may now have {wanted}. Restart the kernel to be rid of them."));
    }

    /// <summary>Since when the pool has completed nothing.</summary>
    private readonly record struct Standstill(long Completed, long Since, TimeSpan Processor)
    {
        public static Standstill Now => new(ThreadPool.CompletedWorkItemCount, Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);

        public TimeSpan Lasts => Stopwatch.GetElapsedTime(Since);

        public double BusyCores => (Environment.CpuUsage.TotalTime - Processor) / Lasts;
    }
}
