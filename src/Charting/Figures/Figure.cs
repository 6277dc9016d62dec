using System.Text.Encodings.Web;
using System.Text.Json;
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
    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static int _warmedUp;

    private readonly Lazy<string> _json;
    private readonly Lazy<byte[]>? _png;

    private Figure(string title, string description, Func<JsonObject> chart, Func<byte[]>? png)
    {
        (Title, Description, _json) = (title, description, new Lazy<string>(() => chart().ToJsonString(Compact)));
        _png = png is null ? null : new Lazy<byte[]>(png);
    }

    /// <summary>What it is painted from; null for a chart of your own by Plotly.NET or XPlot.</summary>
    public Drawing? Drawing { get; private init; }

    /// <summary>The chart's title.</summary>
    public string Title { get; }

    /// <summary>What the chart shows, in words and figures: all that a screen reader gets.</summary>
    public string Description { get; }

    /// <summary>The chart for plotly.js 2 and later: a JSON object of <c>data</c>, <c>layout</c> and <c>config</c>.</summary>
    public string PlotlyJson => _json.Value;

    /// <summary>The chart as a PNG, 1400 pixels wide: for a column of 700 CSS pixels.</summary>
    /// <exception cref="InvalidOperationException">It is a Plotly.NET or XPlot chart of your own, which exists only interactively.</exception>
    public ReadOnlyMemory<byte> Png => Painted;

    private byte[] Painted => (_png ?? throw new InvalidOperationException("This chart of your own exists only interactively: nothing here paints it.")).Value;

    /// <summary>The figure that shows a drawing.</summary>
    /// <param name="drawing">What to show.</param>
    /// <param name="change">Changes the interactive chart, an object of plotly.js's <c>data</c>, <c>layout</c> and <c>config</c>: adds a slider, say.</param>
    public static Figure Of(Drawing drawing, Action<JsonObject>? change = null)
    {
        ArgumentNullException.ThrowIfNull(drawing);
        return new Figure(drawing.Title, drawing.Description, Chart, () => PngPainter.Paint(drawing)) { Drawing = drawing };

        JsonObject Chart()
        {
            var chart = PlotlyPainter.Paint(drawing);
            change?.Invoke(chart);
            return chart;
        }
    }

    /// <summary>A drawing whose interactive chart has the traces of an XPlot.Plotly chart, and titles and axes as in every figure.</summary>
    public static Figure Of(Drawing drawing, PlotlyChart chart) => Of(drawing, json => json["data"] = XPlotJson.Of(chart).Data);

    /// <summary>A Plotly.NET chart of your own: interactive where a Plotly renderer exists, in words elsewhere.</summary>
    /// <param name="chart">Made with <c>Plotly.NET.CSharp.Chart</c>, say, from <c>#r "nuget: Plotly.NET.CSharp, 0.14.0"</c>.</param>
    public static Figure Of(GenericChart chart)
    {
        ArgumentNullException.ThrowIfNull(chart);
        var json = JsonNode.Parse(GenericChart.toFigureJson(chart))!;
        return OfUser(json["data"]!.DeepClone(), json["layout"]!.DeepClone());
    }

    /// <summary>An XPlot.Plotly chart of your own, brought up to the names that plotly.js uses since version 2.</summary>
    /// <param name="chart">Made with <c>XPlot.Plotly.Chart</c>.</param>
    public static Figure Of(PlotlyChart chart)
    {
        ArgumentNullException.ThrowIfNull(chart);
        var (data, layout) = XPlotJson.Of(chart);
        return OfUser(data, layout);
    }

    /// <summary>
    /// Paints one small chart that nothing shows, in the background and once in a process: the first chart takes many times as
    /// long as the next, most of it loading and compiling the two painters.
    /// </summary>
    public static void WarmUp()
    {
        if (Interlocked.Exchange(ref _warmedUp, 1) == 0)
        {
            new Thread(PaintUnseen) { IsBackground = true, Name = "painter warm-up", Priority = ThreadPriority.BelowNormal }.Start();
        }
    }

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

    /// <summary>The PNG within Markdown, with the description as its alternative text: for a picture among words.</summary>
    public string ToMarkdown() => _png is null
        ? MarkdownText.Escape(Description)
        : $"![{MarkdownText.Escape(Description)}](data:image/png;base64,{Convert.ToBase64String(_png.Value)})";

    /// <summary>The description.</summary>
    public override string ToString() => Description;

    string? IMimeBundle.Show(string mimeType) => mimeType switch
    {
        MimeTypes.Plotly => PlotlyJson,
        MimeTypes.Png when _png is not null => Convert.ToBase64String(_png.Value),
        MimeTypes.Plain => Description,
        _ => null,
    };

    private static Figure OfUser(JsonNode data, JsonNode layout)
    {
        var title = (layout["title"] is JsonObject words ? words["text"] : layout["title"])?.ToString() ?? "";
        var traces = data.AsArray().Select(trace => $"{trace!["name"]?.ToString() ?? "a trace"} ({trace["type"]?.ToString() ?? "scatter"})");
        var description = $"Chart{(title.Length > 0 ? ": " + title : "")}, shown where a Plotly renderer is installed: {string.Join(", ", traces)}.";
        return new Figure(title, description, () => PlotlyPainter.Paint(data, layout), png: null);
    }

    private static void PaintUnseen()
    {
        try
        {
            var figure = Of(BarsChart.Draw("warm-up", "", "bars", [("one", 1), ("two", 2)]));
            _ = (figure.PlotlyJson, figure.Png);
        }
        catch (Exception)
        {
            // Whatever keeps charts from being drawn here is said where somebody asks for one.
        }
    }
}
