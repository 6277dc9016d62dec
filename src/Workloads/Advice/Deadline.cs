namespace ConcurrencyLab;

/// <summary>A time limit kept by a thread of its own: the pool, which serves ordinary timers, may be stuck with the very work that is limited.</summary>
internal sealed class Deadline : IDisposable
{
    private readonly CancellationTokenSource _stop;
    private readonly ManualResetEventSlim _done = new();
    private readonly Thread _watch;

    private Deadline(TimeSpan limit, CancellationToken cancel)
    {
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        _watch = new Thread(() =>
        {
            if (!_done.Wait(limit))
            {
                _stop.Cancel();
            }
        })
        { IsBackground = true, Name = "deadline" };
        _watch.Start();
    }

    /// <summary>Cancelled when the time is over, or when the caller cancels.</summary>
    internal CancellationToken Token => _stop.Token;

    internal static Deadline After(TimeSpan limit, CancellationToken cancel) => new(limit, cancel);

    public void Dispose()
    {
        _done.Set();
        _watch.Join();
        _stop.Dispose();
        _done.Dispose();
    }
}
