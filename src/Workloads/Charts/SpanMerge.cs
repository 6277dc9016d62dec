namespace ConcurrencyLab;

/// <summary>One bar of a timeline: a span, or several that would have been thinner than the eye can tell apart.</summary>
/// <param name="From">Milliseconds since the run began.</param>
/// <param name="To">Milliseconds since the run began.</param>
/// <param name="Text">The item, or how many spans.</param>
/// <param name="Count">How many spans it stands for.</param>
/// <param name="Share">How much of its length the spans fill, 0 to 1.</param>
internal readonly record struct MergedSpan(double From, double To, string Text, int Count, double Share);

/// <summary>
/// Merges spans thinner than half a pixel: ten thousand of them are neither seen nor worth the bytes that a notebook would
/// carry for them.
/// </summary>
internal static class SpanMerge
{
    /// <summary>
    /// Spans of one lane and kind in order of their start, those thinner than the resolution merged with what follows
    /// closer than the resolution. What is drawn covers every span and is nowhere longer than its spans by more than
    /// the gaps it closed.
    /// </summary>
    public static IEnumerable<MergedSpan> Merge(IEnumerable<Span> spans, double resolutionMilliseconds)
    {
        double from = 0, to = 0, filled = 0;
        var count = 0;
        var text = "";
        foreach (var span in spans)
        {
            var (start, end) = (span.Start.TotalMilliseconds, span.End.TotalMilliseconds);
            if (count > 0 && start - to < resolutionMilliseconds && (end - start < resolutionMilliseconds || to - from < resolutionMilliseconds))
            {
                filled += Math.Max(0, end - Math.Max(start, to));
                to = Math.Max(to, end);
                count++;
                continue;
            }

            if (count > 0)
            {
                yield return Merged();
            }

            (from, to, filled, count, text) = (start, end, end - start, 1, span.Item);
        }

        if (count > 0)
        {
            yield return Merged();
        }

        MergedSpan Merged() => new(Math.Round(from, 4), Math.Round(to, 4), count == 1 ? text : Quantity.Count(count, "span"), count,
            to > from ? Math.Clamp(filled / (to - from), 0, 1) : 1);
    }

    /// <summary>Overlapping spans spread over rows so that none lies on another, each in the first row that is free.</summary>
    public static List<List<Span>> Pack(IEnumerable<Span> spans)
    {
        var rows = new List<List<Span>>();
        // Rows by the moment they are free; of those that are free the topmost is taken.
        var busy = new PriorityQueue<int, TimeSpan>();
        var free = new PriorityQueue<int, int>();
        foreach (var span in spans.OrderBy(span => span.Start))
        {
            while (busy.TryPeek(out var row, out var until) && until <= span.Start)
            {
                free.Enqueue(busy.Dequeue(), row);
            }

            if (!free.TryDequeue(out var place, out _))
            {
                place = rows.Count;
                rows.Add([]);
            }

            rows[place].Add(span);
            busy.Enqueue(place, span.End);
        }

        return rows;
    }
}
