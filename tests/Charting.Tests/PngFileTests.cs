using System.Buffers.Binary;
using System.IO.Hashing;
using SkiaSharp;

namespace ConcurrencyLab.Tests;

/// <summary>Pictures as small files.</summary>
public class PngFileTests
{
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

    /// <summary>Skia reads a file whose checksums are wrong; browsers do not.</summary>
    [Fact]
    public void Every_chunk_has_its_checksum()
    {
        using var surface = SKSurface.Create(new SKImageInfo(8, 8, SKColorType.Rgba8888, SKAlphaType.Opaque));
        ReadOnlySpan<byte> file = PngFile.Write(surface).AsSpan(8);
        var chunks = 0;
        for (; file.Length > 0; chunks++)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(file);
            Assert.Equal(Crc32.HashToUInt32(file[4..(8 + length)]), BinaryPrimitives.ReadUInt32BigEndian(file[(8 + length)..]));
            file = file[(12 + length)..];
        }

        Assert.Equal(4, chunks);
    }
}
