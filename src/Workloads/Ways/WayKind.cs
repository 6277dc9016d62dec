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
    // The first rule decides of which some entry's words all occur in the name, so the narrower ones come first.
    private static readonly (WayKind Kind, string[][] Words)[] Rules =
    [
        (WayKind.Sequential, [["sequential"]]),
        (WayKind.Pipeline, [["pipeline"], ["channel"]]),
        (WayKind.ProcessPool, [["process", "pool"]]),
        (WayKind.Processes, [["process"]]),
        (WayKind.Plinq, [["plinq"], ["asparallel"]]),
        (WayKind.ParallelAsync, [["foreachasync"], ["parallel", "async"]]),
        (WayKind.Parallel, [["parallel"]]),
        (WayKind.ThreadPool, [["pool"], ["executor"], ["futures"], ["task.run"]]),
        (WayKind.FixedThreads, [["fixed"], ["thread", "limit"], ["thread", "at a time"]]),
        (WayKind.SyncOverAsync, [["sync", "over", "async"]]),
        (WayKind.ThrottledAsync, [["async", "limit"], ["async", "at a time"], ["async", "semaphore"]]),
        (WayKind.Sequential, [["one after"], ["one by one"], ["in turn"]]),
        (WayKind.Async, [["async"], ["await"], ["whenall"]]),
        (WayKind.Threads, [["thread"]]),
        (WayKind.Sequential, [["loop"]]),
    ];

    /// <summary>The kind that a name means; <see cref="WayKind.Other"/> when it means none.</summary>
    internal static WayKind Of(string name) => Rules
        .FirstOrDefault(rule => rule.Words.Any(words => words.All(word => name.Contains(word, StringComparison.OrdinalIgnoreCase)))).Kind;
}
