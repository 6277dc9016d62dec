namespace ConcurrencyLab.CoffeeShop;

/// <summary>Counts orders without a lock, so that counting does not queue what it counts.</summary>
internal sealed class OrderCounters
{
    private long _served;
    private long _failed;
    private int _inFlight;
    private int _peak;

    public void Enter()
    {
        var now = Interlocked.Increment(ref _inFlight);
        int peak;
        while (now > (peak = Volatile.Read(ref _peak)) && Interlocked.CompareExchange(ref _peak, now, peak) != peak) { }
    }

    public void Leave(bool served)
    {
        Interlocked.Decrement(ref _inFlight);
        if (served) Interlocked.Increment(ref _served);
        else Interlocked.Increment(ref _failed);
    }

    public Stats Read() => new(Interlocked.Read(ref _served), Interlocked.Read(ref _failed), Volatile.Read(ref _inFlight), Volatile.Read(ref _peak));

    /// <summary>Starts counting afresh; orders in flight stay counted as such.</summary>
    public void Reset()
    {
        Interlocked.Exchange(ref _served, 0);
        Interlocked.Exchange(ref _failed, 0);
        Interlocked.Exchange(ref _peak, Volatile.Read(ref _inFlight));
    }
}
