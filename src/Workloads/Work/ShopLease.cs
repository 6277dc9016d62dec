namespace ConcurrencyLab;

/// <summary>The right to order at a shop: at the shared one, or at one that somebody else runs.</summary>
internal sealed class ShopLease : IDisposable
{
    private readonly SharedShop? _shared;
    private readonly string? _address;
    private int _ended;

    /// <summary>A lease on a shared shop, which counts it.</summary>
    public ShopLease(SharedShop shared) => _shared = shared;

    /// <summary>A lease on a shop that somebody else runs and closes.</summary>
    public ShopLease(string address) => _address = address;

    /// <summary>The number of the shop's process, or null when somebody else runs it or it is not open.</summary>
    public int? ProcessId => _shared?.Current?.Id;

    /// <summary>Where to order. Opens the shop again when it has died.</summary>
    public string Address()
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _ended) != 0, typeof(CoffeeShop));
        return _address ?? _shared!.OpenShop().Address;
    }

    /// <inheritdoc cref="Address"/>
    public async ValueTask<string> AddressAsync()
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _ended) != 0, typeof(CoffeeShop));
        return _address ?? (await _shared!.OpenShopAsync()).Address;
    }

    /// <summary>Whether the shop at this address is gone, so that an order that failed there may be placed again.</summary>
    /// <param name="address">Where the order failed.</param>
    /// <param name="timeout">How long to wait for it to be gone: its connections break a moment before its process ends.</param>
    public bool HasMovedFrom(string address, TimeSpan timeout)
        => Find(address, out var shop) ?? shop!.EndsWithin(timeout);

    /// <inheritdoc cref="HasMovedFrom"/>
    public async Task<bool> HasMovedFromAsync(string address, TimeSpan timeout)
        => Find(address, out var shop) ?? await shop!.EndsWithinAsync(timeout);

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _ended, 1) == 0) _shared?.Return();
    }

    // Null: still the same shop, and not known to be gone.
    private bool? Find(string address, out ShopProcess? shop)
    {
        shop = _shared?.Current;
        if (_shared is null || Volatile.Read(ref _ended) != 0) return false;
        return shop is null || shop.Address != address || !shop.IsAlive ? true : null;
    }
}
