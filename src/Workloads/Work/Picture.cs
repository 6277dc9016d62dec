using System.Runtime.InteropServices;
using SkiaSharp;

namespace ConcurrencyLab;

/// <summary>
/// A picture of opaque colours that never changes. Filters (<see cref="PictureFilters"/>) work on it tile by tile.
/// <code>
/// var picture = Picture.Beans();
/// picture.With(picture.Tiles().Select(picture.Blur))
/// </code>
/// </summary>
[TypeFormatterSource(MimeTypes.Png, MimeTypes.Plain)]
public sealed class Picture : IEquatable<Picture>, IMimeBundle
{
    private readonly uint[] _pixels;

    internal Picture(int width, int height, uint[] owned) => (Width, Height, _pixels) = (width, height, owned);

    /// <summary>Pixels from left to right.</summary>
    public int Width { get; }

    /// <summary>Pixels from top to bottom.</summary>
    public int Height { get; }

    /// <summary>All pixels, row by row from the top left, as 0xFFRRGGBB.</summary>
    public ReadOnlySpan<uint> Pixels => _pixels;

    /// <summary>The colour at a place inside the picture, as 0xFFRRGGBB.</summary>
    public uint this[int x, int y] => _pixels[y * Width + x];

    /// <summary>A made-up photograph: coffee beans on a table. Integer arithmetic alone, so it is the same on every machine.</summary>
    /// <param name="width">Pixels, at least 1.</param>
    /// <param name="height">Pixels, at least 1.</param>
    /// <param name="seed">Chooses where the beans lie.</param>
    public static Picture Beans(int width = 640, int height = 448, int seed = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        var pixels = new uint[checked(width * height)];
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
                pixels[y * width + x] = Colour(235 - 60 * y / height, 215 - 70 * y / height, 190 - 40 * x / width);

        var random = new SplitMix64(seed, 0);
        var size = Math.Max(2, Math.Min(width, height) / 14);
        for (var bean = 0; bean < 90; bean++)
        {
            int left = random.Next(width), top = random.Next(height), brown = random.Next(60), tilt = random.Next(3) - 1;
            int wide = size / 2 + random.Next(size), tall = wide * 2 / 3 + 1;
            for (var dy = -tall; dy <= tall; dy++)
            {
                for (var dx = -wide; dx <= wide; dx++)
                {
                    int x = left + dx, y = top + dy + tilt * dx / 3;
                    if (x < 0 || y < 0 || x >= width || y >= height) continue;
                    var edge = (long)dx * dx * tall * tall + (long)dy * dy * wide * wide;
                    var rim = (long)wide * wide * tall * tall;
                    if (edge > rim) continue;
                    var shade = (int)(40 * edge / rim);
                    pixels[y * width + x] = Math.Abs(dy) * 8 <= tall ? Colour(40, 22, 12) : Colour(120 + brown - shade, 72 + brown / 2 - shade, 40);
                }
            }
        }
        return new Picture(width, height, pixels);
    }

    /// <summary>The tiles that cover the picture: the items to work on.</summary>
    /// <param name="size">Pixels of a tile's side; tiles at the right and the bottom may be smaller.</param>
    public IReadOnlyList<Tile> Tiles(int size = 64)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        var tiles = new List<Tile>();
        for (var y = 0; y < Height; y += size)
            for (var x = 0; x < Width; x += size)
                tiles.Add(new Tile(x, y, Math.Min(size, Width - x), Math.Min(size, Height - y)));
        return tiles;
    }

    /// <summary>This picture with the finished tiles laid over it.</summary>
    public Picture With(IEnumerable<Patch> patches)
    {
        ArgumentNullException.ThrowIfNull(patches);
        var pixels = (uint[])_pixels.Clone();
        foreach (var (tile, colours) in patches)
            for (var row = 0; row < tile.Height; row++)
                colours.Span.Slice(row * tile.Width, tile.Width).CopyTo(pixels.AsSpan((tile.Y + row) * Width + tile.X));
        return new Picture(Width, Height, pixels);
    }

    /// <summary>The picture as a PNG file's bytes.</summary>
    public byte[] ToPng()
    {
        // 0xFFRRGGBB lies in memory as B, G, R, A on every machine .NET runs on.
        var format = new SKImageInfo(Width, Height, SKColorType.Bgra8888, SKAlphaType.Opaque);
        using var image = SKImage.FromPixelCopy(format, MemoryMarshal.AsBytes(_pixels.AsSpan()));
        using var png = image.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }

    /// <inheritdoc/>
    public bool Equals(Picture? other) => other is not null && Width == other.Width && Pixels.SequenceEqual(other.Pixels);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Picture);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Width, Height, _pixels[_pixels.Length / 2]);

    /// <summary>The size.</summary>
    public override string ToString() => $"Picture {Width} × {Height}";

    string? IMimeBundle.Show(string mimeType) => mimeType switch
    {
        MimeTypes.Png => Convert.ToBase64String(ToPng()),
        MimeTypes.Plain => ToString(),
        _ => null,
    };

    internal static uint Colour(int red, int green, int blue)
        => 0xFF000000 | (uint)Math.Clamp(red, 0, 255) << 16 | (uint)Math.Clamp(green, 0, 255) << 8 | (uint)Math.Clamp(blue, 0, 255);
}

/// <summary>A part of a picture: an item to work on.</summary>
/// <param name="X">Left edge in pixels.</param>
/// <param name="Y">Top edge in pixels.</param>
/// <param name="Width">Pixels from left to right.</param>
/// <param name="Height">Pixels from top to bottom.</param>
public readonly record struct Tile(int X, int Y, int Width, int Height);

/// <summary>A finished tile.</summary>
/// <param name="Tile">Where it belongs.</param>
/// <param name="Colours">Its pixels row by row, as 0xFFRRGGBB.</param>
public sealed record Patch(Tile Tile, ValueList<uint> Colours);
