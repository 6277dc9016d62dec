using System.Text.Json.Nodes;
using XPlot.Plotly;

namespace ConcurrencyLab.Charting;

/// <summary>
/// The JSON of an XPlot chart. XPlot speaks the plotly.js of 2016: titles as plain strings with their font beside them,
/// which version 3 no longer reads.
/// </summary>
internal static class XPlotJson
{
    private static readonly string[] Opaque = ["customdata", "meta", "text", "hovertext", "x", "y", "z", "labels", "values"];

    /// <summary>The chart's traces and its layout.</summary>
    public static (JsonNode Data, JsonNode Layout) Of(PlotlyChart chart)
    {
        // The chart can only be had as a script; its two pieces of JSON stand on a line each, newlines in strings escaped.
        var lines = chart.GetPlottingJS().Split('\n').Select(line => line.Trim()).ToList();
        JsonNode? Assigned(string start) => JsonNode.Parse(lines.First(line => line.StartsWith(start, StringComparison.Ordinal))[start.Length..].TrimEnd(';'));
        var (data, layout) = (Assigned("var data = ") as JsonArray ?? [], Assigned("var layout = ") as JsonObject ?? []);
        foreach (var part in data.Append(layout))
        {
            Modernise(part);
        }

        layout["autosize"] = true;
        return (data, layout);
    }

    private static void Modernise(JsonNode? node)
    {
        if (node is not JsonObject properties)
        {
            return;
        }

        // XPlot's own mark, which plotly.js would report as unknown.
        properties.Remove("_isSubplotObj");
        if (properties["title"] is JsonValue words)
        {
            properties["title"] = new JsonObject { ["text"] = words.DeepClone() };
        }

        foreach (var (old, current) in new[] { ("titlefont", "font"), ("titleside", "side"), ("titleposition", "position") })
        {
            if (properties[old] is { } value)
            {
                properties.Remove(old);
                properties["title"] ??= new JsonObject();
                properties["title"]![current] = value;
            }
        }

        foreach (var (name, child) in properties)
        {
            if (!Opaque.Contains(name))
            {
                Modernise(child);
            }
        }
    }
}
