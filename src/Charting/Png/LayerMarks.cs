using ScottPlot;
using SkiaSharp;

namespace ConcurrencyLab.Charting;

/// <summary>One layer as something that ScottPlot draws: it clips it to the plotting area and knows where values lie.</summary>
internal sealed class LayerMarks(Drawing drawing, Layer layer) : IPlottable
{
    public bool IsVisible { get; set; } = true;

    public IAxes Axes { get; set; } = new Axes();

    public IEnumerable<LegendItem> LegendItems => [];

    public AxisLimits GetAxisLimits() => AxisLimits.NoLimits;

    public void Render(RenderPack rp)
    {
        var canvas = rp.Canvas;
        canvas.Save();
        var area = rp.DataRect;
        // Marks at the very edge, a circle at the last value say, are not cut in half.
        canvas.ClipRect(new SKRect(area.Left - 6, area.Top - 6, area.Right + 6, area.Bottom + 1));
        switch (layer)
        {
            case Blocks blocks:
                Draw(canvas, blocks);
                break;
            case Points points:
                Draw(canvas, points);
                break;
            case Rule rule:
                Draw(canvas, rule, area);
                break;
            case Cells cells:
                Draw(canvas, cells, area);
                break;
        }

        canvas.Restore();
    }

    private SKPoint At(double x, double y)
    {
        var pixel = Axes.GetPixel(new Coordinates(PngPainter.Across(drawing, x), PngPainter.Up(drawing, y)));
        return new SKPoint(pixel.X, pixel.Y);
    }

    private void Draw(SKCanvas canvas, Blocks blocks)
    {
        using var whisker = new SKPaint { Color = SKColor.Parse(Inks.OnBar), StrokeWidth = 1.5f, IsAntialias = true };
        using var rim = new SKPaint { Color = SKColors.White.WithAlpha(204), StrokeWidth = 4.5f, IsAntialias = true };
        using var gap = new SKPaint { Color = SKColor.Parse(Inks.Paper), StrokeWidth = 0.8f, IsAntialias = true };
        // Nothing at all is no bar, but a span of no length is still a span.
        foreach (var block in blocks.Items.Where(block => block.To != block.From || blocks.Pieces))
        {
            var (a, b) = (At(block.From, block.Row - block.Thickness / 2), At(block.To, block.Row + block.Thickness / 2));
            var box = new SKRect(Math.Min(a.X, b.X), Math.Min(a.Y, b.Y), Math.Max(a.X, b.X), Math.Max(a.Y, b.Y));
            // A span thinner than a pixel stays visible, and a bar's colour.
            var sliver = blocks.IsSliver(block, drawing.X.Reach);
            var least = sliver ? 2 : 0.75f;
            if (blocks.Texture != Texture.Pale && box.Width < least)
            {
                box.Right = box.Left + least;
            }

            PngLayers.Fill(canvas, box, blocks.FillColor, blocks.Texture);
            if (blocks.HasGap(block, drawing.X.Reach))
            {
                // Neighbouring spans of one kind stay apart.
                canvas.DrawLine(box.Left, box.Top, box.Left, box.Bottom, gap);
            }

            if (block is { Low: { } low, High: { } high } && !sliver)
            {
                var (from, to) = (At(low, block.Row), At(high, block.Row));
                foreach (var stroke in new[] { rim, whisker })
                {
                    canvas.DrawLine(from, to, stroke);
                    canvas.DrawLine(from.X, from.Y - 4, from.X, from.Y + 4, stroke);
                    canvas.DrawLine(to.X, to.Y - 4, to.X, to.Y + 4, stroke);
                }
            }

            if (blocks.TextInside && block.Text.Length > 0 && box.Height >= Sizes.RoomInside)
            {
                var width = PngText.Measure(block.Text, Sizes.Inside, bold: false);
                if (width + 6 <= box.Width)
                {
                    var color = blocks.Texture == Texture.Solid ? new Ink(blocks.Color, Texture.Solid).OnTop : Inks.OnBar;
                    PngText.Write(canvas, block.Text, box.MidX - width / 2, box.MidY + 4, Sizes.Inside, bold: false, color);
                }
            }
        }
    }

    private void Draw(SKCanvas canvas, Points points)
    {
        if (points.Items.Count == 0)
        {
            return;
        }

        var places = points.Items.Select(point => At(point.X, point.Y)).ToArray();
        using var paint = new SKPaint { Color = SKColor.Parse(points.Color), IsAntialias = true };
        using var path = Path(points, places);
        if (points.Filled)
        {
            using var fill = new SKPaint { Color = SKColor.Parse(new Ink(points.Color, Texture.Pale).Lighter(0.4)), IsAntialias = true };
            canvas.DrawPath(path, fill);
        }

        if (points.Line > 0)
        {
            using var line = new SKPaint
            {
                Color = paint.Color,
                IsAntialias = true,
                Style = SKPaintStyle.Stroke,
                StrokeWidth = (float)points.Line,
                PathEffect = PngLayers.Dashes(points.Dash),
                StrokeJoin = SKStrokeJoin.Round,
            };
            canvas.DrawPath(path, line);
        }

        using var whisker = new SKPaint { Color = SKColor.Parse(points.Color), StrokeWidth = 1.5f, IsAntialias = true };
        paint.Color = paint.Color.WithAlpha((byte)Math.Round(points.Opacity * 255));
        for (var i = 0; i < places.Length; i++)
        {
            if (points.Items[i] is { Low: { } low, High: { } high })
            {
                var (from, to) = (At(points.Items[i].X, low), At(points.Items[i].X, high));
                canvas.DrawLine(from, to, whisker);
                canvas.DrawLine(from.X - 4, from.Y, from.X + 4, from.Y, whisker);
                canvas.DrawLine(to.X - 4, to.Y, to.X + 4, to.Y, whisker);
            }

            PngLayers.Mark(canvas, points.Symbol, places[i].X, places[i].Y, (float)points.Size, paint);
        }
    }

    private static SKPath Path(Points points, SKPoint[] places)
    {
        var path = new SKPath();
        path.MoveTo(places[0]);
        for (var i = 1; i < places.Length; i++)
        {
            if (points.Step)
            {
                path.LineTo(places[i].X, places[i - 1].Y);
            }

            path.LineTo(places[i]);
        }

        return path;
    }

    private void Draw(SKCanvas canvas, Rule rule, PixelRect area)
    {
        using var paint = new SKPaint
        {
            Color = SKColor.Parse(rule.Color),
            StrokeWidth = 1.5f,
            IsAntialias = true,
            PathEffect = PngLayers.Dashes(rule.Dash),
        };
        var place = At(rule.Vertical ? rule.At : drawing.X.Low, rule.Vertical ? drawing.Y.Low : rule.At);
        if (rule.Vertical)
        {
            canvas.DrawLine(place.X, area.Top, place.X, area.Bottom, paint);
        }
        else
        {
            canvas.DrawLine(area.Left, place.Y, area.Right, place.Y, paint);
        }
    }

    private static void Draw(SKCanvas canvas, Cells cells, PixelRect area)
    {
        var (rows, columns) = (cells.Values.GetLength(0), cells.Values.GetLength(1));
        var known = cells.Values.Cast<double>().Where(double.IsFinite).ToArray();
        if (known.Length == 0)
        {
            return;
        }

        var (low, high) = (known.Min(), known.Max());
        using var bitmap = new SKBitmap(columns, rows);
        var map = new ScottPlot.Colormaps.Viridis();
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                var value = cells.Values[row, column];
                var color = map.GetColor(high > low ? (value - low) / (high - low) : 0.5);
                bitmap.SetPixel(column, rows - 1 - row, double.IsFinite(value) ? new SKColor(color.R, color.G, color.B) : SKColors.Transparent);
            }
        }

        using var image = SKImage.FromBitmap(bitmap);
        canvas.DrawImage(image, new SKRect(area.Left, area.Top, area.Right, area.Bottom), new SKSamplingOptions(SKFilterMode.Nearest));
    }
}
