using System.Text.Json.Nodes;
using Plotly.NET;
using static ConcurrencyLab.Charting.PlotlyNode;
using Properties = DynamicObj.DynamicObj;

namespace ConcurrencyLab.Charting;

/// <summary>Paints a drawing as an interactive chart, through Plotly.NET.</summary>
internal static class PlotlyPainter
{
    /// <summary>The same family as in the PNG, then what systems have.</summary>
    private const string FontFamily = "Open Sans, Segoe UI, Helvetica Neue, Arial, sans-serif";

    private const string Transparent = "rgba(0,0,0,0)";

    /// <summary>Room for a title in CSS pixels: a notebook's column is 700 wide or more, less plotly.js's buttons at the right. The book breaks titles anew for its readers' screens.</summary>
    private const double TitleRoom = 540;

    /// <summary>The narrowest page in CSS pixels.</summary>
    private const double Narrowest = 380;

    /// <summary>The chart as an object of data, layout and config.</summary>
    public static JsonObject Paint(Drawing drawing)
    {
        var chart = Chart(drawing);
        return Paint(Json(GenericChart.getTraces(chart)), Json(GenericChart.getLayout(chart)));
    }

    /// <summary>Data and layout with how plotly.js behaves around the chart.</summary>
    public static JsonObject Paint(JsonNode? data, JsonNode? layout) => new()
    {
        ["data"] = data ?? new JsonArray(),
        ["layout"] = layout ?? new JsonObject(),
        ["config"] = new JsonObject
        {
            ["responsive"] = true,
            ["displaylogo"] = false,
            ["modeBarButtonsToRemove"] = new JsonArray("select2d", "lasso2d", "zoomIn2d", "zoomOut2d"),
        },
    };

    internal static GenericChart Chart(Drawing drawing)
    {
        var traces = drawing.Layers.SelectMany(layer => layer switch
        {
            Bars bars => PlotlyTraces.Of(bars, drawing.X.Length),
            Points points => [PlotlyTraces.Of(points)],
            _ => Enumerable.Empty<Trace>(),
        });
        return GenericChart.setLayout(Layout(drawing), GenericChart.ofTraceObjects(false, Microsoft.FSharp.Collections.ListModule.OfSeq(traces)));
    }

    private static Layout Layout(Drawing drawing)
    {
        var title = TextMetrics.Wrap(drawing.Title, TitleRoom, Sizes.Title, bold: true);
        var subtitle = TextMetrics.Wrap(drawing.Subtitle, TitleRoom, Sizes.Subtitle, bold: false);
        // Releases of plotly.js differ by a line in where a title of several lines begins.
        var top = 28 + title.Count * 21 + subtitle.Count * Sizes.Line;
        var keys = drawing.Layers.Where(layer => layer.InLegend).Select(layer => layer.Name).ToList();
        var axis = 30 + drawing.XTitle.Count * 22;
        var bottom = axis + (keys.Count > 0 ? LegendRows(keys) * 21 + 10 : 0);
        var height = top + drawing.PlotHeight + bottom;
        return new Layout().With(
            ("title", Node(
                ("text", $"<b>{Lines(title)}</b><br><span style=\"font-size:{Sizes.Subtitle}px\">{Lines(subtitle)}</span>"),
                ("x", 0), ("xref", "container"), ("xanchor", "left"),
                ("y", 1 - 21.0 / height), ("yref", "container"), ("yanchor", "top"),
                ("pad", Node(("l", 12))), ("font", Node(("size", Sizes.Title))))),
            ("height", height), ("autosize", true),
            ("margin", Node(("l", Drawing.Margin), ("r", 16), ("t", top), ("b", bottom), ("pad", 0))),
            ("paper_bgcolor", PageColors.Paper), ("plot_bgcolor", PageColors.Paper),
            ("font", Node(("family", FontFamily), ("size", Sizes.Annotation), ("color", PageColors.Text))),
            ("xaxis", Axis(drawing.X, drawing.XTitle)), ("yaxis", Axis(drawing.Y, drawing.YTitle)),
            ("barmode", "overlay"), ("bargap", 0),
            ("uniformtext", Node(("mode", "hide"), ("minsize", Sizes.Inside))),
            ("hovermode", "closest"),
            ("modebar", Node(("bgcolor", Transparent), ("color", PageColors.Middle), ("activecolor", "#0072B2"))),
            ("showlegend", keys.Count > 0),
            ("legend", Node(
                ("orientation", "h"), ("x", 0), ("xref", "container"), ("xanchor", "left"),
                // Right under the axis; what a wide page does not need of the room stays free below it.
                ("y", (double)(bottom - axis) / height), ("yref", "container"), ("yanchor", "top"),
                ("traceorder", "normal"), ("bgcolor", Transparent), ("font", Node(("size", Sizes.Key))))),
            ("annotations", drawing.Layers.SelectMany(layer => Annotations(layer, drawing)).ToArray()),
            ("shapes", drawing.Layers.OfType<Rule>().Select(Shape).ToArray()));
    }

    private static string Lines(IEnumerable<string> lines) => string.Join("<br>", lines.Select(Layer.Escape));

    /// <summary>Rows that the legend needs on a narrow page; plotly.js sets entries that do not fit in one row in columns.</summary>
    private static int LegendRows(List<string> keys)
    {
        var widths = keys.Select(key => 48 + 6.6 * key.Length).ToList();
        return widths.Sum() <= Narrowest ? 1 : (int)Math.Ceiling(keys.Count / Math.Max(1, Math.Floor(Narrowest / widths.Max())));
    }

    private static Properties Axis(Axis axis, IReadOnlyList<string> title) => Node(
        ("automargin", true),
        ("type", axis.Log ? "log" : "linear"),
        ("range", new[] { At(axis, axis.Low), At(axis, axis.High) }),
        ("zeroline", false),
        ("showline", axis.Grid), ("linecolor", PageColors.Middle),
        ("showgrid", axis.Grid), ("gridcolor", PageColors.Grid),
        ("separatethousands", true), ("exponentformat", "B"), ("minexponent", Charting.Axis.PlainDecades),
        ("tickfont", Node(("size", Sizes.Tick))),
        ("ticks", "outside"), ("tickcolor", axis.Grid ? PageColors.Middle : Transparent), ("ticklen", 5),
        ("title", Node(("text", Lines(title)), ("standoff", 8), ("font", Node(("size", Sizes.AxisTitle))))),
        ("tickmode", axis.Ticks is null ? null : "array"),
        ("tickvals", axis.Ticks?.Select(tick => tick.At).ToArray()),
        ("ticktext", axis.Ticks?.Select(tick => Layer.Escape(tick.Text)).ToArray()));

    private static IEnumerable<Properties> Annotations(Layer layer, Drawing drawing) => layer switch
    {
        Annotations annotations => annotations.Items.Select(note => Annotation(note, drawing)),
        Rule rule => [RuleName(rule, drawing.X)],
        _ => [],
    };

    private static Properties Annotation(Annotation note, Drawing drawing) => Node(
        ("text", (note.Bold.Length > 0 ? $"<b>{Layer.Escape(note.Bold)}</b>" : "") + (note.Bold.Length > 0 && note.Text.Length > 0 ? "  " : "") + Layer.Escape(note.Text)),
        ("xref", note.AtLeftEdge ? "paper" : "x"), ("x", note.AtLeftEdge ? 0 : At(drawing.X, note.X)),
        ("yref", "y"), ("y", At(drawing.Y, note.Y)),
        ("xanchor", note.Horizontal switch { Align.Start => "left", Align.Middle => "center", _ => "right" }),
        ("yanchor", note.Vertical switch { Align.Start => "top", Align.Middle => "middle", _ => "bottom" }),
        ("showarrow", note.Leader), ("align", "left"), ("borderpad", 0),
        (note.Leader ? "ax" : "xshift", note.Shift.Right), (note.Leader ? "ay" : "yshift", note.Leader ? note.Shift.Down : -note.Shift.Down),
        ("arrowhead", note.Leader ? 0 : null), ("arrowwidth", note.Leader ? 1 : null),
        ("arrowcolor", note.Leader ? PageColors.Middle : null), ("standoff", note.Leader ? 7 : null));

    private static Properties RuleName(Rule rule, Axis x) => Node(
        ("text", Layer.Escape(rule.Name)),
        ("xref", "x"), ("x", At(x, rule.At)), ("yref", "paper"), ("y", 0),
        ("xanchor", x.HasRoomAfter(rule.At) ? "left" : "right"), ("yanchor", "bottom"),
        ("xshift", x.HasRoomAfter(rule.At) ? 4 : -4), ("yshift", 3),
        ("showarrow", false));

    private static Properties Shape(Rule rule) => Node(
        ("type", "line"), ("layer", "below"),
        // Unlike annotations, shapes take the plain value on a logarithmic axis.
        ("xref", "x"), ("yref", "paper"), ("x0", rule.At), ("x1", rule.At), ("y0", 0), ("y1", 1),
        ("line", Node(("color", rule.Color), ("width", 1.5), ("dash", "dash"))));

    private static double At(Axis axis, double value) => axis.Log ? Math.Log10(value) : value;
}
