using System.Diagnostics;

namespace ConcurrencyLab;

/// <summary>What measuring itself costs here, measured once in each process.</summary>
internal static class Calibration
{
    private const int Rounds = 9;
    private const int Items = 20_000;
    private static readonly Lazy<MeasuringCost> Lazily = new(Measure);

    internal static MeasuringCost Cost => Lazily.Value;

    private static MeasuringCost Measure()
    {
        using var threads = new ThreadWatch();
        var empty = Run.As("empty", static () => { });
        var spanned = Run.As("spans", static () => Loop(true));
        var bare = Run.As("no spans", static () => Loop(false));
        double Median(Run run, bool record) =>
            MedianInterval.Of(Enumerable.Range(0, Rounds).Select(_ => Meter.Measure(run, 1, record, threads, default, build: false).Sample.WallMilliseconds * 1e6)).Median;

        // The first readings also compile what the later ones measure.
        foreach (var run in new[] { empty, spanned, bare })
        {
            Median(run, true);
        }

        var span = Math.Max(0, (Median(spanned, true) - Median(bare, true)) / Items);
        return new MeasuringCost(Median(empty, true), span);
    }

    private static void Loop(bool mark)
    {
        for (var i = 0; i < Items; i++)
        {
            if (mark)
            {
                using var span = Spans.Item(Boxed);
            }
        }
    }

    private static readonly object Boxed = Stopwatch.Frequency;
}
