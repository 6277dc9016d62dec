namespace ConcurrencyLab.Charting;

/// <summary>Draws values that change while time passes.</summary>
internal static class OverTimeChart
{
    /// <summary>More columns than a wide page has pixels for such a line show nothing more.</summary>
    private const int Columns = 500;

    public static Drawing Draw(string title, string where, string axis, IReadOnlyList<(string Name, IReadOnlyList<(TimeSpan At, double Value)> Values)> series)
    {
        var inks = Palette.For(series.Select(line => line.Name));
        var all = series.SelectMany(line => line.Values).Where(point => double.IsFinite(point.Value)).ToList();
        var latest = all.Select(point => point.At.TotalMilliseconds).DefaultIfEmpty(0).Max();
        var (unit, per) = Rows.Unit(latest);
        var highest = all.Select(point => point.Value).DefaultIfEmpty(0).Max();
        var lowest = Math.Min(0, all.Select(point => point.Value).DefaultIfEmpty(0).Min());
        var layers = series.Select((line, i) => new Points(line.Name, inks[line.Name].Color, Steps(line.Values, per))
        {
            Line = 2.5,
            Step = true,
            InLegend = true,
            Dash = (Dash)(i % 3),
            Hover = $"{PlotlyPainter.Escape(line.Name)}<br>%{{y:,.4~g}} at %{{x:,.4~g}} {unit}",
        });
        return new Drawing
        {
            Title = title,
            Subtitle = where,
            X = new Scale($"since the start, {unit}", 0, latest > 0 ? latest * per * 1.01 : 1),
            Y = new Scale(axis, lowest, highest > lowest ? lowest + (highest - lowest) * 1.08 : lowest + 1),
            Layers = [.. layers],
            PlotHeight = 300,
            Description = $"Line chart, {axis} over time: {title}. {where}.\n" + string.Join("\n", series.Select(Describe)),
        };
    }

    private static IReadOnlyList<Point> Steps(IReadOnlyList<(TimeSpan At, double Value)> values, double per) => Scales.Thin(
        [.. values.Where(point => double.IsFinite(point.Value)).OrderBy(point => point.At)
            .Select(point => new Point(Math.Round(point.At.TotalMilliseconds * per, 4), point.Value))],
        Columns);

    private static string Describe((string Name, IReadOnlyList<(TimeSpan At, double Value)> Values) line)
    {
        var values = line.Values.Where(point => double.IsFinite(point.Value)).OrderBy(point => point.At).ToList();
        if (values.Count == 0)
        {
            return $"{line.Name}: nothing was recorded";
        }

        var peak = values.MaxBy(point => point.Value);
        return $"{line.Name}: from {Scales.Plain(values[0].Value)} to {Scales.Plain(values[^1].Value)} in {Quantity.Time(values[^1].At.TotalMilliseconds)}, "
            + $"highest {Scales.Plain(peak.Value)} at {Quantity.Time(peak.At.TotalMilliseconds)}";
    }
}
