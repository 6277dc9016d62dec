using System.Runtime.InteropServices;
using System.Security.Cryptography;
using SkiaSharp;

namespace ConcurrencyLab.Tests;

public sealed class PictureTests
{
    private static Picture Plain(int width, int height, Func<int, int, uint> colour)
        => new(width, height, [.. Enumerable.Range(0, width * height).Select(index => colour(index % width, index / width))]);

    [Fact]
    public void The_picture_of_beans_is_the_same_on_every_machine()
    {
        var picture = Picture.Beans(200, 150);
        Assert.Equal("17475ffa21ed5670fd7d042155e43df636a4eb739c3b3232930ae3132ca8dee5", Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(picture.Pixels))));
        Assert.Equal(picture, Picture.Beans(200, 150));
        Assert.NotEqual(picture, Picture.Beans(200, 150, seed: 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => Picture.Beans(0, 5));
    }

    [Theory]
    [InlineData(1, 1, 64)]
    [InlineData(130, 70, 64)]
    [InlineData(128, 64, 64)]
    [InlineData(10, 10, 3)]
    public void Tiles_cover_every_pixel_once(int width, int height, int size)
    {
        var covered = new int[width * height];
        foreach (var tile in Plain(width, height, (_, _) => 0).Tiles(size))
            for (var y = tile.Y; y < tile.Y + tile.Height; y++)
                for (var x = tile.X; x < tile.X + tile.Width; x++)
                    covered[y * width + x]++;
        Assert.All(covered, times => Assert.Equal(1, times));
    }

    [Fact]
    public void Png_shows_exactly_the_pixels()
    {
        var picture = Picture.Beans(61, 37);
        using var decoded = SKBitmap.Decode(picture.ToPng());
        Assert.Equal((61, 37), (decoded.Width, decoded.Height));
        for (var y = 0; y < 37; y++)
            for (var x = 0; x < 61; x++)
                Assert.Equal(picture[x, y], (uint)decoded.GetPixel(x, y));
    }

    [Fact]
    public void Blurring_tile_by_tile_is_a_gaussian()
    {
        const int Radius = 10;
        var picture = Picture.Beans(90, 50);
        var blurred = picture.With(picture.Tiles(32).AsParallel().Select(picture.Blur));
        // The independent reference: rows, then columns, in double precision.
        double[] weights = [.. Enumerable.Range(-Radius, 2 * Radius + 1).Select(d => Math.Exp(-d * d / (2 * (Radius / 2.0) * (Radius / 2.0))))];
        var sum = weights.Sum();
        double Channel(int x, int y, int shift) => picture[Math.Clamp(x, 0, 89), Math.Clamp(y, 0, 49)] >> shift & 255;
        for (var y = 0; y < 50; y += 7)
        {
            for (var x = 0; x < 90; x += 2)
            {
                foreach (var shift in (int[])[16, 8, 0])
                {
                    double expected = 0;
                    for (var dy = -Radius; dy <= Radius; dy++)
                    {
                        double row = 0;
                        for (var dx = -Radius; dx <= Radius; dx++) row += weights[dx + Radius] * Channel(x + dx, y + dy, shift);
                        expected += weights[dy + Radius] * row;
                    }
                    Assert.Equal(expected / sum / sum, blurred[x, y] >> shift & 255, 0.51);
                }
            }
        }
    }

    [Fact]
    public void A_plain_colour_stays_when_blurred()
    {
        var plain = Plain(20, 20, (_, _) => 0xFF336699);
        Assert.Equal(plain, plain.With(plain.Tiles(7).Select(plain.Blur)));
    }
}
