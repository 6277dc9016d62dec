namespace ConcurrencyLab;

/// <summary>How work is run. It decides a run's colour in every chart, its column in the guide and what is said of it.</summary>
public enum WayKind
{
    /// <summary>None of those below.</summary>
    Other,

    /// <summary>One item after the other.</summary>
    Sequential,

    /// <summary>A thread for each item.</summary>
    Threads,

    /// <summary>A fixed number of threads that take items in turn.</summary>
    FixedThreads,

    /// <summary>The shared pool of threads.</summary>
    ThreadPool,

    /// <summary>Asynchronous, everything in flight at once.</summary>
    Async,

    /// <summary>Asynchronous, so many in flight at most.</summary>
    ThrottledAsync,

    /// <summary>Asynchronous code whose caller blocks until it is done.</summary>
    SyncOverAsync,

    /// <summary>Several cores at work on one loop.</summary>
    Parallel,

    /// <summary>A query over all cores.</summary>
    Plinq,

    /// <summary>Asynchronous items, as many at once as there are cores.</summary>
    ParallelAsync,

    /// <summary>Processes started for the work.</summary>
    Processes,

    /// <summary>Processes that stay and take items in turn.</summary>
    ProcessPool,

    /// <summary>Stages joined by queues.</summary>
    Pipeline,
}

/// <summary>Tells the kind of a way by the name that a user gave it; the only place that tells it from names.</summary>
internal static class WayKinds
{
    // The first rule whose words all occur in the name decides, so the narrower ones come first.
    private static readonly (string[] Words, WayKind Kind)[] Rules =
    [
        (["sequential"], WayKind.Sequential),
        (["pipeline"], WayKind.Pipeline),
        (["channel"], WayKind.Pipeline),
        (["process", "pool"], WayKind.ProcessPool),
        (["process"], WayKind.Processes),
        (["plinq"], WayKind.Plinq),
        (["asparallel"], WayKind.Plinq),
        (["foreachasync"], WayKind.ParallelAsync),
        (["parallel", "async"], WayKind.ParallelAsync),
        (["parallel"], WayKind.Parallel),
        (["pool"], WayKind.ThreadPool),
        (["executor"], WayKind.ThreadPool),
        (["futures"], WayKind.ThreadPool),
        (["task.run"], WayKind.ThreadPool),
        (["fixed"], WayKind.FixedThreads),
        (["thread", "limit"], WayKind.FixedThreads),
        (["thread", "at a time"], WayKind.FixedThreads),
        (["sync", "over", "async"], WayKind.SyncOverAsync),
        (["async", "limit"], WayKind.ThrottledAsync),
        (["async", "at a time"], WayKind.ThrottledAsync),
        (["async", "semaphore"], WayKind.ThrottledAsync),
        (["one after"], WayKind.Sequential),
        (["one by one"], WayKind.Sequential),
        (["in turn"], WayKind.Sequential),
        (["async"], WayKind.Async),
        (["await"], WayKind.Async),
        (["whenall"], WayKind.Async),
        (["thread"], WayKind.Threads),
        (["loop"], WayKind.Sequential),
    ];

    /// <summary>The kind that a name means; <see cref="WayKind.Other"/> when it means none.</summary>
    internal static WayKind Of(string name) =>
        Rules.FirstOrDefault(rule => rule.Words.All(word => name.Contains(word, StringComparison.OrdinalIgnoreCase))).Kind;
}
