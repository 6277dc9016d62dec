using System.Net;

namespace ConcurrencyLab.Charting;

/// <summary>Figures in rows and columns as a value: HTML where there is a page, aligned text everywhere else.</summary>
[TypeFormatterSource(MimeTypes.Html, MimeTypes.Plain)]
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

    /// <summary>The table as an HTML fragment without scripts or style sheets; the page's own style applies.</summary>
    public string ToHtml() =>
        $"<table><caption style=\"text-align:left\">{WebUtility.HtmlEncode(_caption)}</caption><thead>{Row(_head, "col")}</thead>"
        + $"<tbody>{string.Concat(_rows.Select(row => Row(row, "row")))}</tbody></table>"
        + string.Concat(_footnotes.Select(footnote => $"<p><small>{WebUtility.HtmlEncode(footnote)}</small></p>"));

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
        MimeTypes.Html => ToHtml(),
        MimeTypes.Plain => ToString(),
        _ => null,
    };

    private static string Row(IReadOnlyList<string> cells, string scope) => $"<tr>{string.Concat(cells.Select((text, column) =>
    {
        // A heading without words heads nothing, and screen readers would announce it.
        var isHead = scope == "col" ? text.Length > 0 : column == 0;
        return $"<{(isHead ? $"th scope=\"{scope}\"" : "td")} style=\"text-align:{(column == 0 ? "left" : "right")}\">{WebUtility.HtmlEncode(text)}</{(isHead ? "th" : "td")}>";
    }))}</tr>";
}
