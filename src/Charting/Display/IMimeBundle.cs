namespace ConcurrencyLab.Charting;

/// <summary>
/// A value that shows itself as a bundle of MIME types. To join: implement this and put
/// <c>[TypeFormatterSource(MimeTypes.Markdown, MimeTypes.Plain)]</c> on the type.
/// </summary>
public interface IMimeBundle
{
    /// <summary>
    /// The value in one MIME type, or null when it has none such. Text as it is, JSON as its text, a picture in base64.
    /// </summary>
    string? Show(string mimeType);
}

/// <summary>The MIME types that values of this library show themselves in.</summary>
public static class MimeTypes
{
    /// <summary>A chart as plotly.js takes it: an object of data, layout and config.</summary>
    public const string Plotly = "application/vnd.plotly.v1+json";

    /// <summary>A picture.</summary>
    public const string Png = "image/png";

    /// <summary>
    /// The richest form of words that every front end shows, trusted or not. HTML is none: VS Code prefers it to all else and
    /// leaves it blank in Restricted Mode.
    /// </summary>
    public const string Markdown = "text/markdown";

    /// <summary>Text for a terminal, a diff or a screen reader.</summary>
    public const string Plain = "text/plain";

    /// <summary>Claims and whether they held; the runner collects them from the outputs.</summary>
    public const string Claims = "application/vnd.concurrencylab.claims+json";

    /// <summary>Whether an exercise is solved; the tests read it from the outputs.</summary>
    public const string Exercise = "application/vnd.concurrencylab.exercise+json";

    /// <summary>Every MIME type a formatter exists for; add a constant of your own here as well.</summary>
    public static IReadOnlyList<string> All { get; } = [Plotly, Png, Claims, Exercise, Markdown, Plain];
}
