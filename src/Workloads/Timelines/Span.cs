namespace ConcurrencyLab;

/// <summary>What an item was doing during a span.</summary>
public enum SpanKind
{
    /// <summary>Its code was on a processor core, or ready for one.</summary>
    Running,

    /// <summary>It waited and kept a thread to do so: a blocking call, a lock, a sleep.</summary>
    WaitingOnThread,

    /// <summary>It waited and no thread was held: an <c>await</c> on something not yet finished.</summary>
    Waiting,
}

/// <summary>What a row of a timeline stands for.</summary>
public enum LaneKind
{
    /// <summary>One operating-system thread of this process.</summary>
    Thread,

    /// <summary>One worker process.</summary>
    Process,

    /// <summary>The band of waits that hold no thread; its spans may overlap.</summary>
    Waits,
}

/// <summary>One row of a timeline.</summary>
/// <param name="Kind">What the row stands for.</param>
/// <param name="Name">What is written at its left edge, for example <c>thread 3</c>.</param>
public sealed record Lane(LaneKind Kind, string Name);

/// <summary>A time that an item spent in one lane doing one kind of thing.</summary>
/// <param name="Item">What was worked on, as text.</param>
/// <param name="Lane">Index into <see cref="Timeline.Lanes"/>.</param>
/// <param name="Start">Since the run began.</param>
/// <param name="End">Since the run began; never before <paramref name="Start"/>.</param>
/// <param name="Kind">What the item was doing.</param>
public readonly record struct Span(string Item, int Lane, TimeSpan Start, TimeSpan End, SpanKind Kind)
{
    /// <summary>How long it lasted.</summary>
    public TimeSpan Duration => End - Start;
}
