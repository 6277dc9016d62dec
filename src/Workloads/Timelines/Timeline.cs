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

    /// <summary>
    /// How many are open at each moment; each count holds until the next moment. What ends at the very instant at which
    /// another one starts was handed over, not doubled.
    /// </summary>
    internal static IEnumerable<(TimeSpan At, int Open)> Open(IEnumerable<(TimeSpan Start, TimeSpan End)> times)
    {
        var open = 0;
        return times.SelectMany(time => new[] { (At: time.Start, By: 1), (At: time.End, By: -1) })
            .GroupBy(change => change.At).OrderBy(moment => moment.Key)
            .Select(moment => (moment.Key, open += moment.Sum(change => change.By)));
    }

    private static int Peak(IEnumerable<(TimeSpan Start, TimeSpan End)> times) => Open(times).Select(moment => moment.Open).DefaultIfEmpty().Max();
}

/// <summary>How long one item took from its first start to its last end.</summary>
/// <param name="Item">The item, as text.</param>
/// <param name="Start">Since the run began.</param>
/// <param name="End">Since the run began.</param>
public readonly record struct ItemLatency(string Item, TimeSpan Start, TimeSpan End);
