namespace ConcurrencyLab;

public sealed partial record Comparison
{
    /// <summary>How long single items took in each run: every item (or an even choice of them), middle half, median and 95 %.</summary>
    public Figure Latencies => Figure.Of(LatencyChart.Draw(this));
}

/// <summary>Draws the distribution of item latencies.</summary>
internal static class LatencyChart
{
    /// <summary>More dots on one row only smear.</summary>
    private const int MostDots = 200;

    private const string Each = "one item";
    private const string Half = "middle half";
    private const string Median = "median";
    private const string Most = "95 % are faster";

    public static Drawing Draw(Comparison comparison)
    {
        var inks = Palette.For(comparison.Runs.Select(run => run.Name));
        var runs = comparison.Runs.Select(run => (Run: run, Sorted: Sorted(run))).ToList();
        var all = runs.SelectMany(run => run.Sorted).ToList();
        var (unit, per) = Rows.Unit(all.DefaultIfEmpty(0).Max());
        var log = Scales.FarApart(all, 50);
        var layers = new List<Layer>();
        var rows = new Rows(runs.Select(run => (run.Run.Name, Figures(run.Run, run.Sorted))));
        foreach (var (row, (run, sorted)) in runs.Index())
        {
            if (sorted.Length > 0)
            {
                layers.AddRange(Row(rows.At(row), rows.Bar, sorted, inks[run.Name], per, unit, run.Name));
            }
        }

        var largest = all.DefaultIfEmpty(1).Max() * per;
        return new Drawing
        {
            Title = $"Latency of single items: {comparison.Title}",
            Subtitle = comparison.Where + (runs.Any(run => run.Sorted.Length > MostDots) ? $" · {MostDots} of the items a run are drawn, evenly chosen by rank" : ""),
            X = log
                ? Scales.Times("latency", all.Min(), all.Max(), (unit, per), 1.3)
                : new Scale($"latency, {unit}", 0, largest > 0 ? largest * 1.04 : 1),
            Y = Scale.Rows(comparison.Runs.Count),
            Layers = all.Count == 0 ? [rows.Headings] : [.. Keys(), .. layers, rows.Headings],
            PlotHeight = rows.PlotHeight,
            Description = $"Distribution of item latencies: {comparison.Title}. {comparison.Where}.\n"
                + string.Join("\n", runs.Select(run => $"{run.Run.Name}: {Figures(run.Run, run.Sorted)}")),
        };
    }

    /// <summary>The value below which that share of the sorted values lies, between neighbours in proportion.</summary>
    internal static double Quantile(double[] sorted, double share)
    {
        var place = share * (sorted.Length - 1);
        var below = (int)Math.Floor(place);
        return below + 1 >= sorted.Length ? sorted[^1] : sorted[below] + (sorted[below + 1] - sorted[below]) * (place - below);
    }

    private static double[] Sorted(RunResult run) =>
        run.Timeline is { } timeline ? [.. timeline.Items.Select(item => item.Latency.TotalMilliseconds).Order()] : [];

    private static string Figures(RunResult run, double[] sorted) => sorted.Length switch
    {
        0 => run.Failure is { } failure ? "did not finish: " + TimingsChart.Reason(failure) : "no items were recorded",
        1 => $"{Quantity.Time(sorted[0])}, one item",
        _ => $"median {Quantity.Time(Quantile(sorted, 0.5))} · 95 % ≤ {Quantity.Time(Quantile(sorted, 0.95))} · max {Quantity.Time(sorted[^1])}",
    };

    private static IEnumerable<Layer> Row(double row, double bar, double[] sorted, Ink ink, double per, string unit, string name)
    {
        double At(double share) => Math.Round(Quantile(sorted, share) * per, 6);
        string Words(string what, double share) => $"{name}: {what} {Quantity.Time(Quantile(sorted, share))}";
        if (sorted.Length > 3)
        {
            yield return new Points(Half, ink.Lighter(0.55),
                [new Point(At(0.25), row, Words("a quarter under", 0.25)), new Point(At(0.75), row, Words("three quarters under", 0.75))])
            { Line = 18 };
        }

        var dots = sorted.Length <= MostDots
            ? sorted
            : [.. Enumerable.Range(0, MostDots).Select(i => sorted[(int)((long)i * (sorted.Length - 1) / (MostDots - 1))])];
        // Spread up and down in a fixed pattern, so that equal latencies do not hide each other and a re-run draws the same.
        yield return new Points(Each, ink.Color,
            [.. dots.Select((latency, i) => new Point(Math.Round(latency * per, 6), Math.Round(row + (i * 5 % 8 - 3.5) / 8 * bar * 0.8, 3)))])
        {
            Symbol = Symbol.Circle,
            Size = dots.Length <= 20 ? 7 : 4,
            Opacity = dots.Length <= 20 ? 0.8 : 0.45,
            Hover = $"{PlotlyPainter.Escape(name)}: %{{x:,.4~g}} {unit}",
        };
        yield return new Points(Median, ink.Color, [new Point(At(0.5), row, Words("median", 0.5))]) { Symbol = Symbol.Bar, Size = 22 };
        if (sorted.Length > 1)
        {
            yield return new Points(Most, ink.Color, [new Point(At(0.95), row, Words("95 % under", 0.95))]) { Symbol = Symbol.Diamond, Size = 10 };
        }
    }

    private static IEnumerable<Layer> Keys() =>
    [
        new Points(Each, Inks.Middle, []) { Symbol = Symbol.Circle, Size = 4, InLegend = true },
        new Points(Half, "#C4C4C4", []) { Line = 12, InLegend = true },
        new Points(Median, Inks.Middle, []) { Symbol = Symbol.Bar, Size = 16, InLegend = true },
        new Points(Most, Inks.Middle, []) { Symbol = Symbol.Diamond, Size = 10, InLegend = true },
    ];
}
