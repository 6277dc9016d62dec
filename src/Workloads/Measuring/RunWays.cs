using System.Globalization;

namespace ConcurrencyLab;

// The ready-made ways as runs: Run.AsyncAll(orders, shop.OrderAsync) is Run.As("async", () => AsyncAll.Map(...)).
public sealed partial class Run
{
    /// <summary>One after the other: <see cref="ConcurrencyLab.Sequential"/>.</summary>
    public static Run Sequential<TItem, TResult>(IEnumerable<TItem> items, Func<TItem, TResult> work) =>
        Way("sequential", null, cancel => ConcurrencyLab.Sequential.Map(items, work, cancel: cancel));

    /// <summary>A thread each: <see cref="ConcurrencyLab.ThreadPerItem"/>.</summary>
    public static Run ThreadPerItem<TItem, TResult>(IEnumerable<TItem> items, Func<TItem, TResult> work) =>
        Way("threads", null, cancel => ConcurrencyLab.ThreadPerItem.Map(items, work, cancel: cancel));

    /// <summary>A fixed number of threads: <see cref="ConcurrencyLab.FixedThreads"/>.</summary>
    public static Run FixedThreads<TItem, TResult>(IEnumerable<TItem> items, Func<TItem, TResult> work, int? workers = null) =>
        Way("fixed threads", ConcurrencyLab.Workers.OrCores(workers), cancel => ConcurrencyLab.FixedThreads.Map(items, work, workers, cancel: cancel));

    /// <summary>The shared thread pool: <see cref="ConcurrencyLab.PooledTasks"/>.</summary>
    public static Run PooledTasks<TItem, TResult>(IEnumerable<TItem> items, Func<TItem, TResult> work) =>
        WayAsync("thread pool", null, cancel => ConcurrencyLab.PooledTasks.Map(items, work, cancel: cancel));

    /// <summary>All in flight at once: <see cref="ConcurrencyLab.AsyncAll"/>.</summary>
    public static Run AsyncAll<TItem, TResult>(IEnumerable<TItem> items, Func<TItem, Task<TResult>> work) =>
        WayAsync("async", null, cancel => ConcurrencyLab.AsyncAll.Map(items, work, cancel: cancel));

    /// <summary>A limited number in flight: <see cref="ConcurrencyLab.AsyncLimited"/>.</summary>
    public static Run AsyncLimited<TItem, TResult>(IEnumerable<TItem> items, Func<TItem, Task<TResult>> work, int limit) =>
        WayAsync(string.Create(CultureInfo.InvariantCulture, $"async, limit {limit}"), limit, cancel => ConcurrencyLab.AsyncLimited.Map(items, work, limit, cancel: cancel));

    /// <summary><see cref="ConcurrencyLab.ParallelFor"/>.</summary>
    public static Run ParallelFor<TItem, TResult>(IEnumerable<TItem> items, Func<TItem, TResult> work, int? workers = null) =>
        Way("Parallel.For", ConcurrencyLab.Workers.OrCores(workers), cancel => ConcurrencyLab.ParallelFor.Map(items, work, workers, cancel: cancel));

    /// <summary><see cref="ConcurrencyLab.ParallelForEach"/>.</summary>
    public static Run ParallelForEach<TItem, TResult>(IEnumerable<TItem> items, Func<TItem, TResult> work, int? workers = null) =>
        Way("Parallel.ForEach", ConcurrencyLab.Workers.OrCores(workers), cancel => ConcurrencyLab.ParallelForEach.Map(items, work, workers, cancel: cancel));

    /// <summary><see cref="ConcurrencyLab.ParallelForEachAsync"/>.</summary>
    public static Run ParallelForEachAsync<TItem, TResult>(IEnumerable<TItem> items, Func<TItem, Task<TResult>> work, int? workers = null) =>
        WayAsync("Parallel.ForEachAsync", ConcurrencyLab.Workers.OrCores(workers), cancel => ConcurrencyLab.ParallelForEachAsync.Map(items, work, workers, cancel: cancel));

    /// <summary><see cref="ConcurrencyLab.Plinq"/>.</summary>
    public static Run Plinq<TItem, TResult>(IEnumerable<TItem> items, Func<TItem, TResult> work, int? workers = null) =>
        Way("PLINQ", ConcurrencyLab.Workers.OrCores(workers), cancel => ConcurrencyLab.Plinq.Map(items, work, workers, cancel: cancel));

    /// <summary>One stage behind a channel: <see cref="ConcurrencyLab.Pipeline"/>.</summary>
    public static Run Pipeline<TItem, TResult>(IEnumerable<TItem> items, Func<TItem, TResult> work, int? workers = null) =>
        WayAsync("pipeline", ConcurrencyLab.Workers.OrCores(workers), cancel => ConcurrencyLab.Pipeline.Map(items, work, workers, cancel: cancel));

    /// <summary>Two stages joined by a channel: <see cref="ConcurrencyLab.Pipeline"/>.</summary>
    public static Run Pipeline<TItem, TBetween, TResult>(
        IEnumerable<TItem> items, Func<TItem, Task<TBetween>> fetch, Func<TBetween, TResult> compute, int? fetchers = null, int? workers = null) =>
        WayAsync("pipeline", ConcurrencyLab.Workers.OrCores(workers), cancel => ConcurrencyLab.Pipeline.Map(items, fetch, compute, fetchers, workers, cancel: cancel));

    /// <summary>Worker processes started for the run: <see cref="ConcurrencyLab.Processes"/>.</summary>
    public static Run Processes<TItem, TResult>(IEnumerable<TItem> items, Func<TItem, TResult> work, int? workers = null) =>
        WayAsync("processes", ConcurrencyLab.Workers.OrCores(workers), cancel => ConcurrencyLab.Processes.Map(items, work, workers, cancel: cancel));

    private static Run Way<T>(string name, int? workers, Func<CancellationToken, T> map) =>
        new(name, workers, cancel => Task.FromResult<object?>(map(cancel)));

    private static Run WayAsync<T>(string name, int? workers, Func<CancellationToken, Task<T>> map) =>
        new(name, workers, async cancel => await map(cancel).ConfigureAwait(false));
}
