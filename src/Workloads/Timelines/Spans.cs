using System.Diagnostics;

namespace ConcurrencyLab;

/// <summary>
/// Marks in the code what a timeline shows: which item is worked on and where it waits. Outside a measured run every
/// mark does nothing and costs a few nanoseconds. The library's workloads and ways are marked already; a loop of your
/// own needs one line: <c>using var span = Spans.Item(order);</c>
/// </summary>
public static class Spans
{
    /// <summary>The item that the calling thread works on until the result is disposed. Ignored inside another item.</summary>
    /// <param name="item">Shown as the span's label.</param>
    public static SpanScope Item<T>(T item)
    {
        if (Recorder.CurrentForItem is not { } recorder)
        {
            return default;
        }

        var log = ThreadLog.For(recorder);
        if (log.IsBusy)
        {
            return default;
        }

        var now = Stopwatch.GetTimestamp();
        var record = new ItemRecord(item, now, isAsync: false);
        log.Enter(record, SpanKind.Running, now);
        return new SpanScope(log, record);
    }

    /// <summary>The calling thread waits until the result is disposed: a blocking call, a lock. Ignored outside an item.</summary>
    public static SpanScope Blocking()
    {
        if (Recorder.Current is not { IsRecording: true } recorder)
        {
            return default;
        }

        var log = ThreadLog.For(recorder);
        return log.EnterBlocking(Stopwatch.GetTimestamp()) ? new SpanScope(log) : default;
    }

    /// <summary>Runs asynchronous work as one item, on whichever threads it comes to run. Inside another item it only runs.</summary>
    /// <param name="item">Shown as the spans' label, and handed to <paramref name="work"/>.</param>
    /// <param name="work">The work; its exceptions pass through.</param>
    public static Task<TResult> ItemAsync<TItem, TResult>(TItem item, Func<TItem, Task<TResult>> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        return Recorder.CurrentForItem is { } recorder
            ? RecordAsync(recorder, item, work)
            : work(item);
    }

    private static async Task<TResult> RecordAsync<TItem, TResult>(Recorder recorder, TItem item, Func<TItem, Task<TResult>> work)
    {
        var record = new ItemRecord(item, Stopwatch.GetTimestamp(), isAsync: true);
        recorder.Add(record);
        // An async method gets its caller's context back when it returns, so this mark stays with this item alone.
        recorder.Enter(record);
        try
        {
            // Comes back to where it began, an event loop for example, and is seen to.
            return await work(item);
        }
        finally
        {
            recorder.Enter(null);
            record.End = Stopwatch.GetTimestamp();
        }
    }
}

/// <summary>An item, or a wait that holds its thread, from the mark to its disposal.</summary>
public readonly ref struct SpanScope
{
    private readonly ThreadLog? _log;
    private readonly ItemRecord? _item;

    internal SpanScope(ThreadLog log, ItemRecord? item = null) => (_log, _item) = (log, item);

    /// <summary>Ends the span.</summary>
    public void Dispose()
    {
        if (_log is not null)
        {
            var now = Stopwatch.GetTimestamp();
            _item?.End = now;
            _log.Leave(now);
        }
    }
}
