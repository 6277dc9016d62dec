using Plotly.NET;
using static ConcurrencyLab.Charting.PlotlyPainter;

namespace ConcurrencyLab.Charting;

/// <summary>Layers of a drawing as Plotly.NET traces.</summary>
internal static class PlotlyTraces
{
    /// <summary>The traces of blocks on an axis of that length.</summary>
    public static IEnumerable<Trace> Of(Blocks blocks, double reach)
    {
        yield return Bars(blocks, reach);
        var whiskers = blocks.Items.Where(block => block.Low is not null && !blocks.IsSliver(block, reach)).ToList();
        if (whiskers.Count > 0)
        {
            // A dark line with a light rim shows on every bar and on every page.
            yield return Whiskers(blocks, whiskers, "rgba(255,255,255,0.8)", 4.5, 6);
            yield return Whiskers(blocks, whiskers, Inks.OnBar, 1.5, 4);
        }
    }

    private static Trace Whiskers(Blocks blocks, List<Block> bars, string color, double thickness, double width)
    {
        var trace = new Trace("scatter");
        Common(trace, blocks with { InLegend = false }, bars.Count, "");
        trace.SetProperty("mode", "markers");
        trace.SetProperty("marker", Node(("color", "rgba(0,0,0,0)"), ("size", 1)));
        trace.SetProperty("x", Array(bars, bar => bar.To));
        trace.SetProperty("y", Array(bars, bar => bar.Row));
        trace.SetProperty("error_x", Error(bars.Select(bar => (bar.To, bar.Low, bar.High)), color, thickness, width));
        return trace;
    }

    private static Trace Bars(Blocks blocks, double reach)
    {
        var ink = new Ink(blocks.Color, blocks.Texture);
        var trace = new Trace("bar");
        Common(trace, blocks, blocks.Items.Count, blocks.Hover);
        trace.SetProperty("orientation", "h");
        trace.SetProperty("y", Array(blocks.Items, block => block.Row));
        trace.SetProperty("x", Array(blocks.Items, block => block.To - block.From));
        if (blocks.Items.Any(block => block.From != 0))
        {
            trace.SetProperty("base", Array(blocks.Items, block => block.From));
        }

        var thickness = blocks.Items.Select(block => block.Thickness).Distinct().ToArray();
        trace.SetProperty("width", thickness.Length <= 1 ? thickness.FirstOrDefault(0.8) : Array(blocks.Items, block => block.Thickness));
        if (blocks.Items.Any(block => block.Text.Length > 0))
        {
            trace.SetProperty("text", blocks.Items.Select(block => Escape(block.Text)).ToArray());
        }

        trace.SetProperty("textposition", blocks.TextInside ? "inside" : "none");
        if (blocks.TextInside)
        {
            trace.SetProperty("insidetextanchor", "middle");
            trace.SetProperty("textangle", 0);
            trace.SetProperty("insidetextfont", Node(("size", Sizes.Inside), ("color", blocks.Texture == Texture.Solid ? ink.OnTop : Inks.OnBar)));
        }

        var fill = blocks.Texture switch { Texture.Pale => ink.Lighter(0.55), Texture.Hatched => new Ink(blocks.FillColor, Texture.Hatched).Lighter(0.6), _ => blocks.Color };
        var marker = Node(("color", fill), ("line", Outline(blocks, reach)));
        if (blocks.Texture == Texture.Hatched)
        {
            marker.SetProperty("pattern", Node(
                ("shape", "/"), ("fillmode", "replace"), ("fgcolor", blocks.FillColor), ("bgcolor", fill), ("size", 5), ("solidity", 0.35)));
        }

        trace.SetProperty("marker", marker);
        return trace;
    }

    /// <summary>Keeps a span thinner than a pixel visible, and long ones that follow each other apart.</summary>
    private static DynamicObj.DynamicObj Outline(Blocks blocks, double reach)
    {
        const string Gap = "rgba(255,255,255,0.6)";
        double Width(Block block) => blocks.IsSliver(block, reach) ? 2 : blocks.HasGap(block, reach) ? 1 : blocks.Texture == Texture.Pale ? 0 : 0.5;
        var widths = blocks.Items.Select(Width).Distinct().ToArray();
        var gaps = blocks.Items.Count(block => blocks.HasGap(block, reach));
        return Node(
            ("width", widths.Length <= 1 ? widths.FirstOrDefault(0.5) : blocks.Items.Select(Width).ToArray()),
            ("color", gaps == 0 ? blocks.Color
                : gaps == blocks.Items.Count ? Gap
                : blocks.Items.Select(block => blocks.HasGap(block, reach) ? Gap : blocks.Color).ToArray()));
    }

    public static Trace Of(Points points)
    {
        var trace = new Trace("scatter");
        Common(trace, points, points.Items.Count, points.Hover);
        trace.SetProperty("mode", (points.Line > 0, points.Symbol != Symbol.None) switch
        {
            (true, true) => "lines+markers",
            (true, false) => "lines",
            (false, true) => "markers",
            // An area without outline or points is drawn by its fill alone.
            _ => "none",
        });
        trace.SetProperty("x", Array(points.Items, point => point.X));
        trace.SetProperty("y", Array(points.Items, point => point.Y));
        if (points.Items.Any(point => point.Text.Length > 0))
        {
            trace.SetProperty("text", points.Items.Select(point => Escape(point.Text)).ToArray());
        }

        if (points.Line > 0)
        {
            trace.SetProperty("line", Node(
                ("color", points.Color), ("width", points.Line), ("dash", DashName(points.Dash)), ("shape", points.Step ? "hv" : "linear")));
        }

        if (points.Symbol != Symbol.None)
        {
            // plotly.js draws this one symbol longer than its size says.
            trace.SetProperty("marker", Node(
                ("color", points.Color), ("size", points.Symbol == Symbol.Bar ? points.Size / 1.4 : points.Size), ("opacity", points.Opacity),
                ("symbol", points.Symbol switch { Symbol.Ring => "circle-open", Symbol.Diamond => "diamond", Symbol.Bar => "line-ns", _ => "circle" }),
                ("line", Node(("width", points.Symbol is Symbol.Ring or Symbol.Bar ? 2 : 0), ("color", points.Color)))));
        }

        if (points.Filled)
        {
            trace.SetProperty("fill", "toself");
            trace.SetProperty("fillcolor", new Ink(points.Color, Texture.Pale).Lighter(0.4));
        }

        if (points.Items.Any(point => point.Low is not null))
        {
            trace.SetProperty("error_y", Error(points.Items.Select(point => (point.Y, point.Low, point.High)), points.Color, 1.5, 4));
        }

        return trace;
    }

    internal static string DashName(Dash dash) => dash switch { Dash.Dashed => "dash", Dash.Dotted => "dot", _ => "solid" };

    private static void Common(Trace trace, Layer layer, int count, string hover)
    {
        trace.SetProperty("name", Escape(layer.Name));
        trace.SetProperty("legendgroup", layer.Name);
        trace.SetProperty("showlegend", layer.InLegend);
        if (hover.Length == 0 || count == 0)
        {
            trace.SetProperty("hoverinfo", "skip");
        }
        else
        {
            trace.SetProperty("hovertemplate", hover + "<extra></extra>");
        }
    }

    /// <summary>An entry of the legend has no data of its own; plotly.js shows it only when there is at least a null.</summary>
    private static object Array<T>(IReadOnlyList<T> items, Func<T, double> value) =>
        items.Count == 0 ? new double?[] { null } : items.Select(value).ToArray();

    private static DynamicObj.DynamicObj Error(IEnumerable<(double Value, double? Low, double? High)> bars, string color, double thickness, double width)
    {
        var all = bars.ToList();
        return Node(
            ("type", "data"), ("symmetric", false),
            ("array", all.Select(bar => (bar.High ?? bar.Value) - bar.Value).ToArray()),
            ("arrayminus", all.Select(bar => bar.Value - (bar.Low ?? bar.Value)).ToArray()),
            ("color", color), ("thickness", thickness), ("width", width));
    }
}
