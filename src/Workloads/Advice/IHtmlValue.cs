namespace ConcurrencyLab;

/// <summary>A value that shows itself as HTML where there is a page and as its text everywhere else.</summary>
internal interface IHtmlValue : IMimeBundle
{
    string ToHtml();

    /// <summary>The value in a MIME type of its own; null when it has none such.</summary>
    string? Otherwise(string mimeType) => null;

    string? IMimeBundle.Show(string mimeType) => mimeType switch
    {
        MimeTypes.Html => ToHtml(),
        MimeTypes.Plain => ToString(),
        _ => Otherwise(mimeType),
    };
}
