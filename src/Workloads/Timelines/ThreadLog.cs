using System.Diagnostics;

namespace ConcurrencyLab;

/// <summary>An item as the recorder sees it: what it is and when it was first and last worked on.</summary>
internal sealed class ItemRecord(object? label, long start, bool isAsync)
{
    internal object? Label { get; } = label;
    internal long Start { get; } = start;
    internal long End { get; set; }
    internal bool IsAsync { get; } = isAsync;
}

/// <summary>What an item did on a thread without a break.</summary>
internal readonly record struct ThreadSpan(ItemRecord Item, long Start, long End, SpanKind Kind);

/// <summary>
/// What one thread did during one run. Only its own thread writes to it, so writing takes no lock; the timeline is made
/// from it when the run is over.
/// </summary>
internal sealed class ThreadLog(Recorder recorder)
{
    [ThreadStatic]
    private static ThreadLog? _current;

    private static readonly long BriefTicks = Stopwatch.Frequency / 50_000; // 20 µs: too short to have waited visibly

    // Full blocks stay where they are: copying them as a log grows would cost more than writing them.
    private const int Block = 1024;
    private readonly List<ThreadSpan[]> _full = [];
    private readonly Stack<(ItemRecord Item, SpanKind Kind)> _suspended = new();
    private ThreadSpan[] _spans = new ThreadSpan[64];
    private int _count;
    private ItemRecord? _item;
    private SpanKind _kind;
    private long _start;
    private ThreadUsage _usage;
    private ThreadUsage _usageAtStart;
    private long _usageReadAt = long.MinValue / 2;
    private double _readyMicroseconds = ThreadUsage.ReadyMicroseconds();

    internal Recorder Recorder { get; } = recorder;
    internal int ThreadId { get; } = Environment.CurrentManagedThreadId;
    internal bool IsPoolThread { get; } = Thread.CurrentThread.IsThreadPoolThread;
    internal bool IsBusy => _item is not null;
    internal int Dropped { get; private set; }
    internal IEnumerable<ThreadSpan> Spans => _full.SelectMany(block => block).Concat(_spans.Take(_count));

    /// <summary>The calling thread's log for a recorder, made on first use.</summary>
    internal static ThreadLog For(Recorder recorder)
    {
        var log = _current;
        if (log?.Recorder != recorder)
        {
            _current = log = new ThreadLog(recorder);
            recorder.Add(log);
        }

        return log;
    }

    /// <summary>Begins a span; one that is open is suspended until <see cref="Leave"/>.</summary>
    internal void Enter(ItemRecord item, SpanKind kind, long now)
    {
        if (_item is not null)
        {
            Close(now);
            _suspended.Push((_item, _kind));
        }

        Open(item, kind, now);
    }

    /// <summary>Ends the open span and goes on with the one suspended before it, if any.</summary>
    internal void Leave(long now)
    {
        if (_item is null)
        {
            return;
        }

        Close(now);
        _item = null;
        if (_suspended.TryPop(out var outer))
        {
            Open(outer.Item, outer.Kind, now);
        }
    }

    /// <summary>The rest of the item's code up to <see cref="Leave"/> waits and holds this thread.</summary>
    internal bool EnterBlocking(long now)
    {
        if (_item is null || _kind != SpanKind.Running)
        {
            return false;
        }

        Enter(_item, SpanKind.WaitingOnThread, now);
        return true;
    }

    private void Open(ItemRecord item, SpanKind kind, long now)
    {
        // Asking the system costs more than a span should, so an answer is good for 20 µs.
        if (ThreadUsage.IsSupported && now - _usageReadAt > BriefTicks)
        {
            _usage = ThreadUsage.Read();
            _usageReadAt = now;
        }

        (_item, _kind, _start, _usageAtStart) = (item, kind, now, _usage);
    }

    private void Close(long now)
    {
        var kind = _kind;
        if (kind == SpanKind.Running && ThreadUsage.IsSupported && now - _start > BriefTicks)
        {
            _usage = ThreadUsage.Read();
            _usageReadAt = now;
            if (_usage.RanSince(_usageAtStart) is { } ran && MostlyBlocked(ran, Stopwatch.GetElapsedTime(_start, now)))
            {
                kind = SpanKind.WaitingOnThread;
            }
        }

        if (_count == _spans.Length && !TryGrow())
        {
            Dropped++;
            return;
        }

        _spans[_count++] = new ThreadSpan(_item!, _start, now, kind);
    }

    /// <summary>Neither on a core nor ready for one: a thread that was pushed off a crowded core had work to do and counts as running.</summary>
    private bool MostlyBlocked(double ranMicroseconds, TimeSpan wall)
    {
        if (ranMicroseconds >= wall.TotalMicroseconds / 2)
        {
            return false;
        }

        // Readiness since the last look, which is never less than since this span began.
        var ready = ThreadUsage.ReadyMicroseconds();
        var waitedForCore = ready - _readyMicroseconds;
        _readyMicroseconds = ready;
        return ranMicroseconds + waitedForCore < wall.TotalMicroseconds / 2;
    }

    private bool TryGrow()
    {
        // Asked once: each further question would count as if it had been granted.
        if (Dropped > 0 || !Recorder.Reserve(_spans.Length))
        {
            return false;
        }

        _full.Add(_spans);
        (_spans, _count) = (new ThreadSpan[Block], 0);
        return true;
    }
}
