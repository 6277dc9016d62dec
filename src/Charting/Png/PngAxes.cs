using ScottPlot;
using SkiaSharp;

namespace ConcurrencyLab.Charting;

/// <summary>The axes of a PNG: their room, ticks and titles.</summary>
internal static class PngAxes
{
    private const float TickLength = 5;

    /// <summary>Height of what stands below the plotting area, without the legend.</summary>
    public static float Below(Drawing drawing) => 28 + Titles(drawing.X, Sizes.AxisTitleLetters).Count * Sizes.Line;

    /// <summary>Gives both axes their ticks and as much room as the words need.</summary>
    public static void SetUp(Plot plot, Drawing drawing, float width, float edge)
    {
        var up = Ticks(drawing.Y, drawing.PlotHeight, 40);
        var titles = Titles(drawing.Y, drawing.LettersUp);
        var left = edge + titles.Count * Sizes.Line + (titles.Count > 0 ? 3 : 0)
            + (up.Count > 0 ? TickLength + 4 + up.Max(tick => PngText.Measure(tick.Text, Sizes.Tick, bold: false)) : 0);
        var across = Ticks(drawing.X, width - left - edge, 80);
        // A number under the right end reaches beyond it.
        var right = across.Select(tick => PngText.Measure(tick.Text, Sizes.Tick, bold: false) / 2 + 2 - (1 - Share(drawing.X, tick.At)) * (width - left - edge))
            .Append(edge).Max();
        plot.Layout.Fixed(new PixelPadding((float)left, (float)right, Below(drawing), 4));
        SetUp(plot.Axes.Bottom, drawing.X, across, x => PngPainter.Across(drawing, x));
        SetUp(plot.Axes.Left, drawing.Y, up, y => PngPainter.Up(drawing, y));
    }

    /// <summary>Writes the titles of the axes around the plotting area.</summary>
    public static void Write(SKCanvas canvas, Drawing drawing, PixelRect area, float edge)
    {
        var y = area.Bottom + 22 + Sizes.AxisTitle;
        foreach (var line in Titles(drawing.X, Sizes.AxisTitleLetters))
        {
            Middle(canvas, line, area.HorizontalCenter, y);
            y += Sizes.Line;
        }

        canvas.Save();
        canvas.Translate(edge, area.VerticalCenter);
        canvas.RotateDegrees(-90);
        y = Sizes.AxisTitle - 2;
        foreach (var line in Titles(drawing.Y, drawing.LettersUp))
        {
            Middle(canvas, line, 0, y);
            y += Sizes.Line;
        }

        canvas.Restore();
    }

    private static IReadOnlyList<string> Titles(Scale scale, int letters) => scale.TitleLines(letters);

    private static void Middle(SKCanvas canvas, string line, float x, float y) =>
        PngText.Write(canvas, line, x - PngText.Measure(line, Sizes.AxisTitle, bold: false) / 2, y, Sizes.AxisTitle, bold: false, Inks.Text);

    private static IReadOnlyList<Tick> Ticks(Scale scale, double length, double apart) => scale.Ticks ?? Scales.Ticks(scale, length, apart);

    /// <summary>How far along the axis a value lies, 0 to 1.</summary>
    private static double Share(Scale scale, double at) => scale.Log
        ? Math.Log(at / scale.Low) / Math.Log(scale.High / scale.Low)
        : (at - scale.Low) / (scale.High - scale.Low);

    private static void SetUp(IAxis axis, Scale scale, IReadOnlyList<Tick> ticks, Func<double, double> place)
    {
        axis.FrameLineStyle.Color = Color.FromHex(Inks.Middle);
        axis.FrameLineStyle.Width = scale.Grid ? 1 : 0;
        axis.MajorTickStyle.Color = Color.FromHex(Inks.Middle);
        axis.MajorTickStyle.Length = scale.Grid ? TickLength : 0;
        axis.MinorTickStyle.Length = 0;
        axis.TickLabelStyle.FontName = Typefaces.Name;
        axis.TickLabelStyle.FontSize = Sizes.Tick;
        axis.TickLabelStyle.ForeColor = Color.FromHex(Inks.Text);
        axis.TickGenerator = new ScottPlot.TickGenerators.NumericManual(
            [.. ticks.Select(tick => place(tick.At))], [.. ticks.Select(tick => tick.Text)]);
    }
}
