using System.Net;

namespace ConcurrencyLab;

/// <summary>
/// A chart as a value: return it from a cell and it shows itself, interactive where a Plotly renderer exists and as a
/// picture everywhere else. Nothing is painted before it is needed.
/// </summary>
[TypeFormatterSource(MimeTypes.Plotly, MimeTypes.Png, MimeTypes.Plain)]
public sealed partial class Figure : IMimeBundle
{
    private readonly Lazy<string> _json;
    private readonly Lazy<byte[]> _png;

    private Figure(Drawing drawing, Func<string> json)
    {
        Drawing = drawing;
        _json = new Lazy<string>(json);
        _png = new Lazy<byte[]>(() => PngPainter.Paint(drawing));
    }

    /// <summary>What the PNG is painted from, and the lab's own interactive charts too.</summary>
    internal Drawing Drawing { get; }

    /// <summary>The chart's title.</summary>
    public string Title => Drawing.Title;

    /// <summary>What the chart shows, in words and figures: all that a screen reader gets.</summary>
    public string Description => Drawing.Description;

    /// <summary>The chart for plotly.js 2 and later: a JSON object of <c>data</c>, <c>layout</c> and <c>config</c>.</summary>
    public string PlotlyJson => _json.Value;

    /// <summary>The chart as a PNG, 1400 pixels wide: for a column of 700 CSS pixels.</summary>
    public ReadOnlyMemory<byte> Png => _png.Value;

    /// <summary>Writes the PNG whole or not at all, over a file that may be there.</summary>
    /// <param name="path">Where to; the folder must exist.</param>
    /// <returns>The file's full path.</returns>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist; make it first.</exception>
    /// <exception cref="IOException">The disk is full or the file is held by another program.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder or the file is read-only.</exception>
    public string SavePng(string path)
    {
        var target = Path.GetFullPath(path);
        var folder = Path.GetDirectoryName(target);
        if (folder is not null && !Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"Cannot save the chart: there is no folder {folder}. Make it first, or choose another.");
        }

        var fresh = $"{target}.{Guid.NewGuid():N}.tmp";
        try
        {
            File.WriteAllBytes(fresh, _png.Value);
            File.Move(fresh, target, overwrite: true);
        }
        finally
        {
            File.Delete(fresh);
        }

        return target;
    }

    /// <summary>The PNG as HTML with the description as its alternative text, for hosts that show only HTML.</summary>
    public string ToHtml() =>
        $"<img alt=\"{WebUtility.HtmlEncode(Description)}\" width=\"{PngPainter.Width}\" style=\"max-width:100%\" src=\"data:image/png;base64,{Convert.ToBase64String(_png.Value)}\">";

    /// <summary>The description.</summary>
    public override string ToString() => Description;

    /// <summary>The figure that paints a drawing.</summary>
    internal static Figure Of(Drawing drawing) => new(drawing, () => PlotlyPainter.Paint(drawing));

    string? IMimeBundle.Show(string mimeType) => mimeType switch
    {
        MimeTypes.Plotly => PlotlyJson,
        MimeTypes.Png => Convert.ToBase64String(_png.Value),
        MimeTypes.Plain => Description,
        _ => null,
    };
}
