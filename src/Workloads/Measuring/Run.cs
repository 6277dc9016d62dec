using System.Globalization;

namespace ConcurrencyLab;

/// <summary>
/// One way to run the work, by name. Its kind chooses the colour in every chart; it is that of the ready-made ways below, or
/// what the name says: <c>sequential</c>, <c>threads</c>, <c>async</c>, <c>parallel</c>, <c>processes</c> and so on.
/// </summary>
public sealed class Run
{
    private Run(string name, WayKind? kind, int? workers, Func<CancellationToken, Task<object?>> body)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        (Name, Kind, Workers, Body) = (name, kind ?? WayKinds.Of(name), workers, body);
    }

    /// <summary>What stands beside its bar.</summary>
    public string Name { get; }

    /// <summary>How it runs the work.</summary>
    public WayKind Kind { get; }

    /// <summary>Degree of parallelism, null where that means nothing.</summary>
    public int? Workers { get; }

    internal Func<CancellationToken, Task<object?>> Body { get; }

    /// <summary>Not null when the work is done and measured by another program; called once in each comparison, with the run's name.</summary>
    internal Func<string, IExternalRun>? External { get; private init; }

    /// <summary>Work that another program does and measures.</summary>
    internal static Run ByAnother(string name, int? workers, Func<string, IExternalRun> external) =>
        new(name, null, workers, _ => throw new InvalidOperationException("Measured by its own process.")) { External = external };

    /// <summary>Any code that gives no answer, so none can be compared.</summary>
    /// <param name="name">What stands beside its bar.</param>
    /// <param name="work">The code.</param>
    /// <param name="workers">Degree of parallelism, null where that means nothing.</param>
    public static Run As(string name, Action work, int? workers = null) => Of(name, work, workers, _ =>
    {
        work();
        return Task.FromResult<object?>(null);
    });

    /// <summary>Any code; what it returns must equal what the first run returned.</summary>
    /// <inheritdoc cref="As(string, Action, int?)"/>
    public static Run As<T>(string name, Func<T> work, int? workers = null) =>
        Of(name, work, workers, _ => Task.FromResult<object?>(work()));

    /// <summary>Any asynchronous code that gives no answer.</summary>
    /// <inheritdoc cref="As(string, Action, int?)"/>
    public static Run As(string name, Func<Task> work, int? workers = null) => Of(name, work, workers, async _ =>
    {
        await work().ConfigureAwait(false);
        return null;
    });

    /// <summary>Any asynchronous code; what it returns must equal what the first run returned.</summary>
    /// <inheritdoc cref="As(string, Action, int?)"/>
    public static Run As<T>(string name, Func<Task<T>> work, int? workers = null) =>
        Of(name, work, workers, async _ => await work().ConfigureAwait(false));

    /// <summary>Asynchronous code that stops when the measurement is cancelled.</summary>
    /// <inheritdoc cref="As(string, Action, int?)"/>
    public static Run As<T>(string name, Func<CancellationToken, Task<T>> work, int? workers = null) =>
        Of(name, work, workers, async cancel => await work(cancel).ConfigureAwait(false));

    private static Run Of(string name, Delegate work, int? workers, Func<CancellationToken, Task<object?>> body)
    {
        ArgumentNullException.ThrowIfNull(work);
        return new Run(name, null, workers, body);
    }

    /// <summary>The same run under another name.</summary>
    public Run Renamed(string name) => new(name, Kind, Workers, Body) { External = External };

    // The ready-made ways as runs: Run.WhenAll(orders, shop.OrderAsync) is Run.As("async", () => WhenAll.Map(...)).

    /// <summary>One after the other: <see cref="ConcurrencyLab.Sequential"/>.</summary>
    public static Run Sequential<TItem, TResult>(IEnumerable<TItem> items, Func<TItem, TResult> work) =>
        Way(WayKind.Sequential, "sequential", null, cancel => ConcurrencyLab.Sequential.Map(items, work, cancel: cancel));

    /// <summary>A thread each: <see cref="ConcurrencyLab.ThreadPerItem"/>.</summary>
    public static Run ThreadPerItem<TItem, TResult>(IEnumerable<TItem> items, Func<TItem, TResult> work) =>
        Way(WayKind.Threads, "threads", null, cancel => ConcurrencyLab.ThreadPerItem.Map(items, work, cancel: cancel));

    /// <summary>A fixed number of threads: <see cref="ConcurrencyLab.FixedThreads"/>.</summary>
    public static Run FixedThreads<TItem, TResult>(IEnumerable<TItem> items, Func<TItem, TResult> work, int? workers = null) =>
        Way(WayKind.FixedThreads, "fixed threads", ConcurrencyLab.Workers.OrCores(workers), cancel => ConcurrencyLab.FixedThreads.Map(items, work, workers, cancel: cancel));

    /// <summary>The shared thread pool: <see cref="ConcurrencyLab.PooledTasks"/>.</summary>
    public static Run PooledTasks<TItem, TResult>(IEnumerable<TItem> items, Func<TItem, TResult> work) =>
        WayAsync(WayKind.ThreadPool, "thread pool", null, cancel => ConcurrencyLab.PooledTasks.Map(items, work, cancel: cancel));

    /// <summary>All in flight at once: <see cref="ConcurrencyLab.WhenAll"/>.</summary>
    public static Run WhenAll<TItem, TResult>(IEnumerable<TItem> items, Func<TItem, Task<TResult>> work) =>
        WayAsync(WayKind.Async, "async", null, cancel => ConcurrencyLab.WhenAll.Map(items, work, cancel: cancel));

    /// <summary>A limited number in flight: <see cref="ConcurrencyLab.Throttled"/>.</summary>
    public static Run Throttled<TItem, TResult>(IEnumerable<TItem> items, Func<TItem, Task<TResult>> work, int limit) =>
        WayAsync(WayKind.ThrottledAsync, string.Create(CultureInfo.InvariantCulture, $"async, limit {limit}"), limit, cancel => ConcurrencyLab.Throttled.Map(items, work, limit, cancel: cancel));

    /// <summary><see cref="ConcurrencyLab.ParallelFor"/>.</summary>
    public static Run ParallelFor<TItem, TResult>(IEnumerable<TItem> items, Func<TItem, TResult> work, int? workers = null) =>
        Way(WayKind.Parallel, "Parallel.For", ConcurrencyLab.Workers.OrCores(workers), cancel => ConcurrencyLab.ParallelFor.Map(items, work, workers, cancel: cancel));

    /// <summary><see cref="ConcurrencyLab.ParallelForEach"/>.</summary>
    public static Run ParallelForEach<TItem, TResult>(IEnumerable<TItem> items, Func<TItem, TResult> work, int? workers = null) =>
        Way(WayKind.Parallel, "Parallel.ForEach", ConcurrencyLab.Workers.OrCores(workers), cancel => ConcurrencyLab.ParallelForEach.Map(items, work, workers, cancel: cancel));

    /// <summary><see cref="ConcurrencyLab.ParallelForEachAsync"/>.</summary>
    public static Run ParallelForEachAsync<TItem, TResult>(IEnumerable<TItem> items, Func<TItem, Task<TResult>> work, int? workers = null) =>
        WayAsync(WayKind.ParallelAsync, "Parallel.ForEachAsync", ConcurrencyLab.Workers.OrCores(workers), cancel => ConcurrencyLab.ParallelForEachAsync.Map(items, work, workers, cancel: cancel));

    /// <summary><see cref="ConcurrencyLab.Plinq"/>.</summary>
    public static Run Plinq<TItem, TResult>(IEnumerable<TItem> items, Func<TItem, TResult> work, int? workers = null) =>
        Way(WayKind.Plinq, "PLINQ", ConcurrencyLab.Workers.OrCores(workers), cancel => ConcurrencyLab.Plinq.Map(items, work, workers, cancel: cancel));

    /// <summary>One stage behind a channel: <see cref="ConcurrencyLab.Pipeline"/>.</summary>
    public static Run Pipeline<TItem, TResult>(IEnumerable<TItem> items, Func<TItem, TResult> work, int? workers = null) =>
        WayAsync(WayKind.Pipeline, "pipeline", ConcurrencyLab.Workers.OrCores(workers), cancel => ConcurrencyLab.Pipeline.Map(items, work, workers, cancel: cancel));

    /// <summary>Two stages joined by a channel: <see cref="ConcurrencyLab.Pipeline"/>.</summary>
    public static Run Pipeline<TItem, TBetween, TResult>(
        IEnumerable<TItem> items, Func<TItem, Task<TBetween>> fetch, Func<TBetween, TResult> compute, int? fetchers = null, int? workers = null) =>
        WayAsync(WayKind.Pipeline, "pipeline", ConcurrencyLab.Workers.OrCores(workers), cancel => ConcurrencyLab.Pipeline.Map(items, fetch, compute, fetchers, workers, cancel: cancel));

    /// <summary>Worker processes started for the run: <see cref="ConcurrencyLab.Processes"/>.</summary>
    public static Run Processes<TItem, TResult>(IEnumerable<TItem> items, Func<TItem, TResult> work, int? workers = null) =>
        WayAsync(WayKind.Processes, "processes", ConcurrencyLab.Workers.OrCores(workers), cancel => ConcurrencyLab.Processes.Map(items, work, workers, cancel: cancel));

    private static Run Way<T>(WayKind kind, string name, int? workers, Func<CancellationToken, T> map) =>
        new(name, kind, workers, cancel => Task.FromResult<object?>(map(cancel)));

    private static Run WayAsync<T>(WayKind kind, string name, int? workers, Func<CancellationToken, Task<T>> map) =>
        new(name, kind, workers, async cancel => await map(cancel).ConfigureAwait(false));
}
