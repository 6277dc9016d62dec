using XPlot.Plotly;

namespace ConcurrencyLab;

/// <summary>Builds the speed-up chart with XPlot.Plotly.</summary>
internal static class SpeedUpXPlotChart
{
    public static Figure Make(Scaling scaling)
    {
        var drawing = SpeedUpChart.Draw(scaling);
        // Titles, axes and the mark of the cores come from the drawing, as in every chart of the lab.
        return Figure.Of(drawing, Chart.Plot(drawing.Layers.OfType<Points>().Select(Line)));
    }

    private static Trace Line(Points points)
    {
        var trace = new Scatter
        {
            name = points.Name,
            x = points.Items.Select(point => point.X).ToArray(),
            y = points.Items.Select(point => point.Y).ToArray(),
            mode = points.Symbol == Symbol.None ? "lines" : "lines+markers",
            line = new Line { color = points.Color, width = points.Line, dash = points.Dash.ToString().ToLowerInvariant() },
        };
        if (points.Items.Any(point => point.Low is not null))
        {
            trace.error_y = new Error_y
            {
                type = "data",
                symmetric = false,
                array = points.Items.Select(point => (point.High ?? point.Y) - point.Y).ToArray(),
                arrayminus = points.Items.Select(point => point.Y - (point.Low ?? point.Y)).ToArray(),
                color = points.Color,
            };
        }

        return trace;
    }
}
