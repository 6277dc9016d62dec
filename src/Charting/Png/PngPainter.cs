using SkiaSharp;

namespace ConcurrencyLab.Charting;

/// <summary>
/// Paints a drawing as a PNG, in process and without a browser, with Skia. Twice as many pixels as CSS pixels, so that it
/// stays sharp on a fine screen.
/// </summary>
internal static class PngPainter
{
    /// <summary>Pixels for one CSS pixel.</summary>
    public const int Density = 2;

    private const int TitleLine = 21;

    public static byte[] Paint(Drawing drawing)
    {
        using var surface = SKSurface.Create(new SKImageInfo(Drawing.PictureWidth * Density, Height(drawing) * Density, SKColorType.Rgba8888, SKAlphaType.Opaque));
        surface.Canvas.Scale(Density);
        Draw(surface.Canvas, drawing);
        return PngFile.Write(surface);
    }

    /// <summary>The picture's height in CSS pixels.</summary>
    public static int Height(Drawing drawing) => (int)Math.Ceiling(
        Top(drawing) + drawing.PlotHeight + PngAxes.Below(drawing) + new PngLegend(drawing).Height + 6);

    /// <summary>Draws on any canvas whose unit is a CSS pixel.</summary>
    public static void Draw(SKCanvas canvas, Drawing drawing)
    {
        canvas.Clear(SKColor.Parse(PageColors.Paper));
        var y = Drawing.Margin;
        foreach (var line in Title(drawing))
        {
            Write(canvas, line, Drawing.Margin, y + 14, Sizes.Title, PageColors.Text, bold: true);
            y += TitleLine;
        }

        foreach (var line in Subtitle(drawing))
        {
            Write(canvas, line, Drawing.Margin, y + 12, Sizes.Subtitle, "#555555");
            y += Sizes.Line;
        }

        var legend = new PngLegend(drawing);
        var area = PngAxes.Area(drawing, Top(drawing) + 4, Height(drawing) - legend.Height - 2 - PngAxes.Below(drawing));
        PngAxes.DrawGrid(canvas, drawing, area);
        canvas.Save();
        // Marks at the very edge, a circle at the last value say, are not cut in half.
        canvas.ClipRect(new SKRect(area.Box.Left - 6, area.Box.Top - 6, area.Box.Right + 6, area.Box.Bottom + 1));
        foreach (var layer in drawing.Layers)
        {
            PngMarks.Draw(canvas, layer, area);
        }

        canvas.Restore();
        PngAxes.Draw(canvas, drawing, area);
        foreach (var layer in drawing.Layers)
        {
            PngMarks.Write(canvas, layer, area);
        }

        legend.Draw(canvas, Drawing.Margin, Height(drawing) - legend.Height - 2);
    }

    /// <summary>Writes one line whose baseline is at y and returns where it ends.</summary>
    public static float Write(SKCanvas canvas, string text, float x, float y, float size, string color, bool bold = false, SKTextAlign align = SKTextAlign.Left)
    {
        using var font = Typefaces.For(text, size, bold);
        using var brush = Brush(color);
        canvas.DrawText(text, x, y, align, font, brush);
        return x + font.MeasureText(text);
    }

    /// <summary>Fills shapes. The caller disposes of it.</summary>
    public static SKPaint Brush(string color) => new() { Color = SKColor.Parse(color), IsAntialias = true };

    /// <summary>Draws lines and outlines. The caller disposes of it.</summary>
    public static SKPaint Pen(string color, double width, Dash dash = Dash.Solid) => new()
    {
        Color = SKColor.Parse(color),
        IsAntialias = true,
        Style = SKPaintStyle.Stroke,
        StrokeWidth = (float)width,
        StrokeJoin = SKStrokeJoin.Round,
        PathEffect = dash switch { Dash.Dash => SKPathEffect.CreateDash([7, 5], 0), Dash.Dot => SKPathEffect.CreateDash([2, 4], 0), _ => null },
    };

    private static float Top(Drawing drawing) => 20 + TitleLine * Title(drawing).Count + Sizes.Line * Subtitle(drawing).Count;

    private static IReadOnlyList<string> Title(Drawing drawing) => TextMetrics.Wrap(drawing.Title, Drawing.PlotWidth, Sizes.Title, bold: true);

    private static IReadOnlyList<string> Subtitle(Drawing drawing) => TextMetrics.Wrap(drawing.Subtitle, Drawing.PlotWidth, Sizes.Subtitle, bold: false);
}
