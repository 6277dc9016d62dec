namespace ConcurrencyLab;

/// <summary>
/// One colour for one way of running everywhere. The families differ in hue after Okabe and Ito (<i>Color Universal Design</i>,
/// 2008), ways of one family in lightness, so that they stay apart for the colour-blind.
/// </summary>
internal static class WayColors
{
    private static readonly Dictionary<WayKind, string> Colors = new()
    {
        [WayKind.Sequential] = "#6E6E6E",
        [WayKind.Threads] = "#E69F00",
        [WayKind.ThreadPool] = "#F2C45A",
        [WayKind.FixedThreads] = "#7A4B00",
        [WayKind.Async] = "#0072B2",
        [WayKind.ThrottledAsync] = "#56B4E9",
        [WayKind.SyncOverAsync] = "#AA0044",
        [WayKind.Parallel] = "#009E73",
        [WayKind.ParallelAsync] = "#66C2A5",
        [WayKind.Plinq] = "#00604A",
        [WayKind.Pipeline] = "#CC79A7",
        [WayKind.Processes] = "#D55E00",
        [WayKind.ProcessPool] = "#D55E00",
    };

    /// <summary>The looks of the runs of one comparison, by name; hatched for another language's.</summary>
    public static IReadOnlyDictionary<string, Ink> For(IEnumerable<RunResult> runs)
    {
        var known = runs.ToDictionary(run => run.Name, StringComparer.OrdinalIgnoreCase);
        return Palette.For(known.Keys, name => Of(known[name].Kind), name => known[name].Language == RunResult.CSharp ? Texture.Solid : Texture.Hatched);
    }

    /// <summary>The looks of bars, lines or clocks that appear together, each by what its name says.</summary>
    public static IReadOnlyDictionary<string, Ink> For(IEnumerable<string> names) =>
        Palette.For(names, name => Of(WayKinds.Of(name)), name => name.StartsWith("Python", StringComparison.OrdinalIgnoreCase) ? Texture.Hatched : Texture.Solid);

    /// <summary>The colour of a kind; null for <see cref="WayKind.Other"/>.</summary>
    public static string? Of(WayKind kind) => Colors.GetValueOrDefault(kind);
}
