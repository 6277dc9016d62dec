using SkiaSharp;

namespace ConcurrencyLab.Charting;

/// <summary>The plotting area of a PNG: where values lie in it, in CSS pixels.</summary>
internal readonly record struct PlotArea(SKRect Box, Axis X, Axis Y)
{
    public SKPoint At(double x, double y) => new(Box.Left + Box.Width * (float)X.Share(x), Box.Bottom - Box.Height * (float)Y.Share(y));
}

/// <summary>The axes of a PNG: their room, lines, ticks and titles.</summary>
internal static class PngAxes
{
    private const float TickLength = 5;

    /// <summary>Height of what stands below the plotting area, without the legend.</summary>
    public static float Below(Drawing drawing) => 28 + drawing.XTitle.Count * Sizes.Line;

    /// <summary>The plotting area between two heights, with as much room beside it as the words need.</summary>
    public static PlotArea Area(Drawing drawing, float top, float bottom)
    {
        var up = Up(drawing).Select(tick => Width(tick) + TickLength + 4).DefaultIfEmpty(0).Max();
        var left = Drawing.Margin + up + (drawing.YTitle.Count > 0 ? drawing.YTitle.Count * Sizes.Line + 3 : 0);
        var width = Drawing.PictureWidth - left - Drawing.Margin;
        // A number under the right end reaches beyond it.
        var right = Across(drawing, width).Select(tick => Width(tick) / 2 + 2 - (1 - drawing.X.Share(tick.At)) * width).Append(Drawing.Margin).Max();
        return new PlotArea(new SKRect((float)left, top, (float)(Drawing.PictureWidth - right), bottom), drawing.X, drawing.Y);
    }

    /// <summary>Lines across the plotting area at the ticks, below everything.</summary>
    public static void DrawGrid(SKCanvas canvas, Drawing drawing, PlotArea area)
    {
        using var pen = PngPainter.Pen(PageColors.Middle, 1);
        pen.Color = pen.Color.WithAlpha(64);
        foreach (var tick in drawing.X.Grid ? Across(drawing, area.Box.Width) : [])
        {
            var x = area.At(tick.At, drawing.Y.Low).X;
            canvas.DrawLine(x, area.Box.Top, x, area.Box.Bottom, pen);
        }

        foreach (var tick in drawing.Y.Grid ? Up(drawing) : [])
        {
            var y = area.At(drawing.X.Low, tick.At).Y;
            canvas.DrawLine(area.Box.Left, y, area.Box.Right, y, pen);
        }
    }

    /// <summary>Lines, ticks and titles of both axes, around the plotting area.</summary>
    public static void Draw(SKCanvas canvas, Drawing drawing, PlotArea area)
    {
        using var pen = PngPainter.Pen(PageColors.Middle, 1);
        var box = area.Box;
        if (drawing.X.Grid)
        {
            canvas.DrawLine(box.Left, box.Bottom, box.Right, box.Bottom, pen);
        }

        if (drawing.Y.Grid)
        {
            canvas.DrawLine(box.Left, box.Top, box.Left, box.Bottom, pen);
        }

        foreach (var tick in Across(drawing, box.Width))
        {
            var x = area.At(tick.At, drawing.Y.Low).X;
            canvas.DrawLine(x, box.Bottom, x, box.Bottom + (drawing.X.Grid ? TickLength : 0), pen);
            PngPainter.Write(canvas, tick.Text, x, box.Bottom + TickLength + 14, Sizes.Tick, PageColors.Text, align: SKTextAlign.Center);
        }

        foreach (var tick in Up(drawing))
        {
            var y = area.At(drawing.X.Low, tick.At).Y;
            canvas.DrawLine(box.Left - (drawing.Y.Grid ? TickLength : 0), y, box.Left, y, pen);
            PngPainter.Write(canvas, tick.Text, box.Left - TickLength - 3, y + 4, Sizes.Tick, PageColors.Text, align: SKTextAlign.Right);
        }

        WriteLines(canvas, drawing.XTitle, box.MidX, box.Bottom + 22 + Sizes.AxisTitle);
        canvas.Save();
        canvas.Translate(Drawing.Margin, box.MidY);
        canvas.RotateDegrees(-90);
        WriteLines(canvas, drawing.YTitle, 0, Sizes.AxisTitle - 2);
        canvas.Restore();
    }

    private static void WriteLines(SKCanvas canvas, IReadOnlyList<string> lines, float x, float y)
    {
        foreach (var (row, line) in lines.Index())
        {
            PngPainter.Write(canvas, line, x, y + row * Sizes.Line, Sizes.AxisTitle, PageColors.Text, align: SKTextAlign.Center);
        }
    }

    private static IReadOnlyList<Tick> Across(Drawing drawing, double width) => drawing.X.TicksOn(width, 80);

    private static IReadOnlyList<Tick> Up(Drawing drawing) => drawing.Y.TicksOn(drawing.PlotHeight, 40);

    private static double Width(Tick tick) => TextMetrics.Width(tick.Text, Sizes.Tick, bold: false);
}
