namespace ConcurrencyLab;

/// <summary>
/// One shop for all who have taken it: opened with the first, opened again when it has died, closed when the last has
/// returned it. A process has one, <see cref="OfThisProcess"/>; tests make others, to have one to kill.
/// </summary>
internal sealed class SharedShop
{
    private readonly Lock _gate = new();
    private ShopProcess? _shop;
    private Task<ShopProcess>? _opening;
    private int _users;

    /// <summary>The one that all of this process share.</summary>
    public static SharedShop OfThisProcess { get; } = new();

    /// <summary>The process that was opened last, if any; it may have ended.</summary>
    public ShopProcess? Current => Volatile.Read(ref _shop);

    /// <summary>Takes it; it is open when this returns.</summary>
    public void Take()
    {
        lock (_gate) _users++;
        try
        {
            OpenAsync().GetAwaiter().GetResult();
        }
        catch
        {
            Return();
            throw;
        }
    }

    /// <summary>The open shop. All who find it closed wait for the same opening, which has a thread of its own.</summary>
    public Task<ShopProcess> OpenAsync()
    {
        lock (_gate)
        {
            if (_shop is { } open && !open.Child.EndsWithin(TimeSpan.Zero)) return Task.FromResult(open);
            if (_opening is { IsCompleted: false }) return _opening;
            return _opening = Task.Factory.StartNew(Reopen, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
    }

    /// <summary>Returns it.</summary>
    public void Return()
    {
        ShopProcess? closing = null;
        lock (_gate)
        {
            if (--_users == 0) (closing, _shop) = (_shop, null);
        }
        closing?.Child.Dispose();
    }

    private ShopProcess Reopen()
    {
        var fresh = ShopProcess.Start();
        ShopProcess? closing;
        lock (_gate) (closing, _shop) = _users > 0 ? (_shop, fresh) : (fresh, null);
        closing?.Child.Dispose();
        // All may have returned it while it was opening.
        Disposal.ThrowIfClosed(closing == fresh, "The coffee shop");
        return fresh;
    }
}
