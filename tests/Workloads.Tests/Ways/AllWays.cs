namespace ConcurrencyLab.Tests;

/// <summary>Every way behind one signature, so that one test asks the same of all.</summary>
public static class AllWays
{
    public delegate Task<Results<int, int>> Way(
        IEnumerable<int> items, Func<int, int> work, int workers, IProgress<Progress>? progress, CancellationToken cancel);

    public static readonly IReadOnlyDictionary<string, Way> ByName = new Dictionary<string, Way>
    {
        ["Sequential"] = (items, work, _, progress, cancel) => Task.Run(() => Sequential.Map(items, work, progress, cancel)),
        ["Sequential async"] = (items, work, _, progress, cancel) => Sequential.MapAsync(items, Async(work), progress, cancel),
        ["ThreadPerItem"] = (items, work, _, progress, cancel) => Task.Run(() => ThreadPerItem.Map(items, work, progress, cancel)),
        ["FixedThreads"] = (items, work, workers, progress, cancel) => Task.Run(() => FixedThreads.Map(items, work, workers, progress, cancel)),
        ["PooledTasks"] = (items, work, _, progress, cancel) => PooledTasks.Map(items, work, progress, cancel),
        ["WhenAll"] = (items, work, _, progress, cancel) => WhenAll.Map(items, Async(work), progress, cancel),
        ["Throttled"] = (items, work, workers, progress, cancel) => Throttled.Map(items, Async(work), workers, progress, cancel),
        ["ParallelFor"] = (items, work, workers, progress, cancel) => Task.Run(() => ParallelFor.Map(items, work, workers, progress, cancel)),
        ["ParallelForEach"] = (items, work, workers, progress, cancel) => Task.Run(() => ParallelForEach.Map(items, work, workers, progress, cancel)),
        ["ParallelForEachAsync"] = (items, work, workers, progress, cancel) => ParallelForEachAsync.Map(items, Async(work), workers, progress, cancel),
        ["Plinq"] = (items, work, workers, progress, cancel) => Task.Run(() => Plinq.Map(items, work, workers, progress, cancel)),
        ["Pipeline"] = (items, work, workers, progress, cancel) => Pipeline.Map(items, work, workers, progress, cancel),
        ["Pipeline of two stages"] = (items, work, workers, progress, cancel) => Pipeline.Map(items, Async<int>(item => item), work, workers, workers, progress, cancel),
        ["Processes"] = (items, work, workers, progress, cancel) => Processes.Map(items, work, workers, progress, cancel),
    };

    public delegate Task<Results<int, int>> WayToBegin(IEnumerable<int> items, Func<int, int> work, Task open);

    /// <summary>Those that return a task and run in this process, with work that is held up until something opens.</summary>
    public static readonly IReadOnlyDictionary<string, WayToBegin> ReturningTasks = new Dictionary<string, WayToBegin>
    {
        ["Sequential async"] = (items, work, open) => Sequential.MapAsync(items, After(open, work)),
        ["PooledTasks"] = (items, work, open) => PooledTasks.Map(items, Held(open, work)),
        ["WhenAll"] = (items, work, open) => WhenAll.Map(items, After(open, work)),
        ["Throttled"] = (items, work, open) => Throttled.Map(items, After(open, work), 3),
        ["ParallelForEachAsync"] = (items, work, open) => ParallelForEachAsync.Map(items, After(open, work)),
        ["Pipeline"] = (items, work, open) => Pipeline.Map(items, Held(open, work)),
        ["Pipeline of two stages"] = (items, work, open) => Pipeline.Map(items, After<int>(open, item => item), work),
        ["Pipeline that computes"] = (items, work, open) => Pipeline.Map(items, Task.FromResult, Held(open, work)),
        ["Pipeline whose first stage holds its thread"] = (items, work, open) => Pipeline.Map(items, item => Task.FromResult(Held(open, work)(item)), item => item),
    };

    /// <summary>Those that promise never to work on more items at once than they were told.</summary>
    public static TheoryData<string> Limited =>
        ["FixedThreads", "Throttled", "ParallelFor", "ParallelForEach", "ParallelForEachAsync", "Plinq", "Pipeline", "Pipeline of two stages"];

    public static TheoryData<string> Names => [.. ByName.Keys];

    /// <summary>Those in this process that come to their items bit by bit; WhenAll begins all of them at once.</summary>
    public static TheoryData<string> OneAfterTheOther => [.. ByName.Keys.Where(name => name is not ("Processes" or "WhenAll"))];

    private static Func<int, Task<T>> After<T>(Task open, Func<int, T> work) => async item =>
    {
        await open;
        return work(item);
    };

    private static Func<int, int> Held(Task open, Func<int, int> work) => item =>
    {
        open.Wait();
        return work(item);
    };

    private static Func<int, Task<T>> Async<T>(Func<int, T> work) => async item =>
    {
        await Task.Yield();
        return work(item);
    };
}
