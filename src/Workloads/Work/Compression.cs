using System.IO.Compression;
using System.Security.Cryptography;

namespace ConcurrencyLab;

/// <summary>A compressed text.</summary>
/// <param name="Item">The item.</param>
/// <param name="Before">Its size in bytes.</param>
/// <param name="After">The size of the compressed text in bytes.</param>
/// <param name="Sha256">The SHA-256 of the compressed text in hexadecimal: two ways that agree on it agree on every byte.</param>
public sealed record Compressed(int Item, int Before, int After, string Sha256);

/// <summary>
/// Work that computes: texts compressed with Brotli (RFC 7932).
/// <code>var texts = new Compression(); texts.Texts(20).Select(texts.Compress)</code>
/// </summary>
/// <param name="kilobytes">The size of a text in units of 1024 bytes; the cost grows with it in proportion. 128 take some 10 ms at quality 6.</param>
/// <param name="quality">Brotli's effort, 0 to 11; from 10 on it is many times slower.</param>
/// <param name="seed">Chooses the texts.</param>
public sealed class Compression(int kilobytes = 128, int quality = 6, int seed = 1)
{
    private readonly int _length = kilobytes.Within(1, 1_000_000, "a text has 1 to 1,000,000 kilobytes.") * 1024;
    private readonly int _quality = quality.Within(0, 11, "Brotli's quality is 0 to 11.");

    /// <summary>The texts 1 to <paramref name="count"/>: the items to work on.</summary>
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Performance", "CA1822", Justification = "Read as texts.Texts(20).")]
    public IReadOnlyList<int> Texts(int count) => [.. Enumerable.Range(1, count)];

    /// <summary>The text of an item.</summary>
    public byte[] Text(int item) => SeededText.Bytes(seed, item, _length);

    /// <summary>Writes the text of an item and compresses it.</summary>
    public Compressed Compress(int item)
    {
        using var span = Spans.Item(item);
        var text = Text(item);
        var packed = Pack(text, _quality);
        return new Compressed(item, text.Length, packed.Length, Convert.ToHexStringLower(SHA256.HashData(packed)));
    }

    /// <summary>Compresses bytes with Brotli.</summary>
    /// <param name="bytes">What to compress.</param>
    /// <param name="quality">The effort, 0 to 11.</param>
    internal static byte[] Pack(ReadOnlySpan<byte> bytes, int quality)
    {
        const int Window = 22; // 4 MB, Brotli's usual
        var packed = new byte[BrotliEncoder.GetMaxCompressedLength(bytes.Length)];
        return BrotliEncoder.TryCompress(bytes, packed, out var length, quality, Window)
            ? packed[..length]
            : throw new InvalidOperationException("Brotli did not compress into the largest size it says it needs.");
    }
}
