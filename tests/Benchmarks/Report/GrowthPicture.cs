using ConcurrencyLab.Benchmarks.Parts;
using ScottPlot;

namespace ConcurrencyLab.Benchmarks.Report;

/// <summary>Cost over size on logarithmic axes, where every power of n is a straight line.</summary>
internal static class GrowthPicture
{
    // Okabe and Ito's colours for all eyes.
    private static readonly string[] Colours = ["#0072B2", "#D55E00", "#009E73", "#CC79A7"];

    internal static void Save(string path, IReadOnlyList<Growth> growths)
    {
        using var plot = new Plot();
        foreach (var (growth, index) in growths.Select((growth, index) => (growth, index)))
        {
            var line = plot.Add.Scatter(
                growth.Sizes.Select(size => Math.Log10(size.Size)).ToArray(),
                growth.Sizes.Select(size => Math.Log10(MedianInterval.Of([.. size.Costs.Select(cost => cost.Milliseconds)]).Median)).ToArray(),
                Color.FromHex(Colours[index % Colours.Length]));
            (line.LegendText, line.LineWidth, line.MarkerSize) = (growth.What, 2, 8);
        }

        foreach (IAxis axis in new IAxis[] { plot.Axes.Bottom, plot.Axes.Left })
        {
            axis.TickGenerator = new ScottPlot.TickGenerators.NumericAutomatic
            {
                LabelFormatter = power => Quantities.Plain(Math.Pow(10, power)),
                IntegerTicksOnly = true,
                MinorTickGenerator = new ScottPlot.TickGenerators.LogMinorTickGenerator(),
            };
        }

        plot.XLabel("n: items, spans a lane, cells");
        plot.YLabel("time in ms");
        plot.Title($"What the lab's own parts cost ({Machine.Here.Subtitle})");
        plot.ShowLegend(Edge.Bottom);
        plot.SavePng(path, 900, 640);
    }
}
