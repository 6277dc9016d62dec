using SkiaSharp;

namespace ConcurrencyLab.Charting;

/// <summary>The legend of a PNG: below the picture, in its order, as in the interactive chart.</summary>
internal sealed class PngLegend
{
    private const float KeyHeight = 21;
    private const float Swatch = 24;

    private readonly List<(Layer Layer, float X, float Y)> _keys = [];

    private PngLegend(Drawing drawing, float width)
    {
        float x = 0, y = 0;
        foreach (var layer in drawing.Layers.Where(layer => layer.InLegend))
        {
            var key = Swatch + 6 + PngText.Measure(layer.Name, Sizes.Key, bold: false) + 18;
            if (x > 0 && x + key - 18 > width)
            {
                (x, y) = (0, y + KeyHeight);
            }

            _keys.Add((layer, x, y));
            x += key;
        }

        Height = _keys.Count > 0 ? y + KeyHeight + 4 : 0;
    }

    /// <summary>In CSS pixels; 0 where there is nothing to explain.</summary>
    public float Height { get; }

    public static PngLegend Of(Drawing drawing, float width) => new(drawing, width);

    public void Draw(SKCanvas canvas, float left, float top)
    {
        foreach (var (layer, x, row) in _keys)
        {
            Key(canvas, layer, left + x, top + row + 3);
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

        PngText.Write(canvas, layer.Name, x + Swatch + 6, middle + 4, Sizes.Key, bold: false, Inks.Text);
    }
}
