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
    public void A_title_in_another_script_does_not_fail()
    {
        var figure = (Known.Three() with { Title = "四十杯咖啡 ☕" }).Timings;

        using var picture = SKBitmap.Decode(figure.Png.ToArray());
        Assert.Equal(1400, picture.Width);
    }

    private static int Dark(SKBitmap picture, SKRectI box) => picture.Pixels.Index()
        .Count(pixel => box.Contains(pixel.Index % picture.Width, pixel.Index / picture.Width) && pixel.Item.Red < 100);

    /// <summary>The most pixels of one colour side by side.</summary>
    private static int Longest(SKBitmap picture, string color)
    {
        var wanted = SKColor.Parse(color);
        var (length, longest) = (0, 0);
        foreach (var pixel in picture.Pixels)
        {
            length = pixel == wanted ? length + 1 : 0;
            longest = Math.Max(longest, length);
        }

        return longest;
    }
}
