namespace ConcurrencyLab;

/// <summary>
/// One shop shared by everyone who holds a lease on it: opened with the first, opened again when it has died, closed with the
/// last. A process has one, <see cref="OfThisProcess"/>; tests make others, to have one to kill.
/// </summary>
internal sealed class SharedShop
{
    private readonly Lock _gate = new();
    private ShopProcess? _shop;
    private Task<ShopProcess>? _opening;
    private int _leases;

    /// <summary>The one that everybody in this process shares.</summary>
    public static SharedShop OfThisProcess { get; } = new();

    /// <summary>The process that was opened last, if any; it may have ended.</summary>
    public ShopProcess? Current => Volatile.Read(ref _shop);

    /// <summary>A lease; the shop is open when this returns.</summary>
    public ShopLease Take()
    {
        lock (_gate) _leases++;
        try
        {
            OpenShop();
            return new ShopLease(this);
        }
        catch
        {
            Return();
            throw;
        }
    }

    /// <summary>The open shop; opens it again when it has died.</summary>
    public ShopProcess OpenShop()
        => Current is { IsAlive: true } open ? open : Opening().GetAwaiter().GetResult();

    /// <inheritdoc cref="OpenShop"/>
    public ValueTask<ShopProcess> OpenShopAsync()
        => Current is { IsAlive: true } open ? new(open) : new(Opening());

    // Everybody who finds it closed waits for the same opening, which has a thread of its own.
    private Task<ShopProcess> Opening()
    {
        lock (_gate)
        {
            if (_shop is { IsAlive: true } open) return Task.FromResult(open);
            if (_opening is { IsCompleted: false }) return _opening;
            return _opening = Task.Factory.StartNew(Reopen, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
    }

    private ShopProcess Reopen()
    {
        var fresh = ShopProcess.Start();
        lock (_gate)
        {
            _shop?.Dispose();
            _shop = fresh;
            if (_leases > 0) return fresh;
            // Everybody has left while it was opening.
            _shop = null;
        }
        fresh.Dispose();
        throw new ObjectDisposedException(nameof(CoffeeShop));
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
