using System.Text.Json;
using System.Text.Json.Nodes;
using ConcurrencyLab.Lab.Claims;
using ConcurrencyLab.Lab.Notebooks;

namespace ConcurrencyLab.Lab.Book;

/// <summary>One output of a cell, ready for the page's template, which shows the first that it finds: chart, picture, claims, HTML, text.</summary>
/// <param name="Kind">The style of plain text: result, stdout, stderr, error.</param>
internal sealed record OutputView(string Kind)
{
    private const int DefaultHeight = 450;
    private const string Plotly = "application/vnd.plotly.v1+json";

    /// <summary>A chart's data, layout and configuration as JSON that is safe inside a script element.</summary>
    public string? Chart { get; init; }

    /// <summary>Height of a chart in pixels.</summary>
    public int Height { get; init; }

    /// <summary>A picture, also that of a chart, as a data URI.</summary>
    public string? Picture { get; init; }

    /// <summary>The sentences that the output checks.</summary>
    public IReadOnlyList<Claim> Claims { get; init; } = [];

    public string? Html { get; init; }

    /// <summary>Plain text; of a chart or a picture what it shows, in words.</summary>
    public string Text { get; init; } = "";

    /// <summary>What a screen reader calls it.</summary>
    public string Label => (Chart ?? Picture) is not null && Text.Split('\n')[0].Trim() is { Length: > 0 } line ? line : Kind switch
    {
        "stdout" => "Console text",
        "stderr" => "Console text on the error stream",
        "error" => "Error",
        _ => Chart is null ? "Result" : "Chart",
    };

    /// <summary>The richest way in which the book can show an output of nbformat; null when it shows nothing.</summary>
    public static OutputView? Of(JsonObject output, MarkdownPart markdown) => output["output_type"]!.GetValue<string>() switch
    {
        "stream" => new OutputView(output["name"]?.ToString() == "stderr" ? "stderr" : "stdout") { Text = MultilineText.Join(output["text"]) ?? "" },
        "error" => new OutputView("error") { Text = Traceback(output) },
        _ => output["data"] is JsonObject data ? OfBundle(output, data, markdown) : null,
    };

    /// <summary>The bytes of a PNG in a chart's or picture's bundle; null when there is none or it is damaged.</summary>
    public static byte[]? Png(JsonObject output)
    {
        try
        {
            return NotebookCell.Text(output, "image/png") is { } base64 ? Convert.FromBase64String(base64) : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static OutputView? OfBundle(JsonObject output, JsonObject data, MarkdownPart markdown)
    {
        string? Has(string mimeType) => NotebookCell.Text(output, mimeType);
        var result = new OutputView("result") { Text = Has("text/plain") ?? "" };
        // Inside a script element only a "<" could end it.
        if (data[Plotly] is JsonObject chart) return result with { Chart = chart.ToJsonString().Replace("<", "\\u003c", StringComparison.Ordinal), Height = HeightOf(chart), Picture = PictureOf(output) };
        if (Claim.Of(data) is { Count: > 0 } claims) return result with { Claims = claims };
        if (Has("text/html") is { } html) return result with { Html = html };
        if (Has("text/markdown") is { } text) return result with { Html = markdown.ToHtml(text) };
        if (PictureOf(output) is { } picture) return result with { Picture = picture };
        if (Has("text/vnd.mermaid") is { } diagram) return result with { Text = diagram };
        if (result.Text.Length > 0) return result;
        return data["application/json"] is { } json ? result with { Text = NotebookJson.Write(json) } : null;
    }

    private static string? PictureOf(JsonObject output)
    {
        if (Png(output) is { } png) return "data:image/png;base64," + Convert.ToBase64String(png);
        if (NotebookCell.Text(output, "image/jpeg") is { } jpeg) return "data:image/jpeg;base64," + jpeg.ReplaceLineEndings("");
        return NotebookCell.Text(output, "image/svg+xml") is { } svg ? "data:image/svg+xml," + Uri.EscapeDataString(svg) : null;
    }

    private static int HeightOf(JsonObject chart) =>
        chart["layout"]?["height"] is JsonValue height && height.GetValueKind() == JsonValueKind.Number && height.GetValue<double>() is >= 50 and <= 5000 and var pixels
            ? (int)pixels
            : DefaultHeight;

    private static string Traceback(JsonObject output) => output["traceback"] is JsonArray { Count: > 0 } lines
        ? string.Join('\n', lines.Select(line => line?.ToString()))
        : $"{output["ename"]}: {output["evalue"]}";
}
