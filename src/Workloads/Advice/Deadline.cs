using System.Diagnostics;

namespace ConcurrencyLab;

/// <summary>A time limit that a thread of its own keeps: it holds also where the pool is starved, by the reader's code for example.</summary>
internal sealed class Deadline : IDisposable
{
    private readonly CancellationTokenSource _stop;
    private readonly Lock _gate = new();
    private readonly AutoResetEvent _changed = new(false);
    private readonly Thread _watch;
    private TimeSpan _left;
    private long _since = Stopwatch.GetTimestamp();
    private bool _resting;
    private bool _done;

    private Deadline(TimeSpan limit, CancellationToken cancel)
    {
        _left = limit;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        _watch = new Thread(Watch) { IsBackground = true, Name = "deadline" };
        _watch.Start();
    }

    /// <summary>Cancelled when the time is over, or when the caller cancels.</summary>
    internal CancellationToken Token => _stop.Token;

    internal static Deadline After(TimeSpan limit, CancellationToken cancel) => new(limit, cancel);

    /// <summary>Does something whose time does not count.</summary>
    internal T Uncounted<T>(Func<T> work)
    {
        Count(false);
        try
        {
            return work();
        }
        finally
        {
            Count(true);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _done = true;
        }

        _changed.Set();
        _watch.Join();
        _stop.Dispose();
        _changed.Dispose();
    }

    private void Count(bool counts)
    {
        lock (_gate)
        {
            // Whoever was given up and goes on may still come by here: the watch is over then.
            if (_done)
            {
                return;
            }

            _left = Left();
            _since = Stopwatch.GetTimestamp();
            _resting = !counts;
            _changed.Set();
        }
    }

    private TimeSpan Left() => _resting ? _left : _left - Stopwatch.GetElapsedTime(_since);

    private void Watch()
    {
        while (true)
        {
            TimeSpan? left;
            lock (_gate)
            {
                if (_done)
                {
                    return;
                }

                left = _resting ? null : Left();
            }

            if (left <= TimeSpan.Zero)
            {
                _stop.Cancel();
                return;
            }

            _changed.WaitOne(left ?? Timeout.InfiniteTimeSpan);
        }
    }
}
