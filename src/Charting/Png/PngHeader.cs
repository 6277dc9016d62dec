using SkiaSharp;

namespace ConcurrencyLab.Charting;

/// <summary>What stands above the plotting area of a PNG: title and subtitle, wrapped to the width.</summary>
internal sealed class PngHeader
{
    private const int TitleLine = 21;

    private readonly IReadOnlyList<string> _title;
    private readonly IReadOnlyList<string> _subtitle;

    private PngHeader(Drawing drawing, float width)
    {
        _title = drawing.Title.Length == 0 ? [] : PngText.Wrap(drawing.Title, width, Sizes.Title, bold: true);
        _subtitle = drawing.Subtitle.Length == 0 ? [] : PngText.Wrap(drawing.Subtitle, width, Sizes.Subtitle, bold: false);
        Height = 20 + TitleLine * _title.Count + Sizes.Line * _subtitle.Count;
    }

    /// <summary>From the picture's upper edge, in CSS pixels.</summary>
    public float Height { get; }

    public static PngHeader Of(Drawing drawing, float width) => new(drawing, width);

    public void Draw(SKCanvas canvas, float left, float top)
    {
        var y = top;
        foreach (var line in _title)
        {
            PngText.Write(canvas, line, left, y + 14, Sizes.Title, bold: true, Inks.Text);
            y += TitleLine;
        }

        foreach (var line in _subtitle)
        {
            PngText.Write(canvas, line, left, y + 12, Sizes.Subtitle, bold: false, "#555555");
            y += Sizes.Line;
        }
    }
}
