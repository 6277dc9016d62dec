namespace ConcurrencyLab.Charting;

/// <summary>Draws named values as bars.</summary>
internal static class BarsChart
{
    public static Drawing Draw(string title, string where, string axis, IReadOnlyList<(string Name, double Value)> bars)
    {
        foreach (var (name, value) in bars)
        {
            if (!double.IsFinite(value) || value < 0)
            {
                throw new ArgumentException($"The bar \"{name}\" has the value {Quantity.Digits(value)}; a bar needs a number of at least 0.", nameof(bars));
            }
        }

        var inks = Palette.For(bars.Select(bar => bar.Name));
        var rows = new Rows(bars.Select(bar => (bar.Name, Words(axis, bar.Value))));
        var largest = bars.Select(bar => bar.Value).DefaultIfEmpty(0).Max();
        return new Drawing
        {
            Title = title,
            Subtitle = where,
            X = new Scale(axis, 0, largest > 0 ? largest * 1.04 : 1) { Ticks = IsMemory(axis) ? MemoryTicks(largest) : null },
            Y = Scale.Rows(bars.Count),
            Layers =
            [
                .. bars.Select((bar, row) => new Blocks(bar.Name, inks[bar.Name].Color,
                    [new Block(0, bar.Value, rows.At(row), rows.Bar, $"{bar.Name}: {Words(axis, bar.Value)}")]) { Texture = inks[bar.Name].Texture }),
                rows.Headings,
            ],
            PlotHeight = rows.PlotHeight,
            Description = $"Bar chart, {axis}: {title}. {where}.\n"
                + string.Join("\n", bars.Select(bar => $"{bar.Name}: {Words(axis, bar.Value)}")),
        };
    }

    private static bool IsMemory(string axis) => axis.StartsWith("bytes", StringComparison.OrdinalIgnoreCase);

    /// <summary>Memory is counted in powers of two, and so are its ticks.</summary>
    private static List<Tick> MemoryTicks(double largest)
    {
        var step = Math.Pow(2, Math.Ceiling(Math.Log2(Math.Max(largest, 4) / 5)));
        return [.. Enumerable.Range(0, (int)(largest * 1.04 / step) + 1).Select(i => new Tick(i * step, Quantity.MemoryTick(i * step)))];
    }

    private static string Words(string axis, double value)
    {
        return IsMemory(axis) ? Quantity.Memory(value)
            : axis.EndsWith(" ms", StringComparison.Ordinal) ? Quantity.Time(value)
            : value == Math.Floor(value) && value < 1e15 ? Quantity.Count((long)value) : Quantity.Digits(value);
    }
}
