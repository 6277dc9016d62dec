using SkiaSharp;

namespace ConcurrencyLab.Tests.ChartTests;

/// <summary>The picture shows what the chart holds, in its colours and with its words.</summary>
public class PngTests
{
    [Fact]
    public void The_picture_is_1400_pixels_wide_and_its_bars_are_as_long_as_the_times()
    {
        using var picture = SKBitmap.Decode(Known.Three().Timings.Png.ToArray());

        Assert.Equal(1400, picture.Width);
        var (sequential, async, processes) = (Longest(picture, "#6E6E6E"), Longest(picture, "#0072B2"), Longest(picture, "#D55E00"));
        // The error bar lies across a bar's end and hides some pixels of it.
        Assert.Equal(2, processes / (double)sequential, 0.15);
        Assert.InRange(async / (double)sequential, 0.06, 0.14);
        Assert.InRange(processes, 1000, 1400);
    }

    [Fact]
    public void Every_chart_is_white_paper_with_dark_words()
    {
        var comparison = Known.Three();
        Figure[] figures =
        [
            comparison.Timings, comparison.Timelines, Known.Scaling(2, 1, 2, 4).SpeedUp,
            Charts.CpuMap(comparison), Charts.Ticks("Ticks", ("a", [Known.Ms(1), Known.Ms(9)])),
            Charts.Bars("Bars", "bytes", ("a", 5)), new Timeline("none", TimeSpan.Zero, [], [], []).Figure,
        ];

        Assert.All(figures, figure =>
        {
            using var picture = SKBitmap.Decode(figure.Png.ToArray());
            Assert.Equal(SKColors.White, picture.GetPixel(2, 2));
            Assert.Equal(SKColors.White, picture.GetPixel(picture.Width - 3, picture.Height - 3));
            // The title stands in the upper left.
            Assert.InRange(Dark(picture, new SKRectI(20, 20, 700, 70)), 200, 20_000);
            Assert.InRange(figure.Png.Length, 3000, 60 * 1024);
        });
    }

    [Fact]
    public void The_font_comes_with_the_library_and_has_every_sign_that_charts_use()
    {
        Assert.Equal("Open Sans", Typefaces.Regular.FamilyName);
        Assert.True(Typefaces.Bold.IsBold);
        Assert.All([Typefaces.Regular, Typefaces.Bold], face =>
            Assert.True(face.ContainsGlyphs("0123456789 abcxyz ÄÖÜßéñçøłőČ ΑΩλ Жя ×·−–…≈≤≥µ±% \"'()/")));
    }

    [Fact]
    public void A_title_in_another_script_does_not_fail()
    {
        var figure = (Known.Three() with { Title = "四十杯咖啡 ☕" }).Timings;

        using var picture = SKBitmap.Decode(figure.Png.ToArray());
        Assert.Equal(1400, picture.Width);
    }

    [Fact]
    public void More_colours_than_a_palette_holds_are_kept_as_near_as_it_goes()
    {
        using var surface = SKSurface.Create(new SKImageInfo(512, 16, SKColorType.Rgba8888, SKAlphaType.Opaque));
        for (var x = 0; x < 512; x++)
        {
            using var paint = new SKPaint { Color = new SKColor((byte)(x / 2), (byte)(255 - x / 2), (byte)(x % 2 * 9)) };
            surface.Canvas.DrawRect(x, 0, 1, 16, paint);
        }

        using var picture = SKBitmap.Decode(PngFile.Write(surface));
        for (var x = 0; x < 512; x++)
        {
            var color = picture.GetPixel(x, 8);
            Assert.InRange(Math.Abs(color.Red - x / 2) + Math.Abs(color.Green - (255 - x / 2)) + Math.Abs(color.Blue - x % 2 * 9), 0, 12);
        }
    }

    private static int Dark(SKBitmap picture, SKRectI box)
    {
        var dark = 0;
        for (var y = box.Top; y < Math.Min(box.Bottom, picture.Height); y++)
        {
            for (var x = box.Left; x < box.Right; x++)
            {
                dark += picture.GetPixel(x, y).Red < 100 ? 1 : 0;
            }
        }

        return dark;
    }

    /// <summary>The longest stretch of one colour in any row of pixels.</summary>
    private static int Longest(SKBitmap picture, string color)
    {
        var wanted = SKColor.Parse(color);
        var longest = 0;
        for (var y = 0; y < picture.Height; y++)
        {
            var length = 0;
            for (var x = 0; x < picture.Width; x++)
            {
                length = picture.GetPixel(x, y) == wanted ? length + 1 : 0;
                longest = Math.Max(longest, length);
            }
        }

        return longest;
    }
}
