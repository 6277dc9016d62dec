using System.IO.Compression;
using System.Security.Cryptography;

namespace ConcurrencyLab.Tests;

public sealed class CodecTests
{
    [Fact]
    public void Text_is_the_same_in_every_version()
    {
        var text = SeededText.Bytes(seed: 1, item: 2, length: 5_000);
        Assert.Equal(5_000, text.Length);
        Assert.Equal("7c8a72d075a340dbe9e613c5eeea9b16bf857a605a2c2a568585b1e6441e72c0", Convert.ToHexStringLower(SHA256.HashData(text)));
        Assert.NotEqual(text, SeededText.Bytes(2, 2, 5_000));
        Assert.NotEqual(text, SeededText.Bytes(1, 3, 5_000));
        Assert.Empty(SeededText.Bytes(1, 1, 0));
    }

    [Fact]
    public void What_is_compressed_comes_back()
    {
        var texts = new Compression(kilobytes: 32, quality: 5);
        var packed = Compression.Pack(texts.Text(3), quality: 5);
        using var unpacked = new MemoryStream();
        using (var brotli = new BrotliStream(new MemoryStream(packed), CompressionMode.Decompress)) brotli.CopyTo(unpacked);

        Assert.Equal(texts.Text(3), unpacked.ToArray());
        Assert.InRange(packed.Length, 1, 16 * 1024);
        Assert.Equal(new Compressed(3, 32 * 1024, packed.Length, Convert.ToHexStringLower(SHA256.HashData(packed))), texts.Compress(3));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Compression(quality: 12));
    }

    [Fact]
    public void Sealed_messages_are_the_same_in_every_order_and_version_and_differ_from_item_to_item()
    {
        var safe = new Encryption(megabytes: 1);
        var sealedOnes = Enumerable.Range(1, 5).Select(safe.Seal).ToArray();
        Assert.Equal(sealedOnes, Enumerable.Range(1, 5).AsParallel().AsOrdered().Select(safe.Seal).ToArray());
        Assert.Equal(5, sealedOnes.Select(message => message.Tags).Distinct().Count());
        Assert.All(sealedOnes, message => Assert.Equal(1024 * 1024, message.Length));
        Assert.Equal("2cc53975095c3cb1280a4e218f43f4f313379440640a558c2e", sealedOnes[0].Tags[..50]);
        Assert.NotEqual(sealedOnes[0], new Encryption(megabytes: 1, seed: 2).Seal(1));
    }
}
