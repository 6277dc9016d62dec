namespace ConcurrencyLab.Charting;

/// <summary>Draws the ticks of clocks: a program that does not answer shows as a gap.</summary>
internal static class TicksChart
{
    private const string Tick = "a tick";
    private const string Gap = "longest gap";

    /// <summary>Marks beyond these in one row run into each other.</summary>
    private const int MostMarks = 400;

    public static Drawing Draw(string title, string where, IReadOnlyList<(string Name, IReadOnlyList<TimeSpan> Ticks)> clocks)
    {
        var inks = Palette.For(clocks.Select(clock => clock.Name));
        var rows = clocks.Select(clock => (clock.Name, Ticks: clock.Ticks.Select(tick => tick.TotalMilliseconds).Order().ToArray())).ToList();
        var latest = rows.SelectMany(row => row.Ticks).DefaultIfEmpty(0).Max();
        var (unit, per) = Rows.Unit(latest);
        var layers = new List<Layer>();
        var places = new Rows(rows.Select(row => (row.Name, Words(row.Ticks))));
        foreach (var (row, (name, ticks)) in rows.Index())
        {
            var (from, to) = Longest(ticks);
            var ink = inks[name];
            if (to > from)
            {
                layers.Add(new Blocks(Gap, ink.Color, [new Block(from * per, to * per, places.At(row), places.Bar, $"{name}: no tick for {Quantity.Time(to - from)}")]) { Texture = Texture.Hatched });
            }

            layers.Add(new Points(Tick, ink.Color,
                [.. Scales.Thin([.. ticks.Select(tick => new Point(Math.Round(tick * per, 4), places.At(row)))], MostMarks / 2)])
            {
                Symbol = Symbol.Bar,
                Size = 18,
                Hover = $"{PlotlyPainter.Escape(name)}: tick at %{{x:,.4~f}} {unit}",
            });
        }

        return new Drawing
        {
            Title = title,
            Subtitle = $"{where} · a frozen program ticks late",
            X = new Scale($"since the start, {unit}", latest > 0 ? -latest * per * 0.01 : 0, latest > 0 ? latest * per * 1.01 : 1),
            Y = Scale.Rows(Math.Max(1, rows.Count)),
            Layers =
            [
                new Points(Tick, Inks.Middle, []) { Symbol = Symbol.Bar, Size = 16, InLegend = true },
                new Blocks(Gap, Inks.Middle, []) { Texture = Texture.Hatched, InLegend = true },
                .. layers,
                places.Headings,
            ],
            PlotHeight = places.PlotHeight,
            Description = $"Ticks of {Quantity.Count(rows.Count, "clock")}: {title}. {where}.\n"
                + string.Join("\n", rows.Select(row => $"{row.Name}: {Words(row.Ticks)}")),
        };
    }

    private static (double From, double To) Longest(double[] ticks) => ticks.Length < 2
        ? (0, 0)
        : ticks.Zip(ticks.Skip(1)).MaxBy(pair => pair.Second - pair.First);

    private static string Words(double[] ticks)
    {
        var (from, to) = Longest(ticks);
        return ticks.Length switch
        {
            0 => "no tick at all",
            1 => "one tick",
            _ => $"longest gap {Quantity.Time(to - from)} · {Quantity.Count(ticks.Length, "tick")}",
        };
    }
}
