using SkiaSharp;

namespace ConcurrencyLab;

/// <summary>What stands above the plotting area of a PNG: title, subtitle and legend, wrapped to the width.</summary>
internal sealed class PngHeader
{
    private const float TitleSize = 15;
    private const float SubtitleSize = 12;
    private const float KeySize = 11.5f;
    private const float KeyHeight = 20;
    private const float Swatch = 24;

    private readonly IReadOnlyList<string> _title;
    private readonly IReadOnlyList<string> _subtitle;
    private readonly List<(Layer Layer, float X, float Y)> _keys = [];
    private readonly float _keysTop;

    private PngHeader(Drawing drawing, float width)
    {
        _title = drawing.Title.Length == 0 ? [] : PngText.Wrap(drawing.Title, width, TitleSize, bold: true);
        _subtitle = drawing.Subtitle.Length == 0 ? [] : PngText.Wrap(drawing.Subtitle, width, SubtitleSize, bold: false);
        _keysTop = 20 * _title.Count + 17 * _subtitle.Count + 6;
        float x = 0, y = 0;
        foreach (var layer in drawing.Layers.Where(layer => layer.InLegend))
        {
            var key = Swatch + 6 + PngText.Measure(layer.Name, KeySize, bold: false) + 18;
            if (x > 0 && x + key - 18 > width)
            {
                (x, y) = (0, y + KeyHeight);
            }

            _keys.Add((layer, x, y));
            x += key;
        }

        Height = 14 + _keysTop + (_keys.Count > 0 ? y + KeyHeight : 0);
    }

    /// <summary>From the picture's upper edge, in CSS pixels.</summary>
    public float Height { get; }

    public static PngHeader Of(Drawing drawing, float width) => new(drawing, width);

    public void Draw(SKCanvas canvas, float left, float top)
    {
        var y = top;
        foreach (var line in _title)
        {
            PngText.Write(canvas, line, left, y + 14, TitleSize, bold: true, Inks.Text);
            y += 20;
        }

        foreach (var line in _subtitle)
        {
            PngText.Write(canvas, line, left, y + 12, SubtitleSize, bold: false, "#555555");
            y += 17;
        }

        foreach (var (layer, x, row) in _keys)
        {
            Key(canvas, layer, left + x, top + _keysTop + row);
        }
    }

    private static void Key(SKCanvas canvas, Layer layer, float x, float y)
    {
        var middle = y + 8;
        using var paint = new SKPaint { Color = SKColor.Parse(layer.Color), IsAntialias = true };
        switch (layer)
        {
            case Blocks blocks:
                PngLayers.Fill(canvas, new SKRect(x, middle - 6, x + Swatch, middle + 6), blocks.Color, blocks.Texture);
                break;
            case Points { Filled: true }:
                PngLayers.Fill(canvas, new SKRect(x, middle - 6, x + Swatch, middle + 6), layer.Color, Texture.Pale);
                break;
            case Points points:
                if (points.Line > 0)
                {
                    using var line = paint.Clone();
                    line.StrokeWidth = (float)points.Line;
                    line.PathEffect = PngLayers.Dashes(points.Dash);
                    canvas.DrawLine(x, middle, x + Swatch, middle, line);
                }

                PngLayers.Mark(canvas, points.Symbol, x + Swatch / 2, middle, (float)Math.Min(points.Size, 10), paint);
                break;
            case Rule rule:
                paint.StrokeWidth = 1.5f;
                paint.PathEffect = PngLayers.Dashes(rule.Dash);
                canvas.DrawLine(x, middle, x + Swatch, middle, paint);
                break;
        }

        PngText.Write(canvas, layer.Name, x + Swatch + 6, middle + 4, KeySize, bold: false, Inks.Text);
    }
}
