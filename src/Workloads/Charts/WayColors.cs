namespace ConcurrencyLab;

/// <summary>
/// One colour for one way of running everywhere. The families differ in hue after Okabe and Ito (<i>Color Universal Design</i>,
/// 2008), ways of one family in lightness, so that they stay apart for the colour-blind.
/// </summary>
internal static class WayColors
{
    private enum Way
    {
        Sequential, Pipeline, Processes, Plinq, ParallelForEachAsync, Parallel, Pool, LimitedThreads, SyncOverAsync, LimitedAsync, Threads, Async,
    }

    private static readonly Dictionary<Way, string> Colors = new()
    {
        [Way.Sequential] = "#6E6E6E",
        [Way.Threads] = "#E69F00",
        [Way.Pool] = "#F2C45A",
        [Way.LimitedThreads] = "#7A4B00",
        [Way.Async] = "#0072B2",
        [Way.LimitedAsync] = "#56B4E9",
        [Way.SyncOverAsync] = "#AA0044",
        [Way.Parallel] = "#009E73",
        [Way.ParallelForEachAsync] = "#66C2A5",
        [Way.Plinq] = "#00604A",
        [Way.Pipeline] = "#CC79A7",
        [Way.Processes] = "#D55E00",
    };

    // The first whose words all occur in a run's name decides; so the narrower ones come first.
    private static readonly (string[] Words, Way Way)[] Names =
    [
        (["sequential"], Way.Sequential),
        (["pipeline"], Way.Pipeline),
        (["channel"], Way.Pipeline),
        (["process"], Way.Processes),
        (["plinq"], Way.Plinq),
        (["asparallel"], Way.Plinq),
        (["foreachasync"], Way.ParallelForEachAsync),
        (["parallel", "async"], Way.ParallelForEachAsync),
        (["parallel"], Way.Parallel),
        (["pool"], Way.Pool),
        (["task.run"], Way.Pool),
        (["fixed"], Way.LimitedThreads),
        (["thread", "limit"], Way.LimitedThreads),
        (["thread", "at a time"], Way.LimitedThreads),
        (["sync", "over", "async"], Way.SyncOverAsync),
        (["async", "limit"], Way.LimitedAsync),
        (["async", "at a time"], Way.LimitedAsync),
        (["async", "semaphore"], Way.LimitedAsync),
        (["one after"], Way.Sequential),
        (["one by one"], Way.Sequential),
        (["in turn"], Way.Sequential),
        (["thread"], Way.Threads),
        (["async"], Way.Async),
        (["await"], Way.Async),
        (["whenall"], Way.Async),
        (["loop"], Way.Sequential),
    ];

    /// <summary>The looks of runs that appear together, by name; hatched for Python's.</summary>
    public static IReadOnlyDictionary<string, Ink> For(IEnumerable<string> names) =>
        Palette.For(names, Known, name => name.Contains("python", StringComparison.OrdinalIgnoreCase) ? Texture.Hatched : Texture.Solid);

    /// <summary>The colour of a way of that name, which it keeps everywhere; null where it is none.</summary>
    public static string? Known(string name) =>
        Names.Where(rule => rule.Words.All(word => name.Contains(word, StringComparison.OrdinalIgnoreCase))).Select(rule => Colors[rule.Way]).FirstOrDefault();
}
