namespace ConcurrencyLab;

/// <summary>What an adviser is asked about: how one item is done, and which ways there are to do all of them.</summary>
internal abstract class Job<TItem, TResult>
{
    internal bool HasAnswer { get; init; } = true;

    /// <summary>Whether the work can wait without a thread: false for work that only blocks.</summary>
    internal abstract bool IsAsynchronous { get; }

    /// <summary>Whether waiting and computing are apart already.</summary>
    internal virtual bool HasTwoSteps => false;

    /// <summary>Does one item, waiting for its end.</summary>
    /// <param name="item">The item.</param>
    /// <param name="held">Timestamp at which the call came back to its caller, whether or not the item was done.</param>
    internal abstract TResult Do(TItem item, out long held);

    /// <summary>The ways that apply, one after the other first.</summary>
    /// <param name="items">All items to work on.</param>
    /// <param name="recommended">What was recommended; it is always among them.</param>
    /// <param name="blocks">Whether asynchronous work was seen to hold its thread.</param>
    internal abstract IEnumerable<WayToTry<TItem, TResult>> Ways(TItem[] items, Recommendation recommended, bool blocks);

    protected static WayToTry<TItem, TResult> Way(string name, Func<CancellationToken, Results<TItem, TResult>> map, int? workers = null) =>
        new(name, workers, cancel => Task.FromResult(map(cancel)));

    protected static IEnumerable<WayToTry<TItem, TResult>> OnThreads(TItem[] items, Func<TItem, TResult> work, Recommendation recommended)
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

        yield return new("thread pool", null, cancel => PooledTasks.Map(items, work, cancel: cancel));
        yield return Way("parallel", cancel => ParallelForEach.Map(items, work, cancel: cancel), Environment.ProcessorCount);
    }
}

/// <summary>A way by its name.</summary>
internal sealed record WayToTry<TItem, TResult>(string Name, int? Workers, Func<CancellationToken, Task<Results<TItem, TResult>>> Map);

/// <summary>Work that holds its thread.</summary>
internal sealed class BlockingJob<TItem, TResult>(Func<TItem, TResult> work) : Job<TItem, TResult>
{
    internal override bool IsAsynchronous => false;

    internal override TResult Do(TItem item, out long held)
    {
        held = 0;
        return work(item);
    }

    internal override IEnumerable<WayToTry<TItem, TResult>> Ways(TItem[] items, Recommendation recommended, bool blocks) =>
        OnThreads(items, work, recommended).Prepend(Way("sequential", cancel => Sequential.Map(items, work, cancel: cancel)));
}

/// <summary>Work that gives its thread back while it waits, says its type.</summary>
internal sealed class AwaitedJob<TItem, TResult>(Func<TItem, Task<TResult>> work) : Job<TItem, TResult>
{
    internal override bool IsAsynchronous => true;

    internal override TResult Do(TItem item, out long held)
    {
        var doing = work(item) ?? throw new InvalidOperationException("The work returned null instead of a task.");
        held = System.Diagnostics.Stopwatch.GetTimestamp();
        return doing.GetAwaiter().GetResult();
    }

    internal override IEnumerable<WayToTry<TItem, TResult>> Ways(TItem[] items, Recommendation recommended, bool blocks)
    {
        yield return new("sequential", null, cancel => Sequential.MapAsync(items, work, cancel: cancel));
        yield return new("async", null, cancel => WhenAll.Map(items, work, cancel: cancel));
        yield return new("parallel async", Environment.ProcessorCount, cancel => ParallelForEachAsync.Map(items, work, cancel: cancel));
        if (blocks)
        {
            foreach (var way in OnThreads(items, item => work(item).GetAwaiter().GetResult(), recommended))
            {
                yield return way;
            }
        }
    }
}

/// <summary>Fetch, then compute.</summary>
internal sealed class TwoStepJob<TItem, TBetween, TResult>(Func<TItem, Task<TBetween>> fetch, Func<TBetween, TResult> compute) : Job<TItem, TResult>
{
    internal override bool IsAsynchronous => true;

    internal override bool HasTwoSteps => true;

    internal override TResult Do(TItem item, out long held)
    {
        var fetching = fetch(item) ?? throw new InvalidOperationException("Fetching returned null instead of a task.");
        held = System.Diagnostics.Stopwatch.GetTimestamp();
        return compute(fetching.GetAwaiter().GetResult());
    }

    internal override IEnumerable<WayToTry<TItem, TResult>> Ways(TItem[] items, Recommendation recommended, bool blocks)
    {
        async Task<TResult> Both(TItem item) => compute(await fetch(item).ConfigureAwait(false));
        yield return new("sequential", null, cancel => Sequential.MapAsync(items, Both, cancel: cancel));
        yield return new("async on one thread", null, cancel => Task.FromResult(EventLoop.Run(() => WhenAll.Map(items, async item => compute(await fetch(item)), cancel: cancel))));
        yield return Way("parallel", cancel => ParallelForEach.Map(items, item => Do(item, out _), cancel: cancel), Environment.ProcessorCount);
        yield return new("pipeline", Environment.ProcessorCount, cancel => Pipeline.Map(items, fetch, compute, Math.Clamp(items.Length, 1, Fetchers), cancel: cancel));
    }

    private const int Fetchers = 64;
}
