using System.Diagnostics;
using System.Globalization;

namespace ConcurrencyLab;

/// <summary>Turns what threads, awaiting items and worker processes logged into one timeline.</summary>
internal static class TimelineBuilder
{
    internal static Timeline? Build(
        string run,
        long start,
        long end,
        IReadOnlyList<ThreadLog> logs,
        IReadOnlyList<ItemRecord> asyncItems,
        IReadOnlyList<WorkerSpan> workerSpans)
    {
        var lanes = new List<Lane>();
        var spans = new List<Span>();
        var items = new List<ItemLatency>();
        var byAsyncItem = new Dictionary<ItemRecord, List<ThreadSpan>>();
        var seen = new HashSet<ItemRecord>();
        TimeSpan At(long timestamp) => Stopwatch.GetElapsedTime(start, Math.Clamp(timestamp, start, end));

        // One thread may have several logs when it worked for something else in between.
        var threads = logs.Where(log => log.Stretches.Any())
            .GroupBy(log => log.ThreadId)
            .OrderBy(group => group.Min(log => log.Stretches.First().Start));
        foreach (var thread in threads)
        {
            var kind = thread.First().IsPoolThread ? "pool thread" : "thread";
            lanes.Add(new Lane(LaneKind.Thread, string.Create(CultureInfo.InvariantCulture, $"{kind} {lanes.Count + 1}")));
            foreach (var log in thread)
            {
                foreach (var stretch in log.Stretches)
                {
                    spans.Add(new Span(Label(stretch.Item.Label), lanes.Count - 1, At(stretch.Start), At(stretch.End), stretch.Kind));
                    if (stretch.Item.IsAsync)
                    {
                        (byAsyncItem.TryGetValue(stretch.Item, out var list) ? list : byAsyncItem[stretch.Item] = []).Add(stretch);
                    }
                    else if (seen.Add(stretch.Item))
                    {
                        items.Add(new ItemLatency(Label(stretch.Item.Label), At(stretch.Item.Start), At(EndOf(stretch.Item, end))));
                    }
                }
            }
        }

        AddWorkers(workerSpans, lanes, spans, items, At);
        AddWaits(asyncItems, byAsyncItem, end, lanes, spans, items, At);
        if (spans.Count == 0)
        {
            return null;
        }

        spans.Sort((a, b) => a.Start != b.Start ? a.Start.CompareTo(b.Start) : a.Lane.CompareTo(b.Lane));
        items.Sort((a, b) => a.Start.CompareTo(b.Start));
        return new Timeline(run, Stopwatch.GetElapsedTime(start, end), lanes, spans, items, logs.Sum(log => log.Dropped));
    }

    private static void AddWorkers(
        IReadOnlyList<WorkerSpan> workerSpans, List<Lane> lanes, List<Span> spans, List<ItemLatency> items, Func<long, TimeSpan> at)
    {
        foreach (var worker in workerSpans.GroupBy(span => span.Worker).OrderBy(group => group.Key))
        {
            lanes.Add(new Lane(LaneKind.Process, string.Create(CultureInfo.InvariantCulture, $"process {worker.Key + 1}")));
            foreach (var span in worker)
            {
                spans.Add(new Span(span.Item, lanes.Count - 1, at(span.Start), at(span.End), SpanKind.Running));
                items.Add(new ItemLatency(span.Item, at(span.Start), at(span.End)));
            }
        }
    }

    /// <summary>Between two stretches on threads an awaiting item holds none: those gaps are the band of waits.</summary>
    private static void AddWaits(
        IReadOnlyList<ItemRecord> asyncItems,
        Dictionary<ItemRecord, List<ThreadSpan>> stretches,
        long end,
        List<Lane> lanes,
        List<Span> spans,
        List<ItemLatency> items,
        Func<long, TimeSpan> at)
    {
        var waits = new List<Span>();
        foreach (var item in asyncItems)
        {
            var label = Label(item.Label);
            var last = EndOf(item, end);
            items.Add(new ItemLatency(label, at(item.Start), at(last)));
            var from = item.Start;
            foreach (var stretch in stretches.GetValueOrDefault(item, []).OrderBy(stretch => stretch.Start))
            {
                AddWait(from, stretch.Start);
                from = Math.Max(from, stretch.End);
            }

            AddWait(from, last);

            void AddWait(long begin, long until)
            {
                if (until > begin && begin < end)
                {
                    waits.Add(new Span(label, lanes.Count, at(begin), at(until), SpanKind.Waiting));
                }
            }
        }

        if (waits.Count > 0)
        {
            spans.AddRange(waits);
            lanes.Add(new Lane(LaneKind.Waits, "waiting, no thread"));
        }
    }

    private static long EndOf(ItemRecord item, long end) => item.End == 0 ? end : item.End;

    private static string Label(object? item) => item switch
    {
        null => "",
        string text => text,
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => item.ToString() ?? "",
    };
}
