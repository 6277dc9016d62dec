using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ConcurrencyLab;

/// <summary>The colours of a reader's traces: their own, else those of the chart's template or of plotly.js, in turn.</summary>
internal sealed partial class ReaderColors(JsonObject layout)
{
    private static readonly string[] PlotlyDefaults =
        ["#1f77b4", "#ff7f0e", "#2ca02c", "#d62728", "#9467bd", "#8c564b", "#e377c2", "#7f7f7f", "#bcbd22", "#17becf"];

    private readonly string[] _colors = Way(layout["colorway"]) ?? Way((layout["template"] as JsonObject)?["layout"]?["colorway"]) ?? PlotlyDefaults;

    public string Of(JsonObject trace, int index)
    {
        var own = (trace["line"] as JsonObject)?["color"] ?? (trace["marker"] as JsonObject)?["color"] ?? trace["fillcolor"];
        return (own is JsonValue ? Hex(own.ToString()) : null) ?? Hex(_colors[index % _colors.Length]) ?? PlotlyDefaults[index % PlotlyDefaults.Length];
    }

    /// <summary>A CSS colour as <c>#RRGGBB</c>; null when it is none that is known here.</summary>
    public static string? Hex(string css)
    {
        if (LongHex().IsMatch(css))
        {
            return css[..7].ToUpperInvariant();
        }

        if (Rgb().Match(css) is { Success: true } rgb)
        {
            var channels = Enumerable.Range(1, 3).Select(i => (byte)Math.Clamp(double.Parse(rgb.Groups[i].Value, CultureInfo.InvariantCulture), 0, 255));
            return "#" + Convert.ToHexString(channels.ToArray());
        }

        var named = System.Drawing.Color.FromName(css);
        return named.IsKnownColor ? $"#{named.R:X2}{named.G:X2}{named.B:X2}" : null;
    }

    private static string[]? Way(JsonNode? colors) =>
        colors is JsonArray { Count: > 0 } way ? [.. way.Select(color => color?.ToString() ?? "")] : null;

    [GeneratedRegex("^#[0-9a-fA-F]{6}([0-9a-fA-F]{2})?$")]
    private static partial Regex LongHex();

    [GeneratedRegex(@"^rgba?\(\s*([\d.]+)\s*,\s*([\d.]+)\s*,\s*([\d.]+)")]
    private static partial Regex Rgb();
}
