using System.Net;
using System.Text.Json.Nodes;
using ConcurrencyLab.Common;
using Plotly.NET;
using XPlot.Plotly;

namespace ConcurrencyLab.Charting;

/// <summary>
/// A chart as a value: return it from a cell and it shows itself, interactive where a Plotly renderer exists and as a
/// picture everywhere else. Nothing is painted before it is needed.
/// </summary>
[TypeFormatterSource(MimeTypes.Plotly, MimeTypes.Png, MimeTypes.Plain)]
public sealed class Figure : IMimeBundle
{
    private readonly Lazy<string> _json;
    private readonly Lazy<byte[]>? _png;

    private Figure(string title, string description, Func<string> json, Func<byte[]>? png)
    {
        (Title, Description, _json) = (title, description, new Lazy<string>(json));
        _png = png is null ? null : new Lazy<byte[]>(png);
    }

    /// <summary>What it is painted from; null for a user's own chart.</summary>
    internal Drawing? Drawing { get; private init; }

    /// <summary>The chart's title.</summary>
    public string Title { get; }

    /// <summary>What the chart shows, in words and figures: all that a screen reader gets.</summary>
    public string Description { get; }

    /// <summary>The chart for plotly.js 2 and later: a JSON object of <c>data</c>, <c>layout</c> and <c>config</c>.</summary>
    public string PlotlyJson => _json.Value;

    /// <summary>The chart as a PNG, 1400 pixels wide: for a column of 700 CSS pixels.</summary>
    /// <exception cref="InvalidOperationException">It is a user's own Plotly.NET or XPlot chart, which exists only interactively.</exception>
    public ReadOnlyMemory<byte> Png => Painted;

    /// <summary>Writes the PNG whole or not at all, over a file that may be there.</summary>
    /// <param name="path">Where to; the folder must exist.</param>
    /// <returns>The file's full path.</returns>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist; make it first.</exception>
    /// <exception cref="IOException">The disk is full or the file is held by another program.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder or the file is read-only.</exception>
    /// <inheritdoc cref="Png"/>
    public string SavePng(string path)
    {
        var target = Path.GetFullPath(path);
        var folder = Path.GetDirectoryName(target);
        if (folder is not null && !Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"Cannot save the chart: there is no folder {folder}. Make it first, or choose another.");
        }

        AtomicFile.Write(target, Painted);
        return target;
    }

    /// <summary>The PNG as HTML with the description as its alternative text, for hosts that show only HTML.</summary>
    public string ToHtml() => _png is null
        ? $"<p>{WebUtility.HtmlEncode(Description)}</p>"
        : $"<img alt=\"{WebUtility.HtmlEncode(Description)}\" width=\"{PngPainter.Width}\" style=\"max-width:100%\" src=\"data:image/png;base64,{Convert.ToBase64String(_png.Value)}\">";

    /// <summary>The description.</summary>
    public override string ToString() => Description;

    /// <summary>A Plotly.NET chart of your own: interactive where a Plotly renderer exists, in words elsewhere.</summary>
    /// <param name="chart">Made with <c>Plotly.NET.CSharp.Chart</c>, say.</param>
    public static Figure Of(GenericChart chart)
    {
        ArgumentNullException.ThrowIfNull(chart);
        return OfUser(PlotlyPainter.Json(chart));
    }

    /// <summary>An XPlot.Plotly chart of your own, brought up to the names that plotly.js uses since version 2.</summary>
    /// <param name="chart">Made with <c>XPlot.Plotly.Chart</c>.</param>
    public static Figure Of(PlotlyChart chart)
    {
        ArgumentNullException.ThrowIfNull(chart);
        return OfUser(XPlotJson.Of(chart));
    }

    /// <summary>The figure that paints a drawing.</summary>
    internal static Figure Of(Drawing drawing) => Of(drawing, () => PlotlyPainter.Paint(drawing));

    /// <summary>A drawing whose interactive chart is made in another way.</summary>
    internal static Figure Of(Drawing drawing, Func<string> json) => new(drawing.Title, drawing.Description, json, () => PngPainter.Paint(drawing)) { Drawing = drawing };

    /// <summary>A drawing with an interactive chart made by XPlot.Plotly, whose layout speaks of too little to look like the picture.</summary>
    internal static Figure Of(PlotlyChart chart, Drawing drawing) => Of(drawing, () =>
    {
        var json = JsonNode.Parse(XPlotJson.Of(chart))!.AsObject();
        json["layout"] = DynamicJson.Of(PlotlyPainter.PlotlyLayout(drawing));
        return json.ToJsonString(PlotlyPainter.Compact);
    });

    string? IMimeBundle.Show(string mimeType) => mimeType switch
    {
        MimeTypes.Plotly => PlotlyJson,
        MimeTypes.Png when _png is not null => Convert.ToBase64String(_png.Value),
        MimeTypes.Plain => Description,
        _ => null,
    };

    private byte[] Painted => (_png ?? throw new InvalidOperationException("This chart of your own exists only interactively: nothing here paints it.")).Value;

    private static Figure OfUser(string json)
    {
        var chart = JsonNode.Parse(json)!;
        var title = chart["layout"]?["title"] is { } words ? (words is JsonObject ? words["text"] : words)?.ToString() ?? "" : "";
        var traces = chart["data"]!.AsArray().Select(trace => $"{trace!["name"]?.ToString() ?? "a trace"} ({trace["type"]?.ToString() ?? "scatter"})");
        return new Figure(title, $"Chart{(title.Length > 0 ? ": " + title : "")}, shown where a Plotly renderer is installed: {string.Join(", ", traces)}.", () => json, png: null);
    }
}

/// <summary>A user's own chart as a figure.</summary>
public static class FigureExtensions
{
    /// <summary>The chart as the lab shows charts; the same as <see cref="Figure.Of(GenericChart)"/>.</summary>
    public static Figure ToFigure(this GenericChart chart) => Figure.Of(chart);

    /// <summary>The chart as the lab shows charts; the same as <see cref="Figure.Of(PlotlyChart)"/>.</summary>
    public static Figure ToFigure(this PlotlyChart chart) => Figure.Of(chart);
}
