namespace ConcurrencyLab;

/// <summary>Sees how an attempt calls a function that it was given: how often, on how many threads, and how many calls at a time.</summary>
internal sealed class Calls
{
    private readonly Lock _gate = new();
    private readonly HashSet<int> _threads = [];

    internal int Begun { get; private set; }

    internal int Ended { get; private set; }

    internal int MostAtOnce { get; private set; }

    internal int Threads => _threads.Count;

    /// <summary>To be the function's first line, so that the call ends with it: <c>using var call = calls.Begin();</c></summary>
    internal Call Begin()
    {
        lock (_gate)
        {
            Begun++;
            MostAtOnce = Math.Max(MostAtOnce, Begun - Ended);
            _threads.Add(Environment.CurrentManagedThreadId);
        }

        return new Call(this);
    }

    internal readonly struct Call(Calls calls) : IDisposable
    {
        public void Dispose()
        {
            lock (calls._gate) calls.Ended++;
        }
    }
}
