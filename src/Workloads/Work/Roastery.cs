using System.Security.Cryptography;

namespace ConcurrencyLab;

/// <summary>A roasted download.</summary>
/// <param name="Size">Bytes downloaded.</param>
/// <param name="Packed">Bytes after compression.</param>
/// <param name="Sha256">The SHA-256 of the compressed bytes in hexadecimal.</param>
public sealed record Roast(int Size, int Packed, string Sha256);

/// <summary>
/// Work that mixes waiting and computing: beans are downloaded from the coffee shop (waiting), then roasted (compressed with
/// Brotli and hashed: computing). Both stages are also there by themselves, for a pipeline.
/// <code>
/// var roastery = new Roastery(shop);
/// roastery.FetchAndRoast(order)                       // holds its thread for both
/// await roastery.FetchAndRoastAsync(order)            // holds a thread for the roasting only
/// roastery.Roast(await roastery.FetchAsync(order))    // in two stages
/// </code>
/// </summary>
/// <param name="shop">Where to download; its settings say how long that takes and how large it is (20 ms, 64 KB: set with <see cref="CoffeeShop.With"/>).</param>
/// <param name="quality">Brotli's effort, 0 to 11: how long a roast takes; 64 KB at quality 9 take some 10 ms.</param>
public sealed class Roastery(CoffeeShop shop, int quality = 9)
{
    private readonly int _quality = quality.Within(0, 11, "Brotli's quality is 0 to 11.");

    /// <summary>The first stage: waits for a download, holding no thread.</summary>
    /// <exception cref="HttpRequestException">The download went wrong.</exception>
    public Task<byte[]> FetchAsync(int order) => shop.BeansAsync(order);

    /// <summary>The second stage: computes.</summary>
    public Roast Roast(byte[] beans)
    {
        ArgumentNullException.ThrowIfNull(beans);
        var packed = Compression.Pack(beans, _quality);
        return new Roast(beans.Length, packed.Length, Convert.ToHexStringLower(SHA256.HashData(packed)));
    }

    /// <summary>Both stages, holding the calling thread all the while.</summary>
    public Roast FetchAndRoast(int order)
    {
        using var span = Spans.Item(order);
        return Roast(shop.Beans(order));
    }

    /// <summary>Both stages; the roasting runs on whichever thread the download comes back to.</summary>
    public Task<Roast> FetchAndRoastAsync(int order) => Spans.ItemAsync(order, async order => Roast(await FetchAsync(order)));
}
