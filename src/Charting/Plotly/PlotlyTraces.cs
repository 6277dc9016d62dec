using Plotly.NET;
using static ConcurrencyLab.Charting.PlotlyNode;
using Properties = DynamicObj.DynamicObj;

namespace ConcurrencyLab.Charting;

/// <summary>Layers of a drawing as Plotly.NET traces.</summary>
internal static class PlotlyTraces
{
    /// <summary>The traces of bars on an axis of that length.</summary>
    public static IEnumerable<Trace> Of(Bars bars, double axis)
    {
        yield return Bars(bars, axis);
        var whiskers = bars.Items.Where(bar => bar.Low is not null && !bars.IsSliver(bar, axis)).ToList();
        if (whiskers.Count > 0)
        {
            // A dark line with a light rim shows on every bar and on every page.
            yield return Whiskers(bars, whiskers, "rgba(255,255,255,0.8)", 4.5, 6);
            yield return Whiskers(bars, whiskers, PageColors.OnBar, 1.5, 4);
        }
    }

    public static Trace Of(Points points) => Common(new Trace("scatter"), points, points.Items.Any(point => point.Text.Length > 0), points.Items.Count > 0 ? points.Hover : "").With(
        // An area without outline or points is drawn by its fill alone.
        ("mode", (points.Line > 0, points.Symbol != Symbol.None) switch { (true, true) => "lines+markers", (true, false) => "lines", (false, true) => "markers", _ => "none" }),
        ("x", Numbers(points.Items, point => point.X)),
        ("y", Numbers(points.Items, point => point.Y)),
        ("text", Texts(points.Items, point => point.Text)),
        ("line", points.Line > 0 ? Node(("color", points.Color), ("width", points.Line), ("dash", points.Dash.ToString().ToLowerInvariant()), ("shape", points.Step ? "hv" : "linear")) : null),
        ("marker", points.Symbol == Symbol.None ? null : Node(
            // plotly.js draws a stroke longer than its size says.
            ("color", points.Color), ("size", points.Symbol == Symbol.Stroke ? points.Size / 1.4 : points.Size),
            ("symbol", points.Symbol switch { Symbol.Ring => "circle-open", Symbol.Diamond => "diamond", Symbol.Stroke => "line-ns", _ => "circle" }),
            ("line", Node(("width", points.Symbol is Symbol.Ring or Symbol.Stroke ? 2 : 0), ("color", points.Color))))),
        ("fill", points.Filled ? "toself" : null),
        ("fillcolor", points.Filled ? points.FillColor : null),
        ("error_y", points.Items.Any(point => point.Low is not null) ? Error(points.Items.Select(point => (point.Y, point.Low, point.High)), points.Color, 1.5, 4) : null));

    private static Trace Bars(Bars bars, double axis)
    {
        var thickness = bars.Items.Select(bar => bar.Thickness).Distinct().ToArray();
        return Common(new Trace("bar"), bars, bars.Items.Any(bar => bar.Text.Length > 0), bars.Items.Count > 0 ? bars.Hover : "").With(
            ("orientation", "h"),
            ("y", Numbers(bars.Items, bar => bar.Row)),
            ("x", Numbers(bars.Items, bar => bar.To - bar.From)),
            ("base", bars.Items.Any(bar => bar.From != 0) ? Numbers(bars.Items, bar => bar.From) : null),
            ("width", thickness.Length <= 1 ? thickness.FirstOrDefault(0.8) : Numbers(bars.Items, bar => bar.Thickness)),
            ("text", Texts(bars.Items, bar => bar.Text)),
            ("textposition", bars.TextInside ? "inside" : "none"),
            ("insidetextanchor", bars.TextInside ? "middle" : null),
            ("textangle", bars.TextInside ? 0 : null),
            ("insidetextfont", bars.TextInside ? Node(("size", Sizes.Inside), ("color", bars.TextColor)) : null),
            ("marker", Node(
                ("color", bars.FillColor),
                ("line", Outline(bars, axis)),
                ("pattern", bars.Texture != Texture.Hatched ? null : Node(
                    ("shape", "/"), ("fillmode", "replace"), ("fgcolor", bars.StripeColor), ("bgcolor", bars.FillColor), ("size", 5), ("solidity", 0.35))))));
    }

    /// <summary>Keeps a span thinner than a pixel visible, and long ones that follow each other apart.</summary>
    private static Properties Outline(Bars bars, double axis)
    {
        double Width(Bar bar) => bars.IsSliver(bar, axis) ? 2 : bars.HasGap(bar, axis) ? 1 : bars.Texture == Texture.Pale ? 0 : 0.5;
        string Color(Bar bar) => bars.HasGap(bar, axis) ? "rgba(255,255,255,0.6)" : bars.Color;
        return Node(("width", OneOrEach(bars.Items, Width, 0.5)), ("color", OneOrEach(bars.Items, Color, bars.Color)));
    }

    private static object OneOrEach<T>(IReadOnlyList<Bar> bars, Func<Bar, T> value, T none)
        where T : notnull
    {
        var different = bars.Select(value).Distinct().Take(2).ToArray();
        return different.Length <= 1 ? different.FirstOrDefault(none) : bars.Select(value).ToArray();
    }

    private static Trace Whiskers(Bars bars, List<Bar> whiskers, string color, double thickness, double width) =>
        Common(new Trace("scatter"), bars with { InLegend = false }, hasText: false, "").With(
            ("mode", "markers"),
            ("marker", Node(("color", "rgba(0,0,0,0)"), ("size", 1))),
            ("x", Numbers(whiskers, bar => bar.To)),
            ("y", Numbers(whiskers, bar => bar.Row)),
            ("error_x", Error(whiskers.Select(bar => (bar.To, bar.Low, bar.High)), color, thickness, width)));

    private static Trace Common(Trace trace, Layer layer, bool hasText, string hover)
    {
        // plotly.js would show the template itself where there is no text.
        var silent = hover.Length == 0 || !hasText && hover.StartsWith("%{text}", StringComparison.Ordinal);
        return trace.With(
            ("name", Layer.Escape(layer.Name)), ("legendgroup", layer.Name), ("showlegend", layer.InLegend),
            ("hoverinfo", silent ? "skip" : null), ("hovertemplate", silent ? null : hover + "<extra></extra>"));
    }

    /// <summary>An entry of the legend has no data of its own; plotly.js shows it only when there is at least a null.</summary>
    private static object Numbers<T>(IReadOnlyList<T> items, Func<T, double> value) =>
        items.Count == 0 ? new double?[] { null } : items.Select(value).ToArray();

    private static string[]? Texts<T>(IReadOnlyList<T> items, Func<T, string> text) =>
        items.Any(item => text(item).Length > 0) ? [.. items.Select(item => Layer.Escape(text(item)))] : null;

    private static Properties Error(IEnumerable<(double Value, double? Low, double? High)> bars, string color, double thickness, double width)
    {
        var all = bars.ToList();
        return Node(
            ("type", "data"), ("symmetric", false),
            ("array", all.Select(bar => (bar.High ?? bar.Value) - bar.Value).ToArray()),
            ("arrayminus", all.Select(bar => bar.Value - (bar.Low ?? bar.Value)).ToArray()),
            ("color", color), ("thickness", thickness), ("width", width));
    }
}
