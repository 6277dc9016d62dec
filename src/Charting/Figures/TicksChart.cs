namespace ConcurrencyLab.Charting;

/// <summary>Draws the ticks of clocks: a program that does not answer shows as a gap.</summary>
public static class TicksChart
{
    private const string Tick = "a tick";
    private const string Gap = "longest gap";

    /// <summary>Marks beyond these in one row run into each other.</summary>
    private const int MostMarks = 400;

    /// <summary>One row for each clock, its ticks as marks and the longest gap between them named.</summary>
    /// <param name="title">The chart's title.</param>
    /// <param name="subtitle">Where the ticks are from: the machine, say.</param>
    /// <param name="clocks">One a program; ticks since the start, in any order.</param>
    /// <param name="inks">The look of each name; of <see cref="Palette"/> when left out.</param>
    public static Drawing Draw(
        string title, string subtitle, IReadOnlyList<(string Name, IReadOnlyList<TimeSpan> Ticks)> clocks, IReadOnlyDictionary<string, Ink>? inks = null)
    {
        inks ??= Palette.For(clocks.Select(clock => clock.Name));
        var all = clocks.Select(clock => (clock.Name, Ticks: clock.Ticks.Select(tick => tick.TotalMilliseconds).Order().ToArray())).ToList();
        var latest = all.SelectMany(clock => clock.Ticks).DefaultIfEmpty(0).Max();
        var (unit, per) = Quantity.TimeUnit(latest);
        var layers = new List<Layer>();
        var rows = new NamedRows(all.Select(clock => (clock.Name, Words(clock.Ticks))));
        foreach (var (row, (name, ticks)) in all.Index())
        {
            var (from, to) = Longest(ticks);
            if (to > from)
            {
                layers.Add(new Bars(Gap, inks[name].Color, [new Bar(from * per, to * per, rows.At(row), rows.BarThickness, $"{name}: no tick for {Quantity.Time(to - from)}")]) { Texture = Texture.Hatched });
            }

            layers.Add(new Points(Tick, inks[name].Color, Points.Thin([.. ticks.Select(tick => new Point(Math.Round(tick * per, 4), rows.At(row)))], MostMarks / 2))
            {
                Symbol = Symbol.Stroke,
                Size = 18,
                Hover = $"{Layer.Escape(name)}: tick at %{{x:,.4~f}} {unit}",
            });
        }

        return new Drawing
        {
            Title = title,
            Subtitle = $"{subtitle} · a frozen program ticks late",
            X = new Axis($"since the start, {unit}", latest > 0 ? -latest * per * 0.01 : 0, latest > 0 ? latest * per * 1.01 : 1),
            Y = rows.Axis,
            Layers =
            [
                new Points(Tick, PageColors.Middle, []) { Symbol = Symbol.Stroke, Size = 16, InLegend = true },
                new Bars(Gap, PageColors.Middle, []) { Texture = Texture.Hatched, InLegend = true },
                .. layers,
                rows.Headings,
            ],
            PlotHeight = rows.PlotHeight,
            Description = $"Ticks of {Quantity.Count(all.Count, "clock")}: {title}. {subtitle}.\n{string.Join("\n", all.Select(clock => $"{clock.Name}: {Words(clock.Ticks)}"))}",
        };
    }

    private static (double From, double To) Longest(double[] ticks) =>
        ticks.Zip(ticks.Skip(1)).DefaultIfEmpty().MaxBy(pair => pair.Second - pair.First);

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
