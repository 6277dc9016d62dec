using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace ConcurrencyLab;

/// <summary>An encrypted message.</summary>
/// <param name="Item">The item.</param>
/// <param name="Length">The size of the message in bytes.</param>
/// <param name="Tags">The SHA-256 over the authentication tags of its records, in hexadecimal: a fingerprint of every byte.</param>
public sealed record Sealed(int Item, long Length, string Tags);

/// <summary>
/// Work that computes: encrypting messages with AES-256-GCM (NIST SP 800-38D), in records of 16 KiB as TLS does. What limits
/// it is the processor's AES unit and its memory.
/// <code>var safe = new Encryption(); Enumerable.Range(1, 20).Select(safe.Seal)</code>
/// <b>Not for secrets:</b> key and nonces follow from the seed so that every run gives the same answer. Real code takes a
/// random key and never uses a nonce twice.
/// </summary>
/// <param name="megabytes">The size of a message in units of 1024² bytes; 16 take some 10 ms. The cost grows with it in proportion.</param>
/// <param name="seed">Chooses messages, key and nonces.</param>
public sealed class Encryption(int megabytes = 16, int seed = 1)
{
    private const int RecordLength = 16 * 1024;
    private const int NonceLength = 12, TagLength = 16;

    private readonly int _records = megabytes.Within(1, 100_000, "a message has 1 to 100,000 megabytes.") * (1024 * 1024 / RecordLength);
    private readonly byte[] _key = SHA256.HashData(Encoding.UTF8.GetBytes($"key of seed {seed}"));

    /// <summary>Encrypts the message of that number, record by record.</summary>
    public Sealed Seal(int item)
    {
        using var span = Spans.Item(item);
        var plain = SeededText.Bytes(seed, item, RecordLength);
        var cipher = new byte[RecordLength];
        Span<byte> tag = stackalloc byte[TagLength];
        Span<byte> nonce = stackalloc byte[NonceLength];
        using var aes = new AesGcm(_key, TagLength);
        using var tags = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        BinaryPrimitives.WriteInt32BigEndian(nonce, item);
        for (var record = 0; record < _records; record++)
        {
            // Every record has a nonce of its own: item and number. Reproducible, and therefore not for secrets.
            BinaryPrimitives.WriteInt64BigEndian(nonce[4..], record);
            aes.Encrypt(nonce, plain, cipher, tag);
            tags.AppendData(tag);
        }
        return new Sealed(item, (long)_records * RecordLength, Convert.ToHexStringLower(tags.GetHashAndReset()));
    }
}
