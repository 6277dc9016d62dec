namespace ConcurrencyLab;

/// <summary>A value that shows itself as Markdown where there is a page and as its text everywhere else.</summary>
internal interface IMarkdownValue : IMimeBundle
{
    string ToMarkdown();

    /// <summary>The value in a MIME type of its own; null when it has none such.</summary>
    string? Otherwise(string mimeType) => null;

    string? IMimeBundle.Show(string mimeType) => mimeType switch
    {
        MimeTypes.Markdown => ToMarkdown(),
        MimeTypes.Plain => ToString(),
        _ => Otherwise(mimeType),
    };
}
