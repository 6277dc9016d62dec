using System.Globalization;
using System.Text.Json;
using ConcurrencyLab.Lab.Claims;
using ConcurrencyLab.Lab.Notebooks;

namespace ConcurrencyLab.Lab.Book;

/// <summary>A cell, ready for the page's template.</summary>
/// <param name="Number">Number of a code cell; 0 when it was not run.</param>
/// <param name="Html">The text, or the highlighted code.</param>
/// <param name="Elapsed">How long the cell took, with its unit; empty when it is not known.</param>
internal sealed record CellView(bool IsCode, int Number, string Html, string Elapsed, IReadOnlyList<OutputView> Outputs);

/// <summary>A chapter, ready for the page's template.</summary>
/// <param name="Run">The run that its outputs come from.</param>
/// <param name="Failed">Whether a cell failed in a way that ended the chapter.</param>
/// <param name="Picture">The picture on the index card as PNG; null when the chapter shows none.</param>
internal sealed record ChapterView(
    string Name, string Title, string FirstSentence, IReadOnlyList<CellView> Cells, IReadOnlyList<Heading> Contents, IReadOnlyList<Claim> Claims,
    SavedRun? Run, bool Failed, byte[]? Picture)
{
    /// <summary>The page's file, as a relative URL.</summary>
    public string Page => Uri.EscapeDataString(Name) + ".html";

    /// <summary>The card's picture, as a relative URL.</summary>
    public string PictureFile => Uri.EscapeDataString(Name) + ".png";

    public string Verdict => VerdictOf(Claims);

    public bool HasBrokenClaim => Claims.Any(claim => !claim.Holds);

    /// <param name="chapters">The names of all chapters of the book, for links between them.</param>
    public static ChapterView Of(Notebook notebook, IReadOnlySet<string> chapters)
    {
        var markdown = new MarkdownPart(chapters);
        CellView[] cells = [.. notebook.Cells.Where(cell => cell.Kind == "markdown" || cell.IsRunnable).Select(cell => Cell(cell, notebook.Language, markdown))];
        return new ChapterView(
            notebook.Name,
            notebook.Title,
            MarkdownPart.FirstSentence(notebook),
            cells,
            [.. markdown.Headings.Where(heading => heading.Level is 2 or 3)],
            Claim.Of(notebook),
            SavedRun.Of(notebook),
            notebook.Cells.Any(cell => !cell.Tags.Contains("raises-exception") && cell.Outputs.Any(output => output["output_type"]!.ToString() == "error")),
            notebook.Cells.SelectMany(cell => cell.Outputs).Select(OutputView.Png).FirstOrDefault(png => png is not null));
    }

    /// <summary>How many of some claims held, in words; empty when there are none.</summary>
    public static string VerdictOf(IReadOnlyList<Claim> claims) => claims.Count == 0 ? "" : $"{claims.Count(claim => claim.Holds)} of {claims.Count} claims held";

    private static CellView Cell(NotebookCell cell, string language, MarkdownPart markdown) => cell.Kind == "markdown"
        ? new CellView(false, 0, markdown.ToHtml(cell.Source), "", [])
        : new CellView(true, cell.Number, CodeHighlighter.CellToHtml(cell.Source.TrimEnd(), language), Elapsed(cell),
            [.. cell.Outputs.Select(output => OutputView.Of(output, markdown)).OfType<OutputView>()]);

    private static string Elapsed(NotebookCell cell)
    {
        if (cell.Json["metadata"]?[SavedRun.Key]?["elapsed_ms"] is not { } value || value.GetValueKind() != JsonValueKind.Number) return "";
        var milliseconds = value.GetValue<double>();
        return milliseconds < 1000
            ? $"{milliseconds.ToString("0", CultureInfo.InvariantCulture)} ms"
            : $"{(milliseconds / 1000).ToString("0.0", CultureInfo.InvariantCulture)} s";
    }
}
