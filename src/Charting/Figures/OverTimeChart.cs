namespace ConcurrencyLab.Charting;

/// <summary>Draws values that change while time passes.</summary>
public static class OverTimeChart
{
    /// <summary>More columns than a wide page has pixels for such a line show nothing more.</summary>
    private const int Columns = 500;

    /// <summary>One stepped line for each series.</summary>
    /// <param name="title">The chart's title.</param>
    /// <param name="subtitle">Where the values are from: the machine, say.</param>
    /// <param name="axis">What is counted and its unit.</param>
    /// <param name="series">Each value holds from its moment (since the start) until the next; those that are no number are left out.</param>
    /// <param name="inks">The look of each name; of <see cref="Palette"/> when left out.</param>
    public static Drawing Draw(
        string title, string subtitle, string axis, IReadOnlyList<(string Name, IReadOnlyList<(TimeSpan At, double Value)> Values)> series,
        IReadOnlyDictionary<string, Ink>? inks = null)
    {
        inks ??= Palette.For(series.Select(line => line.Name));
        var lines = series.Select(line => (line.Name, Points: line.Values.Where(point => double.IsFinite(point.Value)).OrderBy(point => point.At)
            .Select(point => new Point(point.At.TotalMilliseconds, point.Value)).ToList())).ToList();
        var all = lines.SelectMany(line => line.Points).DefaultIfEmpty().ToList();
        var (latest, highest, lowest) = (all.Max(point => point.X), all.Max(point => point.Y), Math.Min(0, all.Min(point => point.Y)));
        var (unit, per) = Quantity.TimeUnit(latest);
        return new Drawing
        {
            Title = title,
            Subtitle = subtitle,
            X = new Axis($"since the start, {unit}", 0, latest > 0 ? latest * per * 1.01 : 1),
            Y = new Axis(axis, lowest, highest > lowest ? lowest + (highest - lowest) * 1.08 : lowest + 1),
            Layers =
            [
                .. lines.Select((line, i) => new Points(line.Name, inks[line.Name].Color, Points.Thin([.. line.Points.Select(point => point with { X = Math.Round(point.X * per, 4) })], Columns))
                {
                    Line = 2.5,
                    Step = true,
                    InLegend = true,
                    Dash = (Dash)(i % 3),
                    Hover = $"{Layer.Escape(line.Name)}<br>%{{y:,.4~g}} at %{{x:,.4~g}} {unit}",
                }),
            ],
            PlotHeight = 300,
            Description = $"Line chart, {axis} over time: {title}. {subtitle}.\n{string.Join("\n", lines.Select(line => $"{line.Name}: {Words(line.Points)}"))}",
        };
    }

    private static string Words(List<Point> points)
    {
        if (points.Count == 0)
        {
            return "nothing was recorded";
        }

        var peak = points.MaxBy(point => point.Y);
        return $"from {Quantity.Plain(points[0].Y)} to {Quantity.Plain(points[^1].Y)} in {Quantity.Time(points[^1].X)}, "
            + $"highest {Quantity.Plain(peak.Y)} at {Quantity.Time(peak.X)}";
    }
}
