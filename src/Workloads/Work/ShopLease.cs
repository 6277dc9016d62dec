namespace ConcurrencyLab;

/// <summary>
/// The one shop of this process, shared by everyone who holds a lease: opened with the first, reopened when it has died,
/// closed with the last.
/// </summary>
internal sealed class ShopLease : IDisposable
{
    private static readonly Lock Gate = new();
    private static ShopProcess? s_shop;
    private static int s_leases;

    private readonly string? _address;
    private bool _ended;

    private ShopLease(string? address) => _address = address;

    /// <summary>A lease on this process's shop, which is open when this returns.</summary>
    public static ShopLease Take()
    {
        lock (Gate)
        {
            var lease = new ShopLease(null);
            s_leases++;
            try
            {
                lease.Address();
                return lease;
            }
            catch
            {
                lease.Dispose();
                throw;
            }
        }
    }

    /// <summary>A lease on a shop that somebody else runs and closes.</summary>
    public static ShopLease On(string address) => new(address);

    /// <summary>Where to order. Opens the shop again when it has died.</summary>
    public string Address()
    {
        if (_address is not null) return _address;
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _ended), typeof(CoffeeShop));
        // Taken for every order: nothing may be waited for while the shop is well.
        if (Volatile.Read(ref s_shop) is { IsAlive: true } open) return open.Address;
        lock (Gate)
        {
            ObjectDisposedException.ThrowIf(_ended, typeof(CoffeeShop));
            if (s_shop is { IsAlive: true } reopened) return reopened.Address;
            s_shop?.Dispose();
            s_shop = null;
            s_shop = ShopProcess.Start();
            return s_shop.Address;
        }
    }

    /// <summary>Whether the shop at this address is gone, so that an order that failed there may be placed again.</summary>
    /// <param name="address">Where the order failed.</param>
    /// <param name="patience">How long to wait for it to be gone: its connections break a moment before its process ends.</param>
    public bool HasMovedFrom(string address, TimeSpan patience)
        => Find(address, out var shop) ?? shop!.Ended.Wait(patience);

    /// <inheritdoc cref="HasMovedFrom"/>
    public async Task<bool> HasMovedFromAsync(string address, TimeSpan patience)
        => Find(address, out var shop) ?? await Task.WhenAny(shop!.Ended, Task.Delay(patience)) == shop.Ended;

    // Null: still the same shop, and not known to be gone.
    private bool? Find(string address, out ShopProcess? shop)
    {
        shop = Volatile.Read(ref s_shop);
        if (_address is not null || Volatile.Read(ref _ended)) return false;
        return shop is null || shop.Address != address || !shop.IsAlive ? true : null;
    }

    /// <summary>The number of the shop's process, or null when somebody else runs it or it is not open.</summary>
    public int? ProcessId => _address is null ? Volatile.Read(ref s_shop)?.Id : null;

    public void Dispose()
    {
        lock (Gate)
        {
            if (_ended || _address is not null) return;
            _ended = true;
            if (--s_leases > 0) return;
            s_shop?.Dispose();
            s_shop = null;
        }
    }
}
