using System.Text.Json.Nodes;
using Plotly.NET;
using XPlot.Plotly;

namespace ConcurrencyLab;

public sealed partial class Figure
{
    /// <summary>A Plotly.NET chart of your own, shown like the lab's: interactive where that works, else a picture.</summary>
    /// <param name="chart">Made with <c>Plotly.NET.CSharp.Chart</c>, say.</param>
    public static Figure Of(GenericChart chart)
    {
        ArgumentNullException.ThrowIfNull(chart);
        return OfPlotly(PlotlyPainter.Json(chart));
    }

    /// <summary>An XPlot.Plotly chart of your own, brought up to the names that plotly.js uses since version 2.</summary>
    /// <param name="chart">Made with <c>XPlot.Plotly.Chart</c>.</param>
    public static Figure Of(PlotlyChart chart)
    {
        ArgumentNullException.ThrowIfNull(chart);
        return OfPlotly(XPlotJson.Of(chart));
    }

    /// <summary>The lab's drawing with an interactive chart made by XPlot.Plotly, whose layout speaks of too little to look like the picture.</summary>
    internal static Figure Of(PlotlyChart chart, Drawing drawing) => new(drawing, () =>
    {
        var json = JsonNode.Parse(XPlotJson.Of(chart))!.AsObject();
        json["layout"] = DynamicJson.Of(PlotlyPainter.PlotlyLayout(drawing));
        return json.ToJsonString(PlotlyPainter.Compact);
    });

    private static Figure OfPlotly(string json)
    {
        var drawing = ReaderChart.Draw(JsonNode.Parse(json)!.AsObject());
        return new Figure(drawing, () => json);
    }
}

/// <summary>A reader's own chart as a figure.</summary>
public static class FigureExtensions
{
    /// <summary>The chart as the lab shows charts; the same as <see cref="Figure.Of(GenericChart)"/>.</summary>
    public static Figure ToFigure(this GenericChart chart) => Figure.Of(chart);

    /// <summary>The chart as the lab shows charts; the same as <see cref="Figure.Of(PlotlyChart)"/>.</summary>
    public static Figure ToFigure(this PlotlyChart chart) => Figure.Of(chart);
}
