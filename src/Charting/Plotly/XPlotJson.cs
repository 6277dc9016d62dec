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

    /// <summary>The chart as an object of data, layout and config.</summary>
    public static string Of(PlotlyChart chart)
    {
        // The chart gives itself away only as a script; its JSON stands on one line each, newlines in strings escaped.
        var script = chart.GetPlottingJS();
        var layout = Assigned(script, "layout") as JsonObject ?? [];
        var data = Assigned(script, "data") as JsonArray ?? [];
        Modernise(layout);
        foreach (var trace in data)
        {
            Modernise(trace);
        }

        layout["autosize"] = true;
        return new JsonObject { ["data"] = data, ["layout"] = layout, ["config"] = PlotlyPainter.Config() }
            .ToJsonString(PlotlyPainter.Compact);
    }

    private static JsonNode? Assigned(string script, string name)
    {
        var start = $"var {name} = ";
        var line = script.Split('\n').Select(line => line.Trim()).First(line => line.StartsWith(start, StringComparison.Ordinal));
        return JsonNode.Parse(line[start.Length..].TrimEnd(';'));
    }

    private static void Modernise(JsonNode? node)
    {
        if (node is not JsonObject properties)
        {
            return;
        }

        // XPlot's own mark, which plotly.js would report as unknown.
        properties.Remove("_isSubplotObj");
        if (properties["title"] is JsonValue)
        {
            properties["title"] = new JsonObject { ["text"] = properties["title"]!.DeepClone() };
        }

        foreach (var (old, current) in new[] { ("titlefont", "font"), ("titleside", "side"), ("titleposition", "position") })
        {
            if (properties[old] is { } value)
            {
                properties.Remove(old);
                var title = properties["title"] as JsonObject ?? [];
                properties["title"] = title.Parent is null ? title : title.DeepClone();
                properties["title"]![current] = value.DeepClone();
            }
        }

        foreach (var (name, child) in properties.ToList())
        {
            if (!Opaque.Contains(name))
            {
                Modernise(child);
            }
        }
    }
}
