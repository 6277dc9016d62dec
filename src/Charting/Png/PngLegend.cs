using SkiaSharp;

namespace ConcurrencyLab.Charting;

/// <summary>The legend of a PNG: below the picture, in its order, as in the interactive chart.</summary>
internal sealed class PngLegend
{
    private const float KeyHeight = 21, Swatch = 24, Gap = 18;

    private readonly List<(Layer Layer, float X, float Y)> _keys = [];

    public PngLegend(Drawing drawing)
    {
        float x = 0, y = 0;
        foreach (var layer in drawing.Layers.Where(layer => layer.InLegend))
        {
            var key = Swatch + 6 + (float)TextMetrics.Width(layer.Name, Sizes.Key, bold: false);
            if (x > 0 && x + key > Drawing.PlotWidth)
            {
                (x, y) = (0, y + KeyHeight);
            }

            _keys.Add((layer, x, y));
            x += key + Gap;
        }

        Height = _keys.Count > 0 ? y + KeyHeight + 4 : 0;
    }

    /// <summary>In CSS pixels; 0 where there is nothing to explain.</summary>
    public float Height { get; }

    public void Draw(SKCanvas canvas, float left, float top)
    {
        foreach (var (layer, x, row) in _keys)
        {
            var (start, middle) = (left + x, top + row + 11);
            switch (layer)
            {
                case Bars bars:
                    PngMarks.Fill(canvas, new SKRect(start, middle - 6, start + Swatch, middle + 6), bars);
                    break;
                case Points points:
                    if (points.Line > 0)
                    {
                        using var pen = PngPainter.Pen(points.Color, points.Line, points.Dash);
                        canvas.DrawLine(start, middle, start + Swatch, middle, pen);
                    }

                    PngMarks.Mark(canvas, points.Symbol, new SKPoint(start + Swatch / 2, middle), Math.Min(points.Size, 10), points.Color);
                    break;
            }

            PngPainter.Write(canvas, layer.Name, start + Swatch + 6, middle + 4, Sizes.Key, PageColors.Text);
        }
    }
}
