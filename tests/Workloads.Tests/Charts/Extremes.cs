using ConcurrencyLab.Interleavings;

namespace ConcurrencyLab.Tests.ChartTests;

/// <summary>Charts of figures that strain them: long names, many lanes, times from nanoseconds to hours.</summary>
internal static class Extremes
{
    private const string LongTitle =
        "A very long title that says in every detail what was compared, on how many orders of how many milliseconds each, and why anybody should care";

    public static IReadOnlyDictionary<string, Func<Figure>> Figures { get; } = new Dictionary<string, Func<Figure>>
    {
        ["two lanes, three items"] = () => Known.Blocking("threads", 2, 3).Figure,
        ["two lanes, ten thousand items"] = () => Known.Blocking("threads", 2, 10_000).Figure,
        ["sixty-four lanes"] = () => Known.Blocking("threads", 64, 640).Figure,
        ["a hundred lanes"] = () => Known.Blocking("threads", 100, 1000).Figure,
        ["thousands of waits"] = () => Known.Waiting("async", 5000).Figure,
        ["timelines with long names"] = () => (Twelve(LongName) with { Title = LongTitle }).Timelines,
        ["one run"] = () => Known.Of(Known.Run("sequential", [512], 500, null)).Timings,
        ["twelve runs with long names"] = () => (Twelve(LongName) with { Title = LongTitle }).Timings,
        ["nanoseconds to minutes"] = () => Far().Timings,
        ["failed and different"] = () => Failed().Timings,
        ["guesses near"] = () => Charts.GuessFigure(Known.Three(), new Dictionary<string, double> { ["sequential"] = 400, ["async"] = 45, ["processes"] = 790 }),
        ["guesses from nanoseconds to minutes"] = () => Charts.GuessFigure(Far(), Far().Runs.ToDictionary(run => run.Name, _ => 1.0)),
        ["guesses of long names"] = () => Charts.GuessFigure(Twelve(LongName), Twelve(LongName).Runs.ToDictionary(run => run.Name, run => run.Wall.Median * 3)),
        ["one worker"] = () => Known.Scaling(8, 1).SpeedUp,
        ["as many workers as cores"] = () => Known.Scaling(8, 1, 2, 4, 8).SpeedUp,
        ["sixteen workers"] = () => Known.Scaling(16, [.. Enumerable.Range(1, 16)]).SpeedUp,
        ["128 workers"] = () => Known.Scaling(64, 1, 2, 4, 8, 16, 32, 64, 96, 128).SpeedUp,
        ["128 workers by XPlot"] = () => Known.Scaling(64, 1, 2, 4, 8, 16, 32, 64, 96, 128).SpeedUpXPlot,
        ["fifty times slower"] = () => SpeedUps(1, 0.5, 0.1, 0.02).SpeedUp,
        ["five thousand times faster"] = () => (SpeedUps(1, 5, 20, 90, 700, 2000, 5000) with { Title = LongTitle }).SpeedUp,
        ["ticks"] = () => Charts.Ticks(LongTitle, ("frozen", [.. Enumerable.Range(0, 10_000).Select(i => Known.Ms(i))]), (LongName(1), []), ("once", [Known.Ms(1)])),
        ["bars of bytes"] = () => Charts.Bars(LongTitle, "bytes of memory", ("async", 312), (LongName(1), 3e12), ("none", 0)),
        ["bars of large numbers"] = () => Charts.Bars("rates", "round trips per second", [.. Enumerable.Range(1, 12).Select(i => (LongName(i), Math.Pow(7, i)))]),
        ["a long axis title"] = () => Charts.Bars("equal", "a very long axis title that tells what is measured here, how, by whom, and in which unit it is given, ms", ("a", 20), ("b", 20)),
        ["a map of twelve"] = () => Charts.CpuMap(Twelve(i => $"work number {i}")),
        ["a map of long names"] = () => Charts.CpuMap(Twelve(LongName) with { Machine = Known.TwoCores with { Cores = 128 } }),
        ["a map from nanoseconds to minutes"] = () => Charts.CpuMap(Far()),
        ["a map of one spot"] = () => Charts.CpuMap(Known.Of(Known.Run("sequential", [100], 99, null), Known.Run("threads", [100], 99, null), Known.Run("async", [100], 99, null))),
        ["ten thousand values over time"] = () => Charts.OverTime(LongTitle, "threads of the pool while it starves, and whatever else a long axis title may have to say about it",
            (LongName(1), [.. Enumerable.Range(0, 10_000).Select(i => (Known.Ms(i * 10), 1e6 * Math.Abs(Math.Sin(i / 700.0))))]), ("one", [(Known.Ms(5), 5e5)])),
        ["huge values over time"] = () => Charts.OverTime("huge", "bytes", ("a", [.. Enumerable.Range(0, 20).Select(i => (Known.Ms(i), 3e9 * i))])),
        ["a schedule"] = () => Schedule().Figure,
    };

    /// <summary>Sixty characters.</summary>
    public static string LongName(int i) => $"a run with a name of sixty characters, this is number {i} of them"[..60];

    private static Comparison Twelve(Func<int, string> name) => Known.Of([.. Enumerable.Range(1, 12).Select(i =>
        Known.Run(name(i), [95.0 * i, 100 * i, 108 * i], 9 * i, 100, Known.Blocking(name(i), i, 24)))]);

    private static Comparison Far() => Known.Of(
        Known.Run("sequential", [3e-6], 3e-6, null), Known.Run("threads", [0.0042], 0.004, 3e-6), Known.Run("async", [12.5], 1, 3e-6),
        Known.Run("processes", [40 * 60_000], 80 * 60_000, 3e-6));

    private static Comparison Failed() => Known.Of(
        Known.Run("sequential", [400], 8, null), Known.Failed("threads", "InvalidOperationException: the coffee machine exploded and there is no way to go on from here"),
        Known.Run("async", [100], 8, 400, agreement: Agreement.Different), Known.Run("parallel", [0], 0, null));

    private static Scaling SpeedUps(params double[] speedUps) => new(
        "speed-ups", [.. speedUps.Select((up, i) => new ScalingPoint(1 << i, MedianInterval.Of([100 / up]), new MedianInterval(up, up * 0.93, up * 1.08, 0.98, 7)))], 0.999, Known.TwoCores);

    private static Exploration Schedule() => ConcurrentProgram.OfThreads("five who count", program =>
    {
        var count = program.Shared("plates that were eaten", 0);
        foreach (var i in Enumerable.Range(0, 5))
        {
            program.Task($"philosopher-{i}", () =>
            {
                var seen = count.Value;
                count.Value = seen + 1;
            });
        }

        program.Postcondition("five plates", () => count.Value == 5);
    }).Explore();
}
