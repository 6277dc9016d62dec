using ConcurrencyLab.Benchmarks.Parts;

namespace ConcurrencyLab.Benchmarks.Report;

/// <summary>Cost over size on logarithmic axes, where every power of n is a straight line.</summary>
internal static class GrowthPicture
{
    internal static void Save(string path, IReadOnlyList<Growth> growths)
    {
        var inks = Palette.For(growths.Select(growth => growth.What));
        Point Median((int Size, IReadOnlyList<Cost> Costs) size) => new(size.Size, MedianInterval.Of([.. size.Costs.Select(cost => cost.Milliseconds)]).Median);
        var lines = growths.Select(growth => new Points(growth.What, inks[growth.What].Color, [.. growth.Sizes.Select(Median)])
        {
            Line = 2,
            Symbol = Symbol.Circle,
            InLegend = true,
        }).ToList();
        var points = lines.SelectMany(line => line.Items).ToList();
        Figure.Of(new Drawing
        {
            Title = "What the lab's own parts cost",
            Subtitle = Machine.Here.Subtitle,
            X = Axis.Logarithmic("n: items, spans a lane, cells", points.Min(point => point.X), points.Max(point => point.X), 1.2),
            Y = Axis.Times("time", points.Min(point => point.Y), points.Max(point => point.Y), ("ms", 1)),
            Layers = lines,
            PlotHeight = 420,
            Description = string.Join("\n", lines.Select(line => $"{line.Name}: {string.Join(", ", line.Items.Select(point => $"{Quantity.Time(point.Y)} at {Quantity.Plain(point.X)}"))}")),
        }).SavePng(path);
    }
}
