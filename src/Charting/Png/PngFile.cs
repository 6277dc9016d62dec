using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;
using SkiaSharp;

namespace ConcurrencyLab.Charting;

/// <summary>
/// Pixels as a small PNG file: charts are committed in notebooks, where every kilobyte counts. Skia writes true colour only;
/// a chart has a handful of colours and the blends at their edges, so one byte a pixel says the same in a third of the size.
/// Format: Portable Network Graphics, third edition (W3C, 2025).
/// </summary>
internal static class PngFile
{
    private const int MostColors = 256;

    public static byte[] Write(SKSurface surface)
    {
        using var image = surface.Snapshot();
        using var pixels = image.PeekPixels() ?? throw new InvalidOperationException("The picture's pixels cannot be read.");
        var colors = MemoryMarshal.Cast<byte, uint>(pixels.GetPixelSpan());
        var palette = Palette(colors);
        var indexed = Index(colors, palette);

        using var file = new MemoryStream();
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, pixels.Width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], pixels.Height);
        // Eight bits a pixel, an index into the palette.
        (header[8], header[9]) = (8, 3);
        Chunk(file, "IHDR"u8, header);
        Chunk(file, "PLTE"u8, palette.SelectMany(color => new[] { (byte)color, (byte)(color >> 8), (byte)(color >> 16) }).ToArray());
        Chunk(file, "IDAT"u8, Deflate(indexed, pixels.Width));
        Chunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    /// <summary>The most frequent colours; the rare blends at edges take the nearest of them.</summary>
    private static uint[] Palette(ReadOnlySpan<uint> colors)
    {
        var counts = new Dictionary<uint, int>();
        foreach (var color in colors)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(counts, color, out _)++;
        }

        return [.. counts.OrderByDescending(entry => entry.Value).ThenBy(entry => entry.Key).Take(MostColors).Select(entry => entry.Key)];
    }

    private static byte[] Index(ReadOnlySpan<uint> colors, uint[] palette)
    {
        var places = new Dictionary<uint, byte>();
        foreach (var (place, color) in palette.Index())
        {
            places[color] = (byte)place;
        }

        var indexed = new byte[colors.Length];
        for (var i = 0; i < colors.Length; i++)
        {
            if (!places.TryGetValue(colors[i], out indexed[i]))
            {
                places[colors[i]] = indexed[i] = Nearest(colors[i], palette);
            }
        }

        return indexed;
    }

    private static byte Nearest(uint color, uint[] palette)
    {
        var (best, distance) = (0, int.MaxValue);
        for (var i = 0; i < palette.Length; i++)
        {
            var red = (int)(byte)color - (byte)palette[i];
            var green = (int)(byte)(color >> 8) - (byte)(palette[i] >> 8);
            var blue = (int)(byte)(color >> 16) - (byte)(palette[i] >> 16);
            var square = red * red + green * green + blue * blue;
            if (square < distance)
            {
                (best, distance) = (i, square);
            }
        }

        return (byte)best;
    }

    private static byte[] Deflate(byte[] indexed, int width)
    {
        using var compressed = new MemoryStream();
        using (var deflate = new ZLibStream(compressed, CompressionLevel.SmallestSize))
        {
            for (var row = 0; row < indexed.Length; row += width)
            {
                // No filter: neighbouring indices are no gradient.
                deflate.WriteByte(0);
                deflate.Write(indexed, row, width);
            }
        }

        return compressed.ToArray();
    }

    private static void Chunk(Stream file, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        file.Write(type);
        file.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, ~Check(Check(uint.MaxValue, type), data));
        file.Write(number);
    }

    /// <summary>CRC-32 as PNG wants it, bit by bit: the files are small.</summary>
    private static uint Check(uint crc, ReadOnlySpan<byte> data)
    {
        foreach (var value in data)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? 0xEDB88320 ^ (crc >> 1) : crc >> 1;
            }
        }

        return crc;
    }
}
