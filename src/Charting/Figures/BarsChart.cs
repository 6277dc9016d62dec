namespace ConcurrencyLab.Charting;

/// <summary>Draws named values as bars.</summary>
public static class BarsChart
{
    /// <summary>One bar for each value, the first on top.</summary>
    /// <param name="title">The chart's title.</param>
    /// <param name="subtitle">Where the values are from: the machine, say.</param>
    /// <param name="axis">What is measured and its unit. Figures read as KiB and MiB when it begins with <c>bytes</c>, as times when it ends in <c> ms</c>.</param>
    /// <param name="bars">Names and finite values of at least 0.</param>
    /// <param name="inks">The look of each name; of <see cref="Palette"/> when left out.</param>
    /// <exception cref="ArgumentException">A value is negative or no number.</exception>
    public static Drawing Draw(
        string title, string subtitle, string axis, IReadOnlyList<(string Name, double Value)> bars, IReadOnlyDictionary<string, Ink>? inks = null)
    {
        foreach (var (name, value) in bars.Where(bar => !double.IsFinite(bar.Value) || bar.Value < 0))
        {
            throw new ArgumentException($"The bar \"{name}\" has the value {Quantity.Digits(value)}; a bar needs a number of at least 0.", nameof(bars));
        }

        inks ??= Palette.For(bars.Select(bar => bar.Name));
        var memory = axis.StartsWith("bytes", StringComparison.OrdinalIgnoreCase);
        string Words(double value) => memory ? Quantity.Memory(value)
            : axis.EndsWith(" ms", StringComparison.Ordinal) ? Quantity.Time(value)
            : value == Math.Floor(value) && value < 1e15 ? Quantity.Count((long)value) : Quantity.Digits(value);
        var rows = new NamedRows(bars.Select(bar => (bar.Name, Words(bar.Value))));
        var largest = bars.Select(bar => bar.Value).DefaultIfEmpty(0).Max();
        return new Drawing
        {
            Title = title,
            Subtitle = subtitle,
            X = new Axis(axis, 0, largest > 0 ? largest * 1.04 : 1) { Ticks = memory ? MemoryTicks(largest) : null },
            Y = rows.Axis,
            Layers =
            [
                .. bars.Select((bar, row) => new Bars(bar.Name, inks[bar.Name].Color,
                    [new Bar(0, bar.Value, rows.At(row), rows.BarThickness, $"{bar.Name}: {Words(bar.Value)}")]) { Texture = inks[bar.Name].Texture }),
                rows.Headings,
            ],
            PlotHeight = rows.PlotHeight,
            Description = $"Bar chart, {axis}: {title}. {subtitle}.\n{string.Join("\n", bars.Select(bar => $"{bar.Name}: {Words(bar.Value)}"))}",
        };
    }

    /// <summary>Memory is counted in powers of two, and so are its ticks.</summary>
    private static List<Tick> MemoryTicks(double largest)
    {
        var step = Math.Pow(2, Math.Ceiling(Math.Log2(Math.Max(largest, 4) / 5)));
        return [.. Enumerable.Range(0, (int)(largest * 1.04 / step) + 1).Select(i => new Tick(i * step, Quantity.MemoryTick(i * step)))];
    }
}
