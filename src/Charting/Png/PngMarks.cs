using SkiaSharp;

namespace ConcurrencyLab.Charting;

/// <summary>The marks and words in the plotting area of a PNG, one way for each kind of layer.</summary>
internal static class PngMarks
{
    /// <summary>Draws what lies between grid and axes.</summary>
    public static void Draw(SKCanvas canvas, Layer layer, PlotArea area)
    {
        switch (layer)
        {
            case Bars bars:
                Draw(canvas, bars, area);
                break;
            case Points { Items.Count: > 0 } points:
                Draw(canvas, points, area);
                break;
            case Rule rule:
                using (var pen = PngPainter.Pen(rule.Color, 1.5, Dash.Dash))
                {
                    canvas.DrawLine(area.At(rule.At, area.Y.Low), area.At(rule.At, area.Y.High), pen);
                }

                break;
        }
    }

    /// <summary>Writes the words that belong to places in the plotting area, on top of everything.</summary>
    public static void Write(SKCanvas canvas, Layer layer, PlotArea area)
    {
        switch (layer)
        {
            case Annotations annotations:
                foreach (var note in annotations.Items)
                {
                    var at = area.At(note.AtLeftEdge ? area.X.Low : note.X, note.Y);
                    Write(canvas, note, note.AtLeftEdge ? new SKPoint(area.Box.Left, at.Y) : at);
                }

                break;
            case Rule rule:
                var foot = area.At(rule.At, area.Y.Low);
                var (x, align) = area.X.HasRoomAfter(rule.At) ? (foot.X + 4, SKTextAlign.Left) : (foot.X - 4, SKTextAlign.Right);
                PngPainter.Write(canvas, rule.Name, x, foot.Y - 6, Sizes.Annotation, PageColors.Text, align: align);
                break;
        }
    }

    /// <summary>A rectangle as bars of that layer are filled.</summary>
    public static void Fill(SKCanvas canvas, SKRect box, Bars bars)
    {
        using var brush = PngPainter.Brush(bars.FillColor);
        canvas.DrawRect(box, brush);
        if (bars.Texture != Texture.Hatched)
        {
            return;
        }

        using var pen = PngPainter.Pen(bars.StripeColor, 1.3);
        canvas.Save();
        canvas.ClipRect(box);
        // Stripes start at multiples of their distance on the page: neighbours join.
        for (var x = (float)Math.Floor((box.Left - box.Height) / 5) * 5; x < box.Right; x += 5)
        {
            canvas.DrawLine(x, box.Bottom, x + box.Height, box.Top, pen);
        }

        canvas.Restore();
    }

    public static void Mark(SKCanvas canvas, Symbol symbol, SKPoint at, double size, string color)
    {
        var half = (float)size / 2;
        using var brush = PngPainter.Brush(color);
        switch (symbol)
        {
            case Symbol.Circle:
                canvas.DrawCircle(at, half, brush);
                break;
            case Symbol.Ring:
                using (var pen = PngPainter.Pen(color, 2))
                {
                    canvas.DrawCircle(at, half, pen);
                }

                break;
            case Symbol.Diamond:
                using (var path = new SKPath())
                {
                    path.AddPoly([new(at.X, at.Y - half * 1.3f), new(at.X + half * 1.3f, at.Y), new(at.X, at.Y + half * 1.3f), new(at.X - half * 1.3f, at.Y)]);
                    canvas.DrawPath(path, brush);
                }

                break;
            case Symbol.Stroke:
                canvas.DrawRect(at.X - 1, at.Y - half, 2, 2 * half, brush);
                break;
        }
    }

    private static void Draw(SKCanvas canvas, Bars bars, PlotArea area)
    {
        using var whisker = PngPainter.Pen(PageColors.OnBar, 1.5);
        using var rim = PngPainter.Pen("#CCFFFFFF", 4.5);
        using var gap = PngPainter.Pen(PageColors.Paper, 0.8);
        // Nothing at all is no bar, but a span of no length is still a span.
        foreach (var bar in bars.Items.Where(bar => bar.Length > 0 || bars.AreSpans))
        {
            var (a, b) = (area.At(bar.From, bar.Row - bar.Thickness / 2), area.At(bar.To, bar.Row + bar.Thickness / 2));
            var box = new SKRect(Math.Min(a.X, b.X), Math.Min(a.Y, b.Y), Math.Max(a.X, b.X), Math.Max(a.Y, b.Y));
            // A span thinner than a pixel stays visible, and a bar's colour.
            var sliver = bars.IsSliver(bar, area.X.Length);
            if (bars.Texture != Texture.Pale)
            {
                box.Right = Math.Max(box.Right, box.Left + (sliver ? 2 : 0.75f));
            }

            Fill(canvas, box, bars);
            if (bars.HasGap(bar, area.X.Length))
            {
                canvas.DrawLine(box.Left, box.Top, box.Left, box.Bottom, gap);
            }

            if (bar is { Low: { } low, High: { } high } && !sliver)
            {
                ErrorBar(canvas, area.At(low, bar.Row), area.At(high, bar.Row), rim);
                ErrorBar(canvas, area.At(low, bar.Row), area.At(high, bar.Row), whisker);
            }

            if (bars.TextInside && box.Height >= Sizes.RoomInside && TextMetrics.Width(bar.Text, Sizes.Inside, bold: false) + 6 <= box.Width)
            {
                PngPainter.Write(canvas, bar.Text, box.MidX, box.MidY + 4, Sizes.Inside, bars.TextColor, align: SKTextAlign.Center);
            }
        }
    }

    /// <summary>A line with a stroke across each end.</summary>
    private static void ErrorBar(SKCanvas canvas, SKPoint from, SKPoint to, SKPaint pen)
    {
        var across = from.Y == to.Y ? new SKPoint(0, 4) : new SKPoint(4, 0);
        canvas.DrawLine(from, to, pen);
        canvas.DrawLine(from - across, from + across, pen);
        canvas.DrawLine(to - across, to + across, pen);
    }

    private static void Draw(SKCanvas canvas, Points points, PlotArea area)
    {
        var places = points.Items.Select(point => area.At(point.X, point.Y)).ToArray();
        using var path = new SKPath();
        path.MoveTo(places[0]);
        foreach (var (before, place) in places.Zip(places.Skip(1)))
        {
            if (points.Step)
            {
                path.LineTo(place.X, before.Y);
            }

            path.LineTo(place);
        }

        if (points.Filled)
        {
            using var brush = PngPainter.Brush(points.FillColor);
            canvas.DrawPath(path, brush);
        }

        if (points.Line > 0)
        {
            using var line = PngPainter.Pen(points.Color, points.Line, points.Dash);
            canvas.DrawPath(path, line);
        }

        using var whisker = PngPainter.Pen(points.Color, 1.5);
        foreach (var (point, place) in points.Items.Zip(places))
        {
            if (point is { Low: { } low, High: { } high })
            {
                ErrorBar(canvas, area.At(point.X, low), area.At(point.X, high), whisker);
            }

            Mark(canvas, points.Symbol, place, points.Size, points.Color);
        }
    }

    private static void Write(SKCanvas canvas, Annotation note, SKPoint at)
    {
        var gap = note.Bold.Length > 0 && note.Text.Length > 0 ? 6 : 0;
        var width = (float)(TextMetrics.Width(note.Bold, Sizes.Annotation, bold: true) + gap + TextMetrics.Width(note.Text, Sizes.Annotation, bold: false));
        var shift = new SKPoint((float)note.Shift.Right, (float)note.Shift.Down);
        if (note.Leader)
        {
            using var line = PngPainter.Pen(PageColors.Middle, 1);
            var skipped = Math.Min(1, 7 / Math.Max(1, shift.Length));
            canvas.DrawLine(at.X + shift.X * skipped, at.Y + shift.Y * skipped, at.X + shift.X, at.Y + shift.Y, line);
        }

        var x = at.X + shift.X - note.Horizontal switch { Align.Start => 0, Align.Middle => width / 2, _ => width };
        var y = at.Y + shift.Y + note.Vertical switch { Align.Start => 14, Align.Middle => 4.6f, _ => -4 };
        x = PngPainter.Write(canvas, note.Bold, x, y, Sizes.Annotation, PageColors.Text, bold: true) + gap;
        PngPainter.Write(canvas, note.Text, x, y, Sizes.Annotation, PageColors.Text);
    }
}
