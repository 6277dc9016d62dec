using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace ConcurrencyLab;

/// <summary>An encrypted message.</summary>
/// <param name="Item">The item.</param>
/// <param name="Length">The size of the message in bytes.</param>
/// <param name="Tags">The SHA-256 over the authentication tags of its records, in hexadecimal: a fingerprint of every byte.</param>
public sealed record Sealed(int Item, long Length, string Tags);

/// <summary>A key derived from a password.</summary>
/// <param name="Item">The item.</param>
/// <param name="Key">256 bits in hexadecimal.</param>
public sealed record DerivedKey(int Item, string Key);

/// <summary>
/// Work that computes: encrypting messages with AES-256-GCM (NIST SP 800-38D), in records of 16 KiB as TLS does, and deriving
/// keys from passwords with PBKDF2 (RFC 8018), which is slow by design.
/// <code>
/// var safe = new Encryption();
/// safe.Messages(20).Select(safe.Seal)      // limited by the processor's AES unit and its memory
/// safe.Messages(20).Select(safe.DeriveKey) // limited by arithmetic alone
/// </code>
/// <b>Not for secrets:</b> key, nonces and salts follow from the seed so that every run gives the same answer. Real code takes a
/// random key, never uses a nonce twice, and a random salt for each password.
/// </summary>
/// <param name="megabytes">The size of a message in units of 1024² bytes; 16 take some 10 ms. The cost grows with it in proportion.</param>
/// <param name="iterations">Rounds of PBKDF2; 50,000 take some 20 ms. The cost grows with it in proportion. (Real code: 600,000 or more.)</param>
/// <param name="seed">Chooses messages, key, nonces, passwords and salts.</param>
public sealed class Encryption(int megabytes = 16, int iterations = 50_000, int seed = 1)
{
    private const int RecordLength = 16 * 1024;
    private const int NonceLength = 12, TagLength = 16, KeyLength = 32;

    private readonly int _records = megabytes is > 0 and <= 100_000
        ? megabytes * (1024 * 1024 / RecordLength)
        : throw new ArgumentOutOfRangeException(nameof(megabytes), megabytes, "a message has 1 to 100,000 megabytes.");

    private readonly int _iterations = iterations > 0
        ? iterations
        : throw new ArgumentOutOfRangeException(nameof(iterations), iterations, "PBKDF2 takes at least one iteration.");

    private readonly byte[] _key = SHA256.HashData(Encoding.UTF8.GetBytes($"key of seed {seed}"));

    /// <summary>The messages 1 to <paramref name="count"/>: the items to work on.</summary>
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Performance", "CA1822", Justification = "Read as safe.Messages(20).")]
    public IReadOnlyList<int> Messages(int count) => [.. Enumerable.Range(1, count)];

    /// <summary>Encrypts the message of an item, record by record.</summary>
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

    /// <summary>Derives a key from the password of an item.</summary>
    public DerivedKey DeriveKey(int item)
    {
        using var span = Spans.Item(item);
        var key = Pbkdf2(Encoding.UTF8.GetBytes($"password {item}"), Encoding.UTF8.GetBytes($"salt {seed}/{item}"), _iterations, KeyLength);
        return new DerivedKey(item, Convert.ToHexStringLower(key));
    }

    /// <summary>PBKDF2 with HMAC-SHA-256.</summary>
    /// <param name="password">Any bytes.</param>
    /// <param name="salt">Any bytes.</param>
    /// <param name="iterations">At least 1.</param>
    /// <param name="length">Bytes wanted.</param>
    public static byte[] Pbkdf2(byte[] password, byte[] salt, int iterations, int length)
        => Rfc2898DeriveBytes.Pbkdf2(password, salt, iterations, HashAlgorithmName.SHA256, length);

    /// <summary>AES-GCM: the encrypted bytes followed by the 16 bytes of the tag.</summary>
    /// <param name="key">16, 24 or 32 bytes.</param>
    /// <param name="nonce">12 bytes, never used twice with one key.</param>
    /// <param name="plain">What to encrypt.</param>
    /// <param name="associated">Bytes that are authenticated but not encrypted.</param>
    public static byte[] Encrypt(byte[] key, byte[] nonce, byte[] plain, byte[] associated)
    {
        var sealedBytes = new byte[plain.Length + TagLength];
        using var aes = new AesGcm(key, TagLength);
        aes.Encrypt(nonce, plain, sealedBytes.AsSpan(0, plain.Length), sealedBytes.AsSpan(plain.Length), associated);
        return sealedBytes;
    }

    /// <summary>What <see cref="Encrypt"/> was given.</summary>
    /// <exception cref="AuthenticationTagMismatchException">Somebody changed the bytes, or key, nonce or associated bytes are others.</exception>
    public static byte[] Decrypt(byte[] key, byte[] nonce, byte[] sealedBytes, byte[] associated)
    {
        var plain = new byte[sealedBytes.Length - TagLength];
        using var aes = new AesGcm(key, TagLength);
        aes.Decrypt(nonce, sealedBytes.AsSpan(0, plain.Length), sealedBytes.AsSpan(plain.Length), plain, associated);
        return plain;
    }
}
