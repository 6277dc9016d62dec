using ScottPlot;
using SkiaSharp;
using Shape = (float X, float Y);

namespace ConcurrencyLab.Charting;

/// <summary>The marks of a PNG, one way for each kind of layer.</summary>
internal static class PngLayers
{
    /// <summary>Adds the layers to the plot, which draws them between its grid and its frame.</summary>
    public static void Add(Plot plot, Drawing drawing)
    {
        foreach (var layer in drawing.Layers)
        {
            plot.Add.Plottable(new LayerMarks(drawing, layer));
        }
    }

    /// <summary>Writes the words that belong to places in the plotting area, on top of everything.</summary>
    public static void Write(SKCanvas canvas, Plot plot, Drawing drawing)
    {
        var area = plot.RenderManager.LastRender.DataRect;
        Shape At(double x, double y)
        {
            var pixel = plot.GetPixel(new Coordinates(PngPainter.Across(drawing, x), PngPainter.Up(drawing, y)));
            return (pixel.X, pixel.Y);
        }

        foreach (var note in drawing.Layers.OfType<Notes>().SelectMany(notes => notes.Items))
        {
            WriteNote(canvas, note, note.AtLeftEdge ? (area.Left, At(drawing.X.Low, note.Y).Y) : At(note.X, note.Y));
        }

        foreach (var rule in drawing.Layers.OfType<Rule>().Where(rule => rule.Name.Length > 0))
        {
            var place = At(rule.Vertical ? rule.At : drawing.X.High, rule.Vertical ? drawing.Y.Low : rule.At);
            var width = PngText.Measure(rule.Name, Sizes.Note, bold: false);
            var x = !rule.Vertical ? place.X - width : rule.NameBefore ? place.X - width - 4 : place.X + 4;
            PngText.Write(canvas, rule.Name, x, place.Y - 6, Sizes.Note, bold: false, Inks.Text);
        }
    }

    /// <summary>A rectangle in one of the textures.</summary>
    public static void Fill(SKCanvas canvas, SKRect box, string color, Texture texture)
    {
        var ink = new Ink(color, texture);
        using var paint = new SKPaint { IsAntialias = true };
        paint.Color = SKColor.Parse(texture switch { Texture.Pale => ink.Lighter(0.55), Texture.Hatched => ink.Lighter(0.6), _ => color });
        canvas.DrawRect(box, paint);
        if (texture != Texture.Hatched)
        {
            return;
        }

        paint.Color = SKColor.Parse(color);
        paint.StrokeWidth = 1.3f;
        canvas.Save();
        canvas.ClipRect(box);
        // Stripes start at multiples of their distance on the page: neighbours join.
        for (var x = (float)Math.Floor((box.Left - box.Height) / 5) * 5; x < box.Right; x += 5)
        {
            canvas.DrawLine(x, box.Bottom, x + box.Height, box.Top, paint);
        }

        canvas.Restore();
    }

    public static void Mark(SKCanvas canvas, Symbol symbol, float x, float y, float size, SKPaint paint)
    {
        var half = size / 2;
        switch (symbol)
        {
            case Symbol.Circle:
                canvas.DrawCircle(x, y, half, paint);
                break;
            case Symbol.Ring:
                using (var ring = paint.Clone())
                {
                    ring.Style = SKPaintStyle.Stroke;
                    ring.StrokeWidth = 2;
                    canvas.DrawCircle(x, y, half, ring);
                }

                break;
            case Symbol.Diamond:
                using (var path = new SKPath())
                {
                    path.AddPoly([new(x, y - half * 1.3f), new(x + half * 1.3f, y), new(x, y + half * 1.3f), new(x - half * 1.3f, y)]);
                    canvas.DrawPath(path, paint);
                }

                break;
            case Symbol.Bar:
                canvas.DrawRect(x - 1, y - half, 2, size, paint);
                break;
        }
    }

    public static SKPathEffect? Dashes(Dash dash) => dash switch
    {
        Dash.Dashed => SKPathEffect.CreateDash([7, 5], 0),
        Dash.Dotted => SKPathEffect.CreateDash([2, 4], 0),
        _ => null,
    };

    private static void WriteNote(SKCanvas canvas, Note note, Shape at)
    {
        var gap = note.Bold.Length > 0 && note.Text.Length > 0 ? 6 : 0;
        var width = PngText.Measure(note.Bold, Sizes.Note, bold: true) + gap + PngText.Measure(note.Text, Sizes.Note, bold: false);
        if (note.Leader)
        {
            using var line = new SKPaint { Color = SKColor.Parse(Inks.Middle), StrokeWidth = 1, IsAntialias = true };
            var (right, down) = ((float)note.Shift.Right, (float)note.Shift.Down);
            var skipped = Math.Min(1, 7 / Math.Max(1, MathF.Sqrt(right * right + down * down)));
            canvas.DrawLine(at.X + right * skipped, at.Y + down * skipped, at.X + right, at.Y + down, line);
        }

        var x = at.X + (float)note.Shift.Right - note.Horizontal switch { Align.Start => 0, Align.Middle => width / 2, _ => width };
        var y = at.Y + (float)note.Shift.Down + note.Vertical switch { Align.Start => 14, Align.Middle => 4.6f, _ => -4 };
        x = PngText.Write(canvas, note.Bold, x, y, Sizes.Note, bold: true, Inks.Text) + gap;
        PngText.Write(canvas, note.Text, x, y, Sizes.Note, bold: false, Inks.Text);
    }
}
