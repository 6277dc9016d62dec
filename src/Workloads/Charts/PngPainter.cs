using ScottPlot;
using SkiaSharp;

namespace ConcurrencyLab;

/// <summary>
/// Paints a drawing as a PNG, in process: ScottPlot lays out axes and draws the marks, Skia writes the words around and
/// inside them. Twice as many pixels as CSS pixels, so that it stays sharp on a fine screen.
/// </summary>
internal static class PngPainter
{
    /// <summary>Width of a notebook's or the book's column in CSS pixels.</summary>
    public const int Width = 700;

    /// <summary>Pixels for one CSS pixel.</summary>
    public const int Density = 2;

    private const float Edge = 14;

    public static byte[] Paint(Drawing drawing)
    {
        Typefaces.Register();
        var header = PngHeader.Of(drawing, Width - 2 * Edge);
        var ticks = drawing.Y.Ticks;
        var left = ticks is { Count: > 0 }
            ? Edge + 8 + ticks.Max(tick => PngText.Measure(tick.Text, 11, bold: false)) + (drawing.Y.Title.Length > 0 ? 18 : 0)
            : drawing.Y.Ticks is { Count: 0 } ? Edge : 64;
        var bottom = drawing.X.Title.Length > 0 ? 46f : 26f;
        var height = (int)Math.Ceiling(header.Height + drawing.PlotHeight + bottom + 4);

        using var surface = SKSurface.Create(new SKImageInfo(Width * Density, height * Density, SKColorType.Rgba8888, SKAlphaType.Opaque));
        var canvas = surface.Canvas;
        canvas.Scale(Density);

        using var plot = new Plot();
        SetUp(plot, drawing);
        plot.Layout.Fixed(new PixelPadding(left, Edge, bottom, 4));
        PngLayers.Add(plot, drawing);
        var area = new PixelRect(0, Width, height, header.Height);
        plot.Render(canvas, area);
        PngLayers.Write(canvas, plot, drawing);
        // Last, because ScottPlot wipes the whole canvas first.
        using var paper = new SKPaint { Color = SKColor.Parse(Inks.Paper) };
        canvas.DrawRect(0, 0, Width, header.Height, paper);
        header.Draw(canvas, Edge, Edge);
        return PngFile.Write(surface);
    }

    /// <summary>ScottPlot draws on linear axes that grow upward; logarithms and rows from the top are turned into that.</summary>
    public static double Across(Drawing drawing, double x) => drawing.X.Log ? Logarithm(x, drawing.X) : x;

    public static double Up(Drawing drawing, double y) =>
        drawing.Y.Log ? Logarithm(y, drawing.Y) : drawing.Y.High < drawing.Y.Low ? -y : y;

    /// <summary>Zero, where a bar stands, lies below every logarithmic axis.</summary>
    private static double Logarithm(double value, Scale scale) => Math.Log10(Math.Max(value, scale.Low / 10));

    private static void SetUp(Plot plot, Drawing drawing)
    {
        plot.FigureBackground.Color = Color.FromHex(Inks.Paper);
        plot.DataBackground.Color = Color.FromHex(Inks.Paper);
        plot.Font.Set(Typefaces.Name);
        plot.Axes.SetLimits(
            Across(drawing, drawing.X.Low), Across(drawing, drawing.X.High),
            Up(drawing, drawing.Y.Low), Up(drawing, drawing.Y.High));
        Axis(plot.Axes.Bottom, drawing.X, x => Across(drawing, x));
        Axis(plot.Axes.Left, drawing.Y, y => Up(drawing, y));
        plot.Axes.Right.FrameLineStyle.Width = 0;
        plot.Axes.Top.FrameLineStyle.Width = 0;
        plot.Grid.XAxisStyle.IsVisible = drawing.X.Grid;
        plot.Grid.YAxisStyle.IsVisible = drawing.Y.Grid;
        plot.Grid.MajorLineColor = Color.FromHex(Inks.Middle).WithAlpha(0.25);
        plot.Legend.IsVisible = false;
    }

    private static void Axis(IAxis axis, Scale scale, Func<double, double> place)
    {
        axis.FrameLineStyle.Color = Color.FromHex(Inks.Middle);
        axis.FrameLineStyle.Width = scale.Grid ? 1 : 0;
        axis.MajorTickStyle.Color = Color.FromHex(Inks.Middle);
        axis.MinorTickStyle.Length = 0;
        axis.TickLabelStyle.FontName = Typefaces.Name;
        axis.TickLabelStyle.FontSize = 11;
        axis.TickLabelStyle.ForeColor = Color.FromHex(Inks.Text);
        if (!scale.Grid)
        {
            axis.MajorTickStyle.Length = 0;
        }

        if (axis is ScottPlot.AxisPanels.AxisBase panel)
        {
            panel.LabelText = scale.Title;
            panel.LabelFontName = Typefaces.Name;
            panel.LabelFontSize = 12;
            panel.LabelBold = false;
            panel.LabelFontColor = Color.FromHex(Inks.Text);
        }

        axis.TickGenerator = scale.Ticks is { } ticks
            ? new ScottPlot.TickGenerators.NumericManual(ticks.Select(tick => place(tick.At)).ToArray(), ticks.Select(tick => tick.Text).ToArray())
            : new ScottPlot.TickGenerators.NumericAutomatic
            {
                TickDensity = 0.5,
                LabelFormatter = value => value.ToString("#,0.######", System.Globalization.CultureInfo.InvariantCulture),
            };
    }
}
