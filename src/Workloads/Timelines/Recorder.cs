using System.Diagnostics;

namespace ConcurrencyLab;

/// <summary>
/// Collects the spans of one run. It travels with the execution context, so it is found from every thread, task and
/// loop that the run starts, and by nothing else: two runs never share one. An item that awaits carries itself in the
/// same context; the runtime tells when that context enters and leaves a thread, which is exactly when the item runs.
/// </summary>
internal sealed class Recorder(bool isRecording)
{
    private const int Capacity = 200_000;
    private static readonly AsyncLocal<Scope?> Ambient = new(OnContextMoved);

    // What Ambient holds for this thread: being told of every change is cheaper than looking it up at every mark.
    [ThreadStatic]
    private static Scope? _here;

    private readonly Lock _gate = new();
    private readonly List<ThreadLog> _logs = [];
    private readonly List<ItemRecord> _asyncItems = [];
    private readonly List<WorkerSpan> _workerSpans = [];
    private long _workerProcessorTicks;
    private int _reserved;

    internal bool IsRecording { get; } = isRecording;

    /// <summary>Processor time that worker processes of this run reported.</summary>
    internal TimeSpan WorkerProcessor => TimeSpan.FromTicks(Interlocked.Read(ref _workerProcessorTicks));

    /// <summary>The recorder of the run that the calling code belongs to; null outside a run.</summary>
    internal static Recorder? Current => _here?.Recorder;

    /// <summary>The same where it records and the calling code is not inside an item that awaits: where an item may begin.</summary>
    internal static Recorder? CurrentForItem => _here is { Item: null, Recorder: { IsRecording: true } recorder } ? recorder : null;

    /// <summary>Makes this the recorder of everything that the calling asynchronous method starts from here on.</summary>
    internal void Activate() => Enter(null);

    /// <summary>What the calling asynchronous method does from here on belongs to an item; to none when it is null.</summary>
    internal void Enter(ItemRecord? asyncItem) => Ambient.Value = new Scope(this, asyncItem);

    internal void Add(ThreadLog log)
    {
        lock (_gate)
        {
            _logs.Add(log);
        }
    }

    internal void Add(ItemRecord item)
    {
        lock (_gate)
        {
            _asyncItems.Add(item);
        }
    }

    /// <summary>What a worker process did, and the processor time that it used for it.</summary>
    internal void Add(WorkerSpan span, TimeSpan processor)
    {
        Interlocked.Add(ref _workerProcessorTicks, processor.Ticks);
        lock (_gate)
        {
            _workerSpans.Add(span);
        }
    }

    internal bool Reserve(int more) => Interlocked.Add(ref _reserved, more) <= Capacity;

    /// <summary>The picture of the run between two timestamps; null when nothing was recorded.</summary>
    internal Timeline? ToTimeline(string run, long start, long end)
    {
        var timeline = new TimelineBuilder(start, end);
        lock (_gate)
        {
            timeline.AddThreads(_logs);
            timeline.AddWorkers(_workerSpans);
            timeline.AddWaits(_asyncItems);
        }

        return timeline.Build(run);
    }

    private static void OnContextMoved(AsyncLocalValueChangedArgs<Scope?> change)
    {
        var (before, after) = (change.PreviousValue, change.CurrentValue);
        _here = after;
        if (ReferenceEquals(before?.Item, after?.Item))
        {
            return;
        }

        var now = Stopwatch.GetTimestamp();
        if (before?.Item is not null)
        {
            ThreadLog.For(before.Recorder).Leave(now);
        }

        if (after?.Item is { } item)
        {
            ThreadLog.For(after.Recorder).Enter(item, SpanKind.Running, now);
        }
    }

    private sealed record Scope(Recorder Recorder, ItemRecord? Item);
}

/// <summary>A span that a worker process reported, on the clock that all processes of a machine share.</summary>
internal readonly record struct WorkerSpan(int Worker, object? Item, long Start, long End);
