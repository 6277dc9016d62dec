using XPlot.Plotly;

namespace ConcurrencyLab;

/// <summary>Builds the speed-up chart with XPlot.Plotly.</summary>
internal static class SpeedUpXPlotChart
{
    public static PlotlyChart Make(Scaling scaling)
    {
        var drawing = SpeedUpChart.Draw(scaling);
        // XPlot's layout knows no mark across the chart: the cores become a line of their own.
        var cores = drawing.Layers.OfType<Rule>().Select(rule =>
            new Points(rule.Name, rule.Color, [new Point(rule.At, drawing.Y.Low), new Point(rule.At, drawing.Y.High)]) { Line = 1.5, Dash = rule.Dash });
        var traces = drawing.Layers.OfType<Points>().Concat(cores).Select(Line);
        var layout = new XPlot.Plotly.Layout.Layout
        {
            title = drawing.Title,
            xaxis = new Xaxis
            {
                title = drawing.X.Title,
                type = Kind(drawing.X),
                range = Range(drawing.X),
                gridcolor = Inks.Grid,
                linecolor = Inks.Middle,
            },
            yaxis = new Yaxis
            {
                title = drawing.Y.Title,
                type = Kind(drawing.Y),
                range = Range(drawing.Y),
                gridcolor = Inks.Grid,
                linecolor = Inks.Middle,
            },
            showlegend = true,
            legend = new Legend { orientation = "h", y = -0.2 },
            paper_bgcolor = Inks.Paper,
            plot_bgcolor = Inks.Paper,
            font = new Font { color = Inks.Text },
        };
        return Chart.Plot(traces, layout);
    }

    private static Trace Line(Points points)
    {
        var trace = new Scatter
        {
            name = points.Name,
            x = points.Items.Select(point => point.X).ToArray(),
            y = points.Items.Select(point => point.Y).ToArray(),
            mode = points.Symbol == Symbol.None ? "lines" : "lines+markers",
            line = new Line { color = points.Color, width = points.Line, dash = PlotlyTraces.DashName(points.Dash) },
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

    private static string Kind(Scale scale) => scale.Log ? "log" : "linear";

    private static double[] Range(Scale scale) =>
        scale.Log ? [Math.Log10(scale.Low), Math.Log10(scale.High)] : [scale.Low, scale.High];
}
