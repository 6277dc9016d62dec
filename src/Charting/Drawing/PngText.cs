using SkiaSharp;

namespace ConcurrencyLab.Charting;

/// <summary>Lines of text on a Skia canvas.</summary>
internal static class PngText
{
    public static float Measure(string text, float size, bool bold)
    {
        using var font = Typefaces.For(text, size, bold);
        return font.MeasureText(text);
    }

    /// <summary>Writes one line whose baseline is at y and returns where it ends.</summary>
    public static float Write(SKCanvas canvas, string text, float x, float y, float size, bool bold, string color)
    {
        using var font = Typefaces.For(text, size, bold);
        using var paint = new SKPaint { Color = SKColor.Parse(color), IsAntialias = true };
        canvas.DrawText(text, x, y, SKTextAlign.Left, font, paint);
        return x + font.MeasureText(text);
    }

    /// <summary>Broken at spaces so that no line is wider than the width, where words allow.</summary>
    public static IReadOnlyList<string> Wrap(string text, float width, float size, bool bold) =>
        TextLines.Wrap(text, line => Measure(line, size, bold) <= width);
}
