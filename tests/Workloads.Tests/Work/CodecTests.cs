using System.Security.Cryptography;
using System.Text;

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
        var text = texts.Text(3);
        var packed = Compression.Pack(text, 5);
        Assert.Equal(text, Compression.Unpack(packed));
        Assert.InRange(packed.Length, 1, text.Length / 2);
        Assert.Equal(new Compressed(3, 32 * 1024, packed.Length, Convert.ToHexStringLower(SHA256.HashData(packed))), texts.Compress(3));
        Assert.Empty(Compression.Unpack(Compression.Pack([])));
        Assert.Throws<InvalidDataException>(() => Compression.Unpack(packed.AsSpan(0, packed.Length / 2)));
        Assert.Throws<InvalidDataException>(() => Compression.Unpack(Encoding.ASCII.GetBytes("this is no Brotli")));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Compression(quality: 12));
    }

    [Fact]
    public void The_decoder_understands_the_example_of_another_encoder()
    {
        // An uncompressed meta-block (RFC 7932, section 9.2) written by hand: window 16, 4 bytes, then the empty last block.
        byte[] stream = [0x30, 0x00, 0x10, (byte)'b', (byte)'e', (byte)'a', (byte)'n', 0x03];
        Assert.Equal("bean", Encoding.ASCII.GetString(Compression.Unpack(stream)));
    }

    [Theory]
    [InlineData("passwd", "salt", 1, "55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc49ca9cccf179b645991664b39d77ef317c71b845b1e30bd509112041d3a19783")]
    [InlineData("Password", "NaCl", 80_000, "4ddcd8f60b98be21830cee5ef22701f9641a4418d04c0414aeff08876b34ab56a1d425a1225833549adb841b51c9b3176a272bdebba1d078478f62b397f33c8d")]
    public void Pbkdf2_gives_the_keys_of_rfc_7914_section_11(string password, string salt, int iterations, string key)
        => Assert.Equal(key, Convert.ToHexStringLower(Encryption.Pbkdf2(Encoding.UTF8.GetBytes(password), Encoding.UTF8.GetBytes(salt), iterations, 64)));

    [Fact]
    public void Aes_gcm_gives_test_case_4_of_its_specification()
    {
        // McGrew and Viega, The Galois/Counter Mode of Operation, appendix B.
        var key = Convert.FromHexString("feffe9928665731c6d6a8f9467308308");
        var nonce = Convert.FromHexString("cafebabefacedbaddecaf888");
        var associated = Convert.FromHexString("feedfacedeadbeeffeedfacedeadbeefabaddad2");
        var plain = Convert.FromHexString("d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39");
        var cipher = Encryption.Encrypt(key, nonce, plain, associated);
        Assert.Equal("42831ec2217774244b7221b784d0d49ce3aa212f2c02a4e035c17e2329aca12e21d514b25466931c7d8f6a5aac84aa051ba30b396a0aac973d58e091"
            + "5bc94fbc3221a5db94fae95ae7121a47", Convert.ToHexStringLower(cipher));
        Assert.Equal(plain, Encryption.Decrypt(key, nonce, cipher, associated));
        cipher[3] ^= 1;
        Assert.Throws<AuthenticationTagMismatchException>(() => Encryption.Decrypt(key, nonce, cipher, associated));
    }

    [Fact]
    public void Messages_and_keys_are_the_same_for_everybody_and_differ_from_item_to_item()
    {
        var safe = new Encryption(megabytes: 1, iterations: 500);
        var sealedOnes = safe.Messages(5).Select(safe.Seal).ToArray();
        Assert.Equal(sealedOnes, safe.Messages(5).AsParallel().AsOrdered().Select(safe.Seal).ToArray());
        Assert.Equal(5, sealedOnes.Select(message => message.Tags).Distinct().Count());
        Assert.All(sealedOnes, message => Assert.Equal(1024 * 1024, message.Length));
        var keys = safe.Messages(5).Select(safe.DeriveKey).ToArray();
        Assert.Equal(keys, safe.Messages(5).AsParallel().AsOrdered().Select(safe.DeriveKey).ToArray());
        Assert.Equal(5, keys.Select(key => key.Key).Distinct().Count());
        Assert.NotEqual(keys[0], new Encryption(1, 500, seed: 2).DeriveKey(1));
    }
}
