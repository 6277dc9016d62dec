using System.Diagnostics;

namespace ConcurrencyLab;

/// <summary>What an adviser is asked about: how one item is done, and which ways there are to do all of them.</summary>
/// <param name="isAsynchronous">Whether the work can wait without a thread: false for work that only blocks.</param>
/// <param name="hasTwoSteps">Whether waiting and computing are apart already.</param>
internal abstract class Job<TItem, TResult>(bool isAsynchronous, bool hasTwoSteps = false)
{
    internal bool IsAsynchronous => isAsynchronous;

    internal bool HasTwoSteps => hasTwoSteps;

    internal bool HasAnswer { get; init; } = true;

    /// <summary>Does one item, waiting for its end.</summary>
    /// <param name="item">The item.</param>
    /// <param name="held">Timestamp at which the call came back to its caller, whether or not the item was done.</param>
    internal abstract TResult Do(TItem item, out long held);

    /// <summary>The ways that apply, one after the other first; each gives <see cref="Results{TItem, TResult}"/>.</summary>
    /// <param name="items">All items to work on.</param>
    /// <param name="recommended">What was recommended; it is always among them.</param>
    /// <param name="blocks">Whether asynchronous work was seen to hold its thread.</param>
    internal abstract IEnumerable<Run> Ways(TItem[] items, Recommendation recommended, bool blocks);

    protected static Run Way(string name, Func<CancellationToken, Results<TItem, TResult>> map, int? workers = null) =>
        Run.As(name, cancel => Task.FromResult(map(cancel)), workers);

    protected static IEnumerable<Run> OnThreads(TItem[] items, Func<TItem, TResult> work, Recommendation recommended)
    {
        if (items.Length <= Recommendation.MostThreads)
        {
            yield return Way("threads", cancel => ThreadPerItem.Map(items, work, cancel: cancel));
        }

        var some = recommended.Threads;
        var name = Recommendation.SomeThreads(some);
        if (name == recommended.Way || (some < items.Length && some > Environment.ProcessorCount))
        {
            yield return Way(name, cancel => FixedThreads.Map(items, work, some, cancel: cancel), some);
        }

        yield return Run.As("thread pool", cancel => PooledTasks.Map(items, work, cancel: cancel));
        yield return Way("parallel", cancel => ParallelForEach.Map(items, work, cancel: cancel), Environment.ProcessorCount);
    }
}

/// <summary>Work that holds its thread.</summary>
internal sealed class BlockingJob<TItem, TResult>(Func<TItem, TResult> work) : Job<TItem, TResult>(isAsynchronous: false)
{
    internal override TResult Do(TItem item, out long held)
    {
        held = 0;
        return work(item);
    }

    internal override IEnumerable<Run> Ways(TItem[] items, Recommendation recommended, bool blocks) =>
        OnThreads(items, work, recommended).Prepend(Way("sequential", cancel => Sequential.Map(items, work, cancel: cancel)));
}

/// <summary>Work that gives its thread back while it waits, says its type.</summary>
internal sealed class AwaitedJob<TItem, TResult>(Func<TItem, Task<TResult>> work) : Job<TItem, TResult>(isAsynchronous: true)
{
    internal override TResult Do(TItem item, out long held)
    {
        var doing = work(item) ?? throw new InvalidOperationException("The work returned null instead of a task.");
        held = Stopwatch.GetTimestamp();
        return doing.GetAwaiter().GetResult();
    }

    internal override IEnumerable<Run> Ways(TItem[] items, Recommendation recommended, bool blocks) =>
    [
        Run.As("sequential", cancel => Sequential.MapAsync(items, work, cancel: cancel)),
        Run.As("async", cancel => WhenAll.Map(items, work, cancel: cancel)),
        Run.As("parallel async", cancel => ParallelForEachAsync.Map(items, work, cancel: cancel), Environment.ProcessorCount),
        .. blocks ? OnThreads(items, item => work(item).GetAwaiter().GetResult(), recommended) : [],
    ];
}

/// <summary>Fetch, then compute.</summary>
internal sealed class TwoStepJob<TItem, TBetween, TResult>(Func<TItem, Task<TBetween>> fetch, Func<TBetween, TResult> compute)
    : Job<TItem, TResult>(isAsynchronous: true, hasTwoSteps: true)
{
    private const int Fetchers = 64;

    internal override TResult Do(TItem item, out long held)
    {
        var fetching = fetch(item) ?? throw new InvalidOperationException("Fetching returned null instead of a task.");
        held = Stopwatch.GetTimestamp();
        return compute(fetching.GetAwaiter().GetResult());
    }

    internal override IEnumerable<Run> Ways(TItem[] items, Recommendation recommended, bool blocks) =>
    [
        Run.As("sequential", cancel => Sequential.MapAsync(items, async item => compute(await fetch(item).ConfigureAwait(false)), cancel: cancel)),
        Way("async on one thread", cancel => EventLoop.Run(() => WhenAll.Map(items, async item => compute(await fetch(item)), cancel: cancel))),
        Way("parallel", cancel => ParallelForEach.Map(items, item => Do(item, out _), cancel: cancel), Environment.ProcessorCount),
        Run.As("pipeline", cancel => Pipeline.Map(items, fetch, compute, Math.Clamp(items.Length, 1, Fetchers), cancel: cancel), Environment.ProcessorCount),
    ];
}
