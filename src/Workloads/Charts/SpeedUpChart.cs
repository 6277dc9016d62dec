using System.Globalization;

namespace ConcurrencyLab;

/// <summary>Draws the speed-up of a scaling run.</summary>
internal static class SpeedUpChart
{
    public const string Measured = "measured";
    public const string Ideal = "ideal: every worker a whole one";

    /// <summary>Beyond these the axes are logarithmic, so that one and two workers stay apart.</summary>
    private const int MostLinear = 16;

    private static readonly string Color = WayColors.Of(WayKind.Parallel)!;

    public static string Fit(Scaling scaling) => scaling.SerialShare is { } serial ? $"Amdahl's law, {Quantity.Percent(serial)} serial"
        : scaling.Machine.Cores == 1 ? "no fit of Amdahl's law: one core only"
        : scaling.Machine.Cores == 2 ? "no fit of Amdahl's law: measure 2 workers, too" : $"no fit of Amdahl's law: measure a number of workers from 2 to {scaling.Machine.Cores}";

    public static Drawing Draw(Scaling scaling)
    {
        var most = Math.Max(2, scaling.Points.Select(point => point.Workers).DefaultIfEmpty(1).Max());
        var highest = scaling.Points.Select(point => Math.Max(point.SpeedUp.High, point.SpeedUp.Median)).DefaultIfEmpty(1).Max();
        var lowest = scaling.Points.Select(point => Math.Min(point.SpeedUp.Low, point.SpeedUp.Median)).DefaultIfEmpty(1).Min();
        // As much of the fit as does not press the measured points to the ground.
        var top = Math.Max(2, Math.Max(highest * 1.12, Math.Min((scaling.Predict(most) ?? 0) * 1.05, highest * 2)));
        var log = most > MostLinear;
        var ideal = Math.Min(most, top);
        var layers = new List<Layer>
        {
            new Points(Ideal, PageColors.Middle, [new Point(1, 1), new Point(ideal, ideal)])
            {
                Line = 2, Dash = Dash.Dot, InLegend = true, Hover = "",
            },
            new Points(Fit(scaling), Color, Curve(scaling, most)) { Line = 2, Dash = Dash.Dash, InLegend = true, Hover = "" },
            new Points(Measured, Color,
            [
                .. scaling.Points.Select(point => new Point(point.Workers, point.SpeedUp.Median,
                    $"{Quantity.Count(point.Workers, "worker")}: {Quantity.Times(point.SpeedUp.Median)} ({Quantity.Times(point.SpeedUp.Low)} to {Quantity.Times(point.SpeedUp.High)}), {Quantity.Time(point.Wall.Median)}",
                    point.SpeedUp.Low, point.SpeedUp.High)),
            ])
            {
                Symbol = Symbol.Circle, Size = 9, Line = 2, InLegend = true,
            },
        };
        if (scaling.Machine.Cores <= most)
        {
            layers.Insert(0, new Rule(Quantity.Count(scaling.Machine.Cores, "core"), PageColors.Middle, scaling.Machine.Cores));
        }

        return new Drawing
        {
            Title = scaling.Title,
            Subtitle = $"{scaling.Where} · {Wording.Repeats(scaling.Points.Select(point => point.SpeedUp))} · {Best(scaling)}",
            X = new Axis("workers", log ? 0.9 : 0.8, log ? most * 1.1 : most + 0.2) { Log = log, Ticks = Workers(scaling.Points, log) },
            Y = log
                ? Axis.Logarithmic("speed-up, times one worker", Math.Min(1, Math.Max(lowest, 0.01)), top, 1.1)
                : new Axis("speed-up, times one worker", 0, top),
            Layers = layers,
            PlotHeight = 320,
            Description = Describe(scaling),
        };
    }

    public static string Describe(Scaling scaling) =>
        $"Line chart, speed-up over workers: {scaling.Title}. {scaling.Where}. {Fit(scaling)}; {Best(scaling)}.\n"
        + string.Join("\n", scaling.Points.Select(point =>
            $"{Quantity.Count(point.Workers, "worker")}: {Quantity.Times(point.SpeedUp.Median)}, {(scaling.Predict(point.Workers) is { } predicted ? $"Amdahl's law {Quantity.Times(predicted)}, " : "")}wall time {Quantity.Time(point.Wall.Median)}"));

    /// <summary>Points on the fitted curve, evenly spread on a logarithmic axis.</summary>
    public static IReadOnlyList<Point> Curve(Scaling scaling, int most)
    {
        const int Steps = 48;
        return scaling.SerialShare is null ? [] : [.. Enumerable.Range(0, Steps + 1).Select(i => Math.Pow(most, (double)i / Steps))
            .Select(workers => new Point(Math.Round(workers, 4), Math.Round(scaling.Predict(workers)!.Value, 4)))];
    }

    private static string Best(Scaling scaling) => scaling.Points.MaxBy(point => point.SpeedUp.Median) is { } best
        ? $"best {Quantity.Times(best.SpeedUp.Median)} with {Quantity.Count(best.Workers, "worker")}"
        : "nothing was measured";

    /// <summary>A tick at each number of workers that was measured, as many as fit side by side.</summary>
    private static List<Tick> Workers(IReadOnlyList<ScalingPoint> points, bool log)
    {
        var ticks = new List<Tick>();
        var most = points.Select(point => point.Workers).DefaultIfEmpty(1).Max();
        // From the largest down: what was reached is named in any case.
        foreach (var workers in points.Select(point => point.Workers).Distinct().OrderDescending())
        {
            var apart = ticks.Count == 0 || (log ? Math.Log2(ticks[^1].At / workers) >= 0.49 : ticks[^1].At - workers >= most / 16.0);
            if (apart)
            {
                ticks.Add(new Tick(workers, workers.ToString(CultureInfo.InvariantCulture)));
            }
        }

        ticks.Reverse();
        return ticks;
    }
}
