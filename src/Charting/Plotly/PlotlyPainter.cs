using System.Text.Json;
using System.Text.Json.Nodes;
using Plotly.NET;

namespace ConcurrencyLab.Charting;

/// <summary>Paints a drawing as an interactive chart, through Plotly.NET.</summary>
internal static class PlotlyPainter
{
    /// <summary>The same family as in the PNG, then what systems have.</summary>
    private const string FontFamily = "Open Sans, Segoe UI, Helvetica Neue, Arial, sans-serif";

    // Lines are broken so that they fit a page 400 CSS pixels wide.
    private const int TitleWidth = 43;
    private const int SubtitleWidth = 62;

    /// <summary>The narrowest page in CSS pixels.</summary>
    private const double Narrowest = 380;

    private static readonly string[] UnneededButtons = ["select2d", "lasso2d", "zoomIn2d", "zoomOut2d"];

    /// <summary>The chart as an object of data, layout and config.</summary>
    public static string Paint(Drawing drawing)
    {
        var chart = Chart(drawing);
        return new JsonObject
        {
            ["data"] = DynamicJson.Of(GenericChart.getTraces(chart)),
            ["layout"] = DynamicJson.Of(GenericChart.getLayout(chart)),
            ["config"] = Config(),
        }.ToJsonString(Compact);
    }

    /// <summary>Any Plotly.NET chart as an object of data, layout and config.</summary>
    public static string Json(GenericChart chart)
    {
        var figure = JsonNode.Parse(GenericChart.toFigureJson(chart))!.AsObject();
        return new JsonObject
        {
            ["data"] = figure["data"]?.DeepClone() ?? new JsonArray(),
            ["layout"] = figure["layout"]?.DeepClone() ?? new JsonObject(),
            ["config"] = Config(),
        }.ToJsonString(Compact);
    }

    /// <summary>How plotly.js behaves around the chart.</summary>
    internal static JsonNode Config() => JsonSerializer.SerializeToNode(new
    {
        responsive = true,
        displaylogo = false,
        modeBarButtonsToRemove = UnneededButtons,
    })!;

    internal static JsonSerializerOptions Compact { get; } = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    internal static GenericChart Chart(Drawing drawing)
    {
        var layout = PlotlyLayout(drawing);
        var traces = drawing.Layers.SelectMany(layer => layer switch
        {
            Blocks blocks => PlotlyTraces.Of(blocks, drawing.X.Reach),
            Points points => [PlotlyTraces.Of(points)],
            _ => Enumerable.Empty<Trace>(),
        });
        return GenericChart.setLayout(layout, GenericChart.ofTraceObjects(false, Microsoft.FSharp.Collections.ListModule.OfSeq(traces)));
    }

    internal static Layout PlotlyLayout(Drawing drawing)
    {
        var title = TextLines.Wrap(drawing.Title, TitleWidth);
        var subtitle = TextLines.Wrap(drawing.Subtitle, SubtitleWidth);
        // Releases of plotly.js differ by a line in where a title of several lines begins.
        var top = 28 + title.Count * 21 + subtitle.Count * Sizes.Line;
        var keys = drawing.Layers.Where(layer => layer.InLegend).Select(layer => layer.Name).ToList();
        var axis = 30 + drawing.X.TitleLines(Sizes.AxisTitleLetters).Count * 22;
        var bottom = axis + (keys.Count > 0 ? LegendRows(keys) * 21 + 10 : 0);

        var height = top + drawing.PlotHeight + bottom;
        var layout = new Layout();
        layout.SetProperty("title", Node(
            ("text", $"<b>{string.Join("<br>", title.Select(Escape))}</b><br><span style=\"font-size:{Sizes.Subtitle}px\">{string.Join("<br>", subtitle.Select(Escape))}</span>"),
            ("x", 0), ("xref", "container"), ("xanchor", "left"),
            ("y", 1 - 21.0 / height), ("yref", "container"), ("yanchor", "top"),
            ("pad", Node(("l", 12))),
            ("font", Node(("size", Sizes.Title)))));
        layout.SetProperty("height", height);
        layout.SetProperty("autosize", true);
        layout.SetProperty("margin", Node(("l", 14), ("r", 16), ("t", top), ("b", bottom), ("pad", 0)));
        layout.SetProperty("paper_bgcolor", Inks.Paper);
        layout.SetProperty("plot_bgcolor", Inks.Paper);
        layout.SetProperty("font", Node(("family", FontFamily), ("size", Sizes.Note), ("color", Inks.Text)));
        layout.SetProperty("xaxis", Axis(drawing.X, Sizes.AxisTitleLetters));
        layout.SetProperty("yaxis", Axis(drawing.Y, drawing.LettersUp));
        layout.SetProperty("barmode", "overlay");
        layout.SetProperty("bargap", 0);
        layout.SetProperty("uniformtext", Node(("mode", "hide"), ("minsize", Sizes.Inside)));
        layout.SetProperty("hovermode", "closest");
        layout.SetProperty("modebar", Node(("bgcolor", "rgba(0,0,0,0)"), ("color", Inks.Middle), ("activecolor", "#0072B2")));
        layout.SetProperty("showlegend", keys.Count > 0);
        layout.SetProperty("legend", Node(
            ("orientation", "h"), ("x", 0), ("xref", "container"), ("xanchor", "left"),
            // Right under the axis; what a wide page does not need of the room stays free below it.
            ("y", (double)(bottom - axis) / height), ("yref", "container"), ("yanchor", "top"),
            ("traceorder", "normal"), ("bgcolor", "rgba(0,0,0,0)"), ("font", Node(("size", Sizes.Key)))));
        layout.SetProperty("annotations", drawing.Layers.SelectMany(layer => Annotations(layer, drawing)).ToArray());
        layout.SetProperty("shapes", drawing.Layers.OfType<Rule>().Select(rule => Shape(rule, drawing)).ToArray());
        return layout;
    }

    /// <summary>Rows that the legend needs on a narrow page; plotly.js sets entries that do not fit in one row in columns.</summary>
    private static int LegendRows(List<string> keys)
    {
        if (keys.Count == 0)
        {
            return 0;
        }

        var widths = keys.Select(key => 48 + 6.6 * key.Length).ToList();
        return widths.Sum() <= Narrowest ? 1 : (int)Math.Ceiling(keys.Count / Math.Max(1, Math.Floor(Narrowest / widths.Max())));
    }

    private static DynamicObj.DynamicObj Axis(Scale scale, int letters)
    {
        // A title must not be longer than the axis: plotly.js would cut it.
        var axis = Node(
            ("automargin", true),
            ("type", scale.Log ? "log" : "linear"),
            ("range", scale.Log ? new[] { Math.Log10(scale.Low), Math.Log10(scale.High) } : new[] { scale.Low, scale.High }),
            ("zeroline", false),
            ("showline", scale.Grid), ("linecolor", Inks.Middle),
            ("showgrid", scale.Grid), ("gridcolor", Inks.Grid),
            ("separatethousands", true),
            ("exponentformat", "B"), ("minexponent", Scales.PlainDecades),
            ("tickfont", Node(("size", Sizes.Tick))),
            ("ticks", "outside"), ("tickcolor", scale.Grid ? Inks.Middle : "rgba(0,0,0,0)"), ("ticklen", 5),
            ("title", Node(("text", string.Join("<br>", scale.TitleLines(letters).Select(Escape))), ("standoff", 8), ("font", Node(("size", Sizes.AxisTitle))))));
        if (scale.Ticks is { } ticks)
        {
            axis.SetProperty("tickmode", "array");
            axis.SetProperty("tickvals", ticks.Select(tick => tick.At).ToArray());
            axis.SetProperty("ticktext", ticks.Select(tick => Escape(tick.Text)).ToArray());
        }

        return axis;
    }

    private static IEnumerable<DynamicObj.DynamicObj> Annotations(Layer layer, Drawing drawing) => layer switch
    {
        Notes notes => notes.Items.Select(note => Annotation(note, drawing)),
        Rule { Name.Length: > 0 } rule => [RuleName(rule, drawing)],
        _ => [],
    };

    private static DynamicObj.DynamicObj Annotation(Note note, Drawing drawing)
    {
        var annotation = Node(
            ("text", (note.Bold.Length > 0 ? $"<b>{Escape(note.Bold)}</b>" : "") + (note.Bold.Length > 0 && note.Text.Length > 0 ? "  " : "") + Escape(note.Text)),
            ("xref", note.AtLeftEdge ? "paper" : "x"), ("x", note.AtLeftEdge ? 0 : At(drawing.X, note.X)),
            ("yref", "y"), ("y", At(drawing.Y, note.Y)),
            ("xanchor", note.Horizontal switch { Align.Start => "left", Align.Middle => "center", _ => "right" }),
            ("yanchor", note.Vertical switch { Align.Start => "top", Align.Middle => "middle", _ => "bottom" }),
            ("showarrow", note.Leader), ("align", "left"), ("borderpad", 0));
        (string, object)[] place = note.Leader
            ? [("ax", note.Shift.Right), ("ay", note.Shift.Down), ("arrowhead", 0), ("arrowwidth", 1), ("arrowcolor", Inks.Middle), ("standoff", 7)]
            : [("xshift", note.Shift.Right), ("yshift", -note.Shift.Down)];
        foreach (var (name, value) in place)
        {
            annotation.SetProperty(name, value);
        }

        return annotation;
    }

    private static DynamicObj.DynamicObj RuleName(Rule rule, Drawing drawing) => Node(
        ("text", Escape(rule.Name)),
        ("xref", rule.Vertical ? "x" : "paper"), ("x", rule.Vertical ? At(drawing.X, rule.At) : 1),
        ("yref", rule.Vertical ? "paper" : "y"), ("y", rule.Vertical ? 0 : At(drawing.Y, rule.At)),
        ("xanchor", rule.Vertical && !rule.NameBefore ? "left" : "right"), ("yanchor", "bottom"),
        ("xshift", !rule.Vertical ? 0 : rule.NameBefore ? -4 : 4), ("yshift", 3),
        ("showarrow", false));

    private static DynamicObj.DynamicObj Shape(Rule rule, Drawing drawing) => Node(
        ("type", "line"), ("layer", "below"),
        ("xref", rule.Vertical ? "x" : "paper"), ("yref", rule.Vertical ? "paper" : "y"),
        // Unlike annotations, shapes take the plain value on a logarithmic axis.
        ("x0", rule.Vertical ? rule.At : 0), ("x1", rule.Vertical ? rule.At : 1),
        ("y0", rule.Vertical ? 0 : rule.At), ("y1", rule.Vertical ? 1 : rule.At),
        ("line", Node(("color", rule.Color), ("width", 1.5), ("dash", PlotlyTraces.DashName(rule.Dash)))));

    private static double At(Scale scale, double value) => scale.Log ? Math.Log10(value) : value;

    /// <summary>A nested object of the chart.</summary>
    internal static DynamicObj.DynamicObj Node(params ReadOnlySpan<(string Name, object? Value)> properties)
    {
        var node = new DynamicObj.DynamicObj();
        foreach (var (name, value) in properties)
        {
            node.SetProperty(name, value);
        }

        return node;
    }

    /// <summary>plotly.js reads tags in text; a run may well be called <c>Task&lt;int&gt;</c>.</summary>
    internal static string Escape(string text) => text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");
}
