using SkiaSharp;

namespace ConcurrencyLab.Charting;

/// <summary>
/// Paints a drawing as a PNG, in process and without a browser, with Skia. Twice as many pixels as CSS pixels, so that it
/// stays sharp on a fine screen.
/// </summary>
internal sealed class PngPainter
{
    /// <summary>Pixels for one CSS pixel.</summary>
    public const int Density = 2;

    private const int TitleLine = 21;

    private readonly Drawing _drawing;
    private readonly IReadOnlyList<string> _title, _subtitle;
    private readonly PngLegend _legend;
    private readonly PlotArea _area;

    public PngPainter(Drawing drawing)
    {
        _drawing = drawing;
        _title = TextMetrics.Wrap(drawing.Title, Drawing.PlotWidth, Sizes.Title, bold: true);
        _subtitle = TextMetrics.Wrap(drawing.Subtitle, Drawing.PlotWidth, Sizes.Subtitle, bold: false);
        _legend = new PngLegend(drawing);
        var top = 20 + TitleLine * _title.Count + Sizes.Line * _subtitle.Count;
        Height = (int)Math.Ceiling(top + drawing.PlotHeight + PngAxes.Below(drawing) + _legend.Height + 6);
        _area = PngAxes.Area(drawing, top + 4, Height - _legend.Height - 2 - PngAxes.Below(drawing));
    }

    /// <summary>The picture's height in CSS pixels.</summary>
    public int Height { get; }

    public static byte[] Paint(Drawing drawing)
    {
        var painter = new PngPainter(drawing);
        using var surface = SKSurface.Create(new SKImageInfo(Drawing.PictureWidth * Density, painter.Height * Density, SKColorType.Rgba8888, SKAlphaType.Opaque));
        surface.Canvas.Scale(Density);
        painter.Draw(surface.Canvas);
        return PngFile.Write(surface);
    }

    /// <summary>Draws on any canvas whose unit is a CSS pixel.</summary>
    public void Draw(SKCanvas canvas)
    {
        canvas.Clear(SKColor.Parse(PageColors.Paper));
        foreach (var (row, line) in _title.Index())
        {
            Write(canvas, line, Drawing.Margin, Drawing.Margin + row * TitleLine + 14, Sizes.Title, PageColors.Text, bold: true);
        }

        foreach (var (row, line) in _subtitle.Index())
        {
            Write(canvas, line, Drawing.Margin, Drawing.Margin + _title.Count * TitleLine + row * Sizes.Line + 12, Sizes.Subtitle, "#555555");
        }

        PngAxes.DrawGrid(canvas, _drawing, _area);
        canvas.Save();
        // Marks at the very edge, a circle at the last value say, are not cut in half.
        canvas.ClipRect(new SKRect(_area.Box.Left - 6, _area.Box.Top - 6, _area.Box.Right + 6, _area.Box.Bottom + 1));
        foreach (var layer in _drawing.Layers)
        {
            PngMarks.Draw(canvas, layer, _area);
        }

        canvas.Restore();
        PngAxes.Draw(canvas, _drawing, _area);
        foreach (var layer in _drawing.Layers)
        {
            PngMarks.Write(canvas, layer, _area);
        }

        _legend.Draw(canvas, Drawing.Margin, Height - _legend.Height - 2);
    }

    /// <summary>Writes one line whose baseline is at y and returns where it ends.</summary>
    public static float Write(SKCanvas canvas, string text, float x, float y, float size, string color, bool bold = false, SKTextAlign align = SKTextAlign.Left)
    {
        using var brush = Brush(color);
        var runs = Typefaces.Runs(text, bold);
        x -= runs.Sum(run => TextMetrics.Width(run, size)) * align switch { SKTextAlign.Left => 0, SKTextAlign.Center => 0.5f, _ => 1 };
        foreach (var run in runs)
        {
            using var font = run.Font(size);
            canvas.DrawText(run.Text, x, y, SKTextAlign.Left, font, brush);
            x += font.MeasureText(run.Text);
        }

        return x;
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
}
