namespace ConcurrencyLab;

/// <summary>Sees how an attempt calls a function that it was given: how often, on how many threads, and how many calls at a time.</summary>
internal sealed class Calls
{
    private readonly Lock _gate = new();
    // Not their numbers: a thread that starts gets that of one that has ended.
    private readonly HashSet<Thread> _threads = [];
    private int _begun, _ended, _mostAtOnce;

    internal int Begun => Volatile.Read(ref _begun);

    internal int Ended => Volatile.Read(ref _ended);

    internal int MostAtOnce => Volatile.Read(ref _mostAtOnce);

    internal int Threads
    {
        get
        {
            lock (_gate) return _threads.Count;
        }
    }

    /// <summary>To be the function's first line, so that the call ends with it: <c>using var call = calls.Begin();</c></summary>
    internal Call Begin()
    {
        lock (_gate)
        {
            _begun++;
            _mostAtOnce = Math.Max(_mostAtOnce, _begun - _ended);
            _threads.Add(Thread.CurrentThread);
            return new Call(this, _begun);
        }
    }

    internal readonly struct Call(Calls calls, int number) : IDisposable
    {
        /// <summary>The first call has number 1.</summary>
        internal int Number => number;

        public void Dispose()
        {
            lock (calls._gate) calls._ended++;
        }
    }
}
