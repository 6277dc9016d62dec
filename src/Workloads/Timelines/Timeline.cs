namespace ConcurrencyLab;

/// <summary>Who did what when during one run: threads as lanes, waits that hold no thread in a band of their own.</summary>
/// <param name="Run">The name of the run that was recorded.</param>
/// <param name="Duration">Wall time of the run.</param>
/// <param name="Lanes">Threads (or processes) in the order in which they first did something; the band of waits, if any, last.</param>
/// <param name="Spans">All spans in order of their start.</param>
/// <param name="Items">Each item's latency: from its first start to its last end, in order of start.</param>
/// <param name="Dropped">Spans that were not kept because the run made more than the recorder holds.</param>
[TypeFormatterSource(MimeTypes.Plotly, MimeTypes.Png, MimeTypes.Plain)]
public sealed record Timeline(
    string Run,
    TimeSpan Duration,
    IReadOnlyList<Lane> Lanes,
    IReadOnlyList<Span> Spans,
    IReadOnlyList<ItemLatency> Items,
    int Dropped = 0)
{
    /// <summary>The chart in words.</summary>
    public override string ToString() => ShownAsAttribute.Of(this)?.Show(MimeTypes.Plain) ?? Run;

    /// <summary>The largest number of items that were in flight at the same moment.</summary>
    public int PeakInFlight => Peak(Items.Select(item => (item.Start, item.End)));

    /// <summary>The largest number of threads (or processes) that an item held at the same moment, running or waiting.</summary>
    public int PeakThreads => Peak(Spans.Where(span => span.Kind != SpanKind.Waiting).Select(span => (span.Start, span.End)));

    private static int Peak(IEnumerable<(TimeSpan Start, TimeSpan End)> times)
    {
        // An end at the same instant as a start counts first: the thread was handed over, not doubled.
        var changes = times.SelectMany(s => new[] { (At: s.Start, By: 1), (At: s.End, By: -1) })
            .OrderBy(change => change.At).ThenBy(change => change.By);
        int now = 0, peak = 0;
        foreach (var change in changes)
        {
            now += change.By;
            peak = Math.Max(peak, now);
        }

        return peak;
    }
}

/// <summary>How long one item took from its first start to its last end.</summary>
/// <param name="Item">The item, as text.</param>
/// <param name="Start">Since the run began.</param>
/// <param name="End">Since the run began.</param>
public readonly record struct ItemLatency(string Item, TimeSpan Start, TimeSpan End)
{
    /// <summary>The latency itself.</summary>
    public TimeSpan Latency => End - Start;
}
