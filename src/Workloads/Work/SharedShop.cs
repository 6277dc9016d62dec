namespace ConcurrencyLab;

/// <summary>
/// One shop shared by everyone who holds a lease on it: opened with the first, opened again when it has died, closed with the
/// last. A process has one, <see cref="OfThisProcess"/>; tests make others, to have one to kill.
/// </summary>
internal sealed class SharedShop
{
    private readonly Lock _gate = new();
    private ShopProcess? _shop;
    private int _leases;

    /// <summary>The one that everybody in this process shares.</summary>
    public static SharedShop OfThisProcess { get; } = new();

    /// <summary>The process that was opened last, if any; it may have ended.</summary>
    public ShopProcess? Current => Volatile.Read(ref _shop);

    /// <summary>A lease; the shop is open when this returns.</summary>
    public ShopLease Take()
    {
        lock (_gate)
        {
            OpenShop();
            _leases++;
            return new ShopLease(this);
        }
    }

    /// <summary>The open shop; opens it again when it has died.</summary>
    public ShopProcess OpenShop()
    {
        // Taken for every order: nothing may be waited for while the shop is well.
        if (Current is { IsAlive: true } open) return open;
        lock (_gate)
        {
            if (_shop is { IsAlive: true } reopened) return reopened;
            _shop?.Dispose();
            _shop = null;
            return _shop = ShopProcess.Start();
        }
    }

    /// <summary>Gives a lease back.</summary>
    public void Return()
    {
        lock (_gate)
        {
            if (--_leases > 0) return;
            _shop?.Dispose();
            _shop = null;
        }
    }
}
