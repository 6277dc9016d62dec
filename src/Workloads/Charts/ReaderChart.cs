using System.Globalization;
using System.Text.Json.Nodes;

namespace ConcurrencyLab;

/// <summary>
/// Reads a plotly.js chart that a reader made into a drawing, as far as it can be painted in process: bars, lines and
/// markers, histograms, boxes and heat maps on one pair of axes. Anything else is named in words.
/// </summary>
internal static class ReaderChart
{
    public static Drawing Draw(JsonObject chart)
    {
        var layout = chart["layout"] as JsonObject ?? [];
        var traces = (chart["data"] as JsonArray ?? []).OfType<JsonObject>().ToList();
        var title = Plain(Text(layout["title"]) ?? "");
        var reader = new ReaderTraces(traces, layout);
        var drawable = traces.Where(reader.Draws).ToList();
        var left = traces.Except(drawable).Select(Kind).Distinct().ToList();
        var layers = drawable.SelectMany(reader.Layers).ToList();
        var described = $"Chart{(title.Length > 0 ? ": " + title : "")}.\n" + string.Join("\n", traces.Select(reader.Describe));
        if (layers.Count == 0)
        {
            return Words(title, left, described);
        }

        return new Drawing
        {
            Title = title,
            Subtitle = left.Count > 0 ? $"not in this picture, only in the interactive chart: {string.Join(", ", left)}" : "",
            X = reader.X.Scale(Text((layout["xaxis"] as JsonObject)?["title"])),
            Y = reader.Y.Scale(Text((layout["yaxis"] as JsonObject)?["title"])),
            Layers = layers,
            PlotHeight = 320,
            Description = described,
        };
    }

    /// <summary>What a trace is, in plotly.js's own word.</summary>
    public static string Kind(JsonObject trace) => (string?)trace["type"] ?? "scatter";

    /// <summary>A title as an object or, in old charts, a string.</summary>
    public static string? Text(JsonNode? title) => title switch
    {
        JsonValue => (string?)title,
        JsonObject => (string?)title["text"],
        _ => null,
    };

    /// <summary>Text without plotly.js's tags.</summary>
    public static string Plain(string text) => System.Net.WebUtility.HtmlDecode(
        System.Text.RegularExpressions.Regex.Replace(text.Replace("<br>", " ", StringComparison.OrdinalIgnoreCase), "<[^>]+>", ""));

    /// <summary>A number in a JSON value; null for text, nothing or NaN.</summary>
    public static double? Number(JsonNode? node) => node is JsonValue value
        ? value.TryGetValue<double>(out var number) ? number
            : double.TryParse(value.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number) ? number : null
        : null;

    private static Drawing Words(string title, List<string> kinds, string described) => new()
    {
        Title = title.Length > 0 ? title : "Chart",
        Subtitle = kinds.Count > 0
            ? $"This chart ({string.Join(", ", kinds)}) exists only interactively: open the notebook where a Plotly renderer is installed, or the exported page."
            : "This chart holds no data.",
        X = new Scale("", 0, 1) { Ticks = [], Grid = false },
        Y = new Scale("", 0, 1) { Ticks = [], Grid = false },
        Layers = [],
        PlotHeight = 8,
        Description = described,
    };
}
