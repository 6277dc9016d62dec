namespace ConcurrencyLab;

/// <summary>What was measured of one way to run the work.</summary>
/// <param name="Name">The run's name as the user gave it.</param>
/// <param name="Workers">Degree of parallelism it was asked for; null where that means nothing.</param>
/// <param name="Samples">One for each repeat, in order; empty when the run failed.</param>
/// <param name="Wall">Wall time in milliseconds; <see cref="MedianInterval.None"/> when the run failed.</param>
/// <param name="CpuTime">Processor time in milliseconds, all cores added up; <see cref="MedianInterval.None"/> when the run failed.</param>
/// <param name="SpeedUp">How many times faster than the baseline of its language, repeat by repeat; null without a baseline.</param>
/// <param name="Timeline">The spans of the repeat nearest to the median; null when nothing was recorded.</param>
/// <param name="Agreement">Whether it gave the baseline's answer.</param>
/// <param name="Failure">Why the run ended early; null when it did not.</param>
public sealed record RunResult(
    string Name,
    int? Workers,
    IReadOnlyList<Sample> Samples,
    MedianInterval Wall,
    MedianInterval CpuTime,
    MedianInterval? SpeedUp,
    Timeline? Timeline,
    Agreement Agreement,
    string? Failure = null)
{
    /// <summary>How it ran the work.</summary>
    public WayKind Kind { get; init; } = WayKinds.Of(Name);

    /// <summary>The language that ran it: <c>C#</c>, or another with its version, <c>Python 3.11.7</c> say.</summary>
    public string Language { get; init; } = CSharp;

    /// <summary>The language of all runs but those that another program does.</summary>
    internal const string CSharp = "C#";

    /// <summary>The run whose speed <see cref="SpeedUp"/> compares with: the first run of the same language. Null for the first of all.</summary>
    public string? ComparedTo { get; init; }

    /// <summary>Where and when it was measured if not here and now: the last saved figures of a language that is not installed. Null when it was.</summary>
    public SavedFrom? SavedFrom { get; init; }

    /// <summary>What to write behind a figure of it so that a saved one is told apart: <c> · saved</c>, or nothing.</summary>
    internal string Note => SavedFrom is null ? "" : " · saved";

    /// <summary>True when it was measured.</summary>
    public bool Succeeded => Failure is null;

    /// <summary>Speed-up divided by workers: 1 means that every worker was worth a whole one. Null where workers mean nothing.</summary>
    public double? Efficiency => SpeedUp?.Median / Workers;

    /// <summary>Processor time over wall time: near 0 waits, near 1 computes on one core, near <i>n</i> on <i>n</i> cores. Not a number when the run failed.</summary>
    public double CpuUtilization => CpuTime.Median / Wall.Median;

    /// <summary>Most threads (or worker processes) that items held at one moment; null when no spans were recorded.</summary>
    public int? ThreadsAtWork => Timeline?.PeakThreads;

    /// <summary>Most threads that this process had at one moment, the runtime's own included; null when the run failed.</summary>
    public int? ProcessThreads => Samples.Count == 0 ? null : Samples.Max(sample => sample.ProcessThreads);

    /// <summary>Median of the bytes allocated in one repeat; not a number when the run failed.</summary>
    public double AllocatedBytes => Samples.Count == 0 ? double.NaN : MedianInterval.Of(Samples.Select(sample => sample.AllocatedBytes)).Median;
}

/// <summary>Whether a run gave the same answer as the baseline.</summary>
public enum Agreement
{
    /// <summary>It is the baseline, or gave no answer to compare.</summary>
    NotChecked,

    /// <summary>Every repeat gave the baseline's answer.</summary>
    Same,

    /// <summary>At least one repeat gave another answer.</summary>
    Different,
}
