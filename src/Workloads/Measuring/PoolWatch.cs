using System.Diagnostics;

namespace ConcurrencyLab;

/// <summary>What the thread pool did while it worked on many items: its threads and the items done, over time.</summary>
/// <param name="Threads">Threads of the pool, each value from its moment on.</param>
/// <param name="Done">Items done.</param>
/// <param name="Duration">Until the last item was done.</param>
public sealed record PoolWatch(
    IReadOnlyList<(TimeSpan At, double Value)> Threads,
    IReadOnlyList<(TimeSpan At, double Value)> Done,
    TimeSpan Duration)
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(5);

    /// <summary>
    /// As many items as the pool has no threads for, so that it has to grow when each of them blocks one: some more than
    /// it has, or than it makes at once. It makes the rest one by one, ever more slowly.
    /// </summary>
    public static int TooMany => Math.Max(ThreadPool.ThreadCount, 2 * Environment.ProcessorCount) + 16;

    /// <summary>Queues an item to the pool a number of times and watches until all are done: as <c>Task.Run</c> in a loop, then <c>Task.WhenAll</c>.</summary>
    /// <param name="items">How many, at least 1.</param>
    /// <param name="work">What each one does, on a thread of the pool.</param>
    public static Task<PoolWatch> Of(int items, Action work)
    {
        ArgumentNullException.ThrowIfNull(work);
        return Of(items, () =>
        {
            work();
            return Task.CompletedTask;
        });
    }

    /// <inheritdoc cref="Of(int, Action)"/>
    public static async Task<PoolWatch> Of(int items, Func<Task> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        ArgumentOutOfRangeException.ThrowIfLessThan(items, 1);
        var done = 0;
        var (threads, finished) = (new List<(TimeSpan, double)>(), new List<(TimeSpan, double)>());
        var clock = Stopwatch.StartNew();
        using var stop = new ManualResetEventSlim();
        // A thread of its own: a pool that starves has none left to watch it.
        var watcher = new Thread(() =>
        {
            do
            {
                Look();
            }
            while (!stop.Wait(Glance));
        })
        { IsBackground = true, Name = "pool watch" };
        watcher.Start();
        try
        {
            await Task.WhenAll(Enumerable.Range(0, items).Select(_ => Task.Run(async () =>
            {
                await work().ConfigureAwait(false);
                Interlocked.Increment(ref done);
            }))).ConfigureAwait(false);
        }
        finally
        {
            stop.Set();
            watcher.Join();
        }

        Look();
        return new PoolWatch(threads, finished, clock.Elapsed);

        void Look()
        {
            var now = clock.Elapsed;
            threads.Add((now, ThreadPool.ThreadCount));
            finished.Add((now, Volatile.Read(ref done)));
        }
    }
}
