using System.Diagnostics;
using System.Globalization;

namespace ConcurrencyLab;

/// <summary>Turns what threads, awaiting items and worker processes recorded between two timestamps into one timeline.</summary>
internal sealed class TimelineBuilder(long start, long end)
{
    private readonly List<Lane> _lanes = [];
    private readonly List<Span> _spans = [];
    private readonly List<ItemLatency> _items = [];
    private readonly Dictionary<ItemRecord, List<ThreadSpan>> _byAsyncItem = [];
    private int _dropped;

    /// <summary>The timeline; null when nothing was recorded.</summary>
    internal Timeline? Build(string run)
    {
        if (_spans.Count == 0)
        {
            return null;
        }

        _spans.Sort((a, b) => a.Start != b.Start ? a.Start.CompareTo(b.Start) : a.Lane.CompareTo(b.Lane));
        _items.Sort((a, b) => a.Start.CompareTo(b.Start));
        return new Timeline(run, Stopwatch.GetElapsedTime(start, end), _lanes, _spans, _items, _dropped);
    }

    /// <summary>A lane for each thread, in the order in which they first did something.</summary>
    internal void AddThreads(IReadOnlyList<ThreadLog> logs)
    {
        _dropped = logs.Sum(log => log.Dropped);
        var seen = new HashSet<ItemRecord>();
        // One thread may have several logs when it worked for something else in between.
        foreach (var thread in logs.Where(log => log.Spans.Any()).GroupBy(log => log.ThreadId).OrderBy(own => own.Min(log => log.Spans.First().Start)))
        {
            AddLane(LaneKind.Thread, thread.First().IsPoolThread ? "pool thread" : "thread");
            foreach (var span in thread.SelectMany(log => log.Spans))
            {
                AddSpan(span.Item.Label, span.Start, span.End, span.Kind);
                if (span.Item.IsAsync)
                {
                    (_byAsyncItem.TryGetValue(span.Item, out var spans) ? spans : _byAsyncItem[span.Item] = []).Add(span);
                }
                else if (seen.Add(span.Item))
                {
                    AddItem(span.Item);
                }
            }
        }
    }

    /// <summary>A lane for each worker process.</summary>
    internal void AddWorkers(IReadOnlyList<WorkerSpan> workerSpans)
    {
        foreach (var worker in workerSpans.GroupBy(span => span.Worker).OrderBy(spans => spans.Key))
        {
            AddLane(LaneKind.Process, "process", worker.Key + 1);
            foreach (var span in worker)
            {
                AddSpan(span.Item, span.Start, span.End, SpanKind.Running);
                _items.Add(new ItemLatency(Label(span.Item), At(span.Start), At(span.End)));
            }
        }
    }

    /// <summary>Between two spans on threads an awaiting item holds none: those gaps are the band of waits. To be added last.</summary>
    internal void AddWaits(IReadOnlyList<ItemRecord> asyncItems)
    {
        var before = _spans.Count;
        _lanes.Add(new Lane(LaneKind.Waits, "waiting, no thread"));
        foreach (var item in asyncItems)
        {
            AddItem(item);
            var from = item.Start;
            foreach (var span in _byAsyncItem.GetValueOrDefault(item, []).OrderBy(span => span.Start))
            {
                AddWait(item, from, span.Start);
                from = Math.Max(from, span.End);
            }

            AddWait(item, from, EndOf(item));
        }

        if (_spans.Count == before)
        {
            _lanes.RemoveAt(_lanes.Count - 1);
        }
    }

    private void AddWait(ItemRecord item, long from, long until)
    {
        if (until > from && from < end)
        {
            AddSpan(item.Label, from, until, SpanKind.Waiting);
        }
    }

    private void AddLane(LaneKind kind, string name, int? number = null) =>
        _lanes.Add(new Lane(kind, string.Create(CultureInfo.InvariantCulture, $"{name} {number ?? _lanes.Count + 1}")));

    /// <summary>A span in the lane that was added last.</summary>
    private void AddSpan(object? label, long from, long until, SpanKind kind) =>
        _spans.Add(new Span(Label(label), _lanes.Count - 1, At(from), At(until), kind));

    private void AddItem(ItemRecord item) => _items.Add(new ItemLatency(Label(item.Label), At(item.Start), At(EndOf(item))));

    private long EndOf(ItemRecord item) => item.End == 0 ? end : item.End;

    private TimeSpan At(long timestamp) => Stopwatch.GetElapsedTime(start, Math.Clamp(timestamp, start, end));

    private static string Label(object? item) => item switch
    {
        null => "",
        string text => text,
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => item.ToString() ?? "",
    };
}
