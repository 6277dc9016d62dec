using ScottPlot;
using SkiaSharp;

namespace ConcurrencyLab.Charting;

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
        using var surface = SKSurface.Create(new SKImageInfo(Width * Density, Height(drawing) * Density, SKColorType.Rgba8888, SKAlphaType.Opaque));
        surface.Canvas.Scale(Density);
        Draw(surface.Canvas, drawing);
        return PngFile.Write(surface);
    }

    /// <summary>The picture's height in CSS pixels.</summary>
    public static int Height(Drawing drawing) => (int)Math.Ceiling(
        PngHeader.Of(drawing, Width - 2 * Edge).Height + drawing.PlotHeight + PngAxes.Below(drawing) + PngLegend.Of(drawing, Width - 2 * Edge).Height + 6);

    /// <summary>Draws on any canvas whose unit is a CSS pixel.</summary>
    internal static void Draw(SKCanvas canvas, Drawing drawing)
    {
        Typefaces.Register();
        var (header, legend) = (PngHeader.Of(drawing, Width - 2 * Edge), PngLegend.Of(drawing, Width - 2 * Edge));
        var bottom = Height(drawing) - legend.Height - 2;
        using var plot = new Plot();
        SetUp(plot, drawing);
        PngAxes.SetUp(plot, drawing, Width, Edge);
        PngLayers.Add(plot, drawing);
        plot.Render(canvas, new PixelRect(0, Width, bottom, header.Height));
        var area = plot.RenderManager.LastRender.DataRect;
        PngAxes.Write(canvas, drawing, area, Edge);
        PngLayers.Write(canvas, plot, drawing);
        // Last, because ScottPlot wipes the whole canvas first.
        using var paper = new SKPaint { Color = SKColor.Parse(Inks.Paper) };
        canvas.DrawRect(0, 0, Width, header.Height, paper);
        canvas.DrawRect(0, bottom, Width, Height(drawing) - bottom, paper);
        header.Draw(canvas, Edge, Edge);
        legend.Draw(canvas, Edge, bottom);
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
        plot.Axes.Right.FrameLineStyle.Width = 0;
        plot.Axes.Top.FrameLineStyle.Width = 0;
        plot.Grid.XAxisStyle.IsVisible = drawing.X.Grid;
        plot.Grid.YAxisStyle.IsVisible = drawing.Y.Grid;
        plot.Grid.MajorLineColor = Color.FromHex(Inks.Middle).WithAlpha(0.25);
        plot.Legend.IsVisible = false;
    }
}
