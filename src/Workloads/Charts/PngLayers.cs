using ScottPlot;
using SkiaSharp;
using Shape = (float X, float Y);

namespace ConcurrencyLab;

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
            var width = PngText.Measure(rule.Name, 12, bold: false);
            PngText.Write(canvas, rule.Name, rule.Vertical ? place.X + 4 : place.X - width, place.Y - 6, 12, bold: false, Inks.Text);
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
        const float Size = 12;
        var gap = note.Bold.Length > 0 && note.Text.Length > 0 ? 6 : 0;
        var width = PngText.Measure(note.Bold, Size, bold: true) + gap + PngText.Measure(note.Text, Size, bold: false);
        var x = at.X + (float)note.Shift.Right - note.Horizontal switch { Align.Start => 0, Align.Middle => width / 2, _ => width };
        var y = at.Y + (float)note.Shift.Down + note.Vertical switch { Align.Start => 13, Align.Middle => 4.2f, _ => -4 };
        x = PngText.Write(canvas, note.Bold, x, y, Size, bold: true, Inks.Text) + gap;
        PngText.Write(canvas, note.Text, x, y, Size, bold: false, Inks.Text);
    }
}
