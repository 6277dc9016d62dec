namespace ConcurrencyLab.Charting;

/// <summary>Figures in rows and columns as a value: Markdown where there is a page, aligned text everywhere else.</summary>
[TypeFormatterSource(MimeTypes.Markdown, MimeTypes.Plain)]
public sealed class ResultTable : IMimeBundle
{
    private readonly string _caption;
    private readonly IReadOnlyList<string> _head;
    private readonly IReadOnlyList<IReadOnlyList<string>> _rows;
    private readonly IReadOnlyList<string> _footnotes;

    /// <summary>The first column names the row; columns without a single figure are left out.</summary>
    /// <param name="caption">What the table shows.</param>
    /// <param name="head">A heading for each column.</param>
    /// <param name="rows">As many cells each as there are headings.</param>
    /// <param name="footnotes">Below it, a line each.</param>
    public ResultTable(string caption, IReadOnlyList<string> head, IReadOnlyList<IReadOnlyList<string>> rows, IReadOnlyList<string> footnotes)
    {
        var kept = Enumerable.Range(0, head.Count).Where(column => column == 0 || rows.Any(row => row[column].Length > 0)).ToArray();
        _caption = caption;
        _head = [.. kept.Select(column => head[column])];
        _rows = [.. rows.Select(row => (IReadOnlyList<string>)[.. kept.Select(column => row[column])])];
        _footnotes = footnotes;
    }

    /// <summary>The table as Markdown.</summary>
    public string ToMarkdown() => MarkdownText.Blocks(
        [MarkdownText.Escape(_caption), MarkdownText.Table(_head, _rows.Select(row => row.Select(MarkdownText.Escape).ToArray()), figures: true), .. _footnotes.Select(MarkdownText.Emphasis)]);

    /// <summary>The table in a monospace font: the first column to the left, the others to the right.</summary>
    public override string ToString()
    {
        var widths = Enumerable.Range(0, _head.Count).Select(column => _rows.Append(_head).Max(row => row[column].Length)).ToArray();
        string Line(IReadOnlyList<string> row) => string.Join("  ", row.Select((text, column) =>
            column == 0 ? text.PadRight(widths[column]) : text.PadLeft(widths[column]))).TrimEnd();
        var lines = _rows.Select(Line).Prepend(string.Join("  ", widths.Select(width => new string('-', width)))).Prepend(Line(_head));
        return string.Join("\n", [_caption, .. lines, .. _footnotes]);
    }

    string? IMimeBundle.Show(string mimeType) => mimeType switch
    {
        MimeTypes.Markdown => ToMarkdown(),
        MimeTypes.Plain => ToString(),
        _ => null,
    };
}
