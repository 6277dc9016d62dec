using System.Text.Json;
using System.Text.Json.Nodes;
using ConcurrencyLab.Lab.Claims;
using ConcurrencyLab.Lab.Notebooks;

namespace ConcurrencyLab.Lab.Book;

/// <summary>One output of a cell, ready for the page's template.</summary>
/// <param name="Kind">chart, picture, claims, html, or the style of plain text: result, stdout, stderr, error.</param>
/// <param name="Text">HTML or plain text, by kind; empty for charts and pictures.</param>
internal sealed record OutputView(string Kind, string Text)
{
    /// <summary>A picture as a data URI; null when the output has none.</summary>
    public string? Picture { get; init; }

    /// <summary>What a chart or picture shows, in words.</summary>
    public string Description { get; init; } = "";

    /// <summary>The first line of <see cref="Description"/>.</summary>
    public string Label => Description.Split('\n')[0].Trim() is { Length: > 0 } line ? line : Kind switch
    {
        "chart" => "Chart",
        "stdout" => "Console text",
        "stderr" => "Console text on the error stream",
        "error" => "Error",
        _ => "Result",
    };

    /// <summary>A chart's data, layout and configuration as JSON that is safe inside a script element.</summary>
    public string? Chart { get; init; }

    /// <summary>Height of a chart in pixels.</summary>
    public int Height { get; init; } = DefaultHeight;

    public bool IsChart => Kind == "chart";

    public bool IsPicture => Kind == "picture";

    public bool IsHtml => Kind == "html";

    public bool IsClaims => Kind == "claims";

    /// <summary>The sentences that the output checks.</summary>
    public IReadOnlyList<Claim> Claims { get; init; } = [];

    private const int DefaultHeight = 450;
    private const string Plotly = "application/vnd.plotly.v1+json";

    /// <summary>The richest way in which the book can show an output of nbformat; null when it shows nothing.</summary>
    public static OutputView? Of(JsonObject output, MarkdownPart markdown) => output["output_type"]!.GetValue<string>() switch
    {
        "stream" => new OutputView(output["name"]?.ToString() == "stderr" ? "stderr" : "stdout", MultilineText.Join(output["text"]) ?? ""),
        "error" => new OutputView("error", Traceback(output)),
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
        var words = Has("text/plain") ?? "";
        if (data[Plotly] is JsonObject chart)
            return new OutputView("chart", "") { Chart = Json(chart), Picture = PictureOf(output), Description = words, Height = HeightOf(chart) };
        if (Claim.Of(data) is { Count: > 0 } claims) return new OutputView("claims", "") { Claims = claims };
        if (Has("text/html") is { } html) return new OutputView("html", html);
        if (Has("text/markdown") is { } text) return new OutputView("html", markdown.ToHtml(text));
        if (PictureOf(output) is { } picture) return new OutputView("picture", "") { Picture = picture, Description = words };
        if (Has("text/vnd.mermaid") is { } diagram) return new OutputView("result", diagram);
        if (words.Length > 0) return new OutputView("result", words);
        return data["application/json"] is { } json ? new OutputView("result", NotebookJson.Write(json)) : null;
    }

    private static string? PictureOf(JsonObject output)
    {
        if (Png(output) is { } png) return "data:image/png;base64," + Convert.ToBase64String(png);
        if (NotebookCell.Text(output, "image/jpeg") is { } jpeg) return "data:image/jpeg;base64," + jpeg.ReplaceLineEndings("");
        return NotebookCell.Text(output, "image/svg+xml") is { } svg ? "data:image/svg+xml," + Uri.EscapeDataString(svg) : null;
    }

    // Inside a script element only a "<" could end it.
    private static string Json(JsonObject chart) => chart.ToJsonString().Replace("<", "\\u003c", StringComparison.Ordinal);

    private static int HeightOf(JsonObject chart) =>
        chart["layout"]?["height"] is JsonValue height && height.GetValueKind() == JsonValueKind.Number && height.GetValue<double>() is >= 50 and <= 5000 and var pixels
            ? (int)pixels
            : DefaultHeight;

    private static string Traceback(JsonObject output) => output["traceback"] is JsonArray { Count: > 0 } lines
        ? string.Join('\n', lines.Select(line => line?.ToString()))
        : $"{output["ename"]}: {output["evalue"]}";
}
