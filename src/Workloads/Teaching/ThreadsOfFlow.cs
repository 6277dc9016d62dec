namespace ConcurrencyLab;

/// <summary>
/// The threads on which an attempt's code runs, whatever starts them: the runtime tells of each thread that what was begun
/// here, and so its execution context, moves to.
/// </summary>
internal sealed class ThreadsOfFlow
{
    private readonly AsyncLocal<ThreadsOfFlow?> _flow;
    private readonly HashSet<Thread> _threads = [];

    internal ThreadsOfFlow() => _flow = new(moved =>
    {
        if (moved.CurrentValue is null) return;
        lock (_threads) _threads.Add(Thread.CurrentThread);
    });

    internal int Count
    {
        get
        {
            lock (_threads) return _threads.Count;
        }
    }

    /// <summary>Runs it on the calling thread, which counts as one, and on whatever others it starts.</summary>
    internal void Run(Action attempt)
    {
        _flow.Value = this;
        try
        {
            attempt();
        }
        finally
        {
            _flow.Value = null;
        }
    }
}
