using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
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
        var places = palette.Index().ToDictionary(entry => entry.Item, entry => (byte)entry.Index);
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

    private static byte Nearest(uint color, uint[] palette) => (byte)palette.Index().MinBy(entry => Distance(color, entry.Item)).Index;

    /// <summary>The square of how far two colours are apart.</summary>
    private static int Distance(uint first, uint second)
    {
        var (red, green, blue) = ((byte)first - (byte)second, (byte)(first >> 8) - (byte)(second >> 8), (byte)(first >> 16) - (byte)(second >> 16));
        return red * red + green * green + blue * blue;
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
        var check = new Crc32();
        check.Append(type);
        check.Append(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, check.GetCurrentHashAsUInt32());
        file.Write(number);
    }
}
