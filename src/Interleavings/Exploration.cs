namespace ConcurrencyLab.Interleavings;

/// <summary>What exploring a program's schedules brought to light; shows itself as the picture of the schedule found.</summary>
[TypeFormatterSource(MimeTypes.Plotly, MimeTypes.Png, MimeTypes.Plain)]
public sealed class Exploration : IMimeBundle
{
    internal Exploration(ScheduleRun shown, ExploreTally tally, string coverage) =>
        (Shown, Tally, Coverage) = (shown, tally, coverage);

    /// <summary>How the simplest failing schedule ends; <see cref="Outcome.Holds"/> when none was found.</summary>
    public Outcome Outcome => Shown.Outcome;

    /// <summary>Whether no schedule that was tried breaks the program; see <see cref="Complete"/>.</summary>
    public bool Holds => Shown.Holds;

    /// <summary>The failing schedule with the fewest preemptions, and of those the shortest; null when none fails.</summary>
    public ScheduleRun? Failing => Shown.Holds ? null : Shown;

    /// <summary>Its order of steps, which replays it; empty when none fails.</summary>
    public string Schedule => Failing?.Schedule ?? "";

    /// <summary>Schedules run to their end.</summary>
    public int Schedules => Tally.Schedules;

    /// <summary>How many of them broke.</summary>
    public int Failures => Tally.Failures;

    /// <summary>Runs that the reduction ended early: what could follow was covered by others.</summary>
    public int Pruned => Tally.Pruned;

    /// <summary>Whether everything within the bounds was covered: if nothing broke, nothing breaks.</summary>
    public bool Complete => Tally.Complete;

    /// <summary>What was covered, in words: <c>all 70 interleavings</c>.</summary>
    public string Coverage { get; }

    /// <summary>Time for all of it, the search for the simplest schedule included.</summary>
    public TimeSpan Elapsed => Tally.Elapsed;

    /// <summary>Time until a first failing schedule was known; null when none was found.</summary>
    public TimeSpan? TimeToFailure => Tally.TimeToFailure;

    /// <summary>Runs a second, those included that the reduction ended early.</summary>
    public double SchedulesPerSecond => Tally.Runs / Math.Max(Elapsed.TotalSeconds, 1e-9);

    /// <summary>The failing schedule, or one of those that hold.</summary>
    public Figure Figure => ScheduleChart.Of(Shown, Sentence);

    internal ScheduleRun Shown { get; }

    internal ExploreTally Tally { get; }

    /// <summary>The verdict, what was covered, and the schedule.</summary>
    public override string ToString() => ScheduleChart.Describe(Shown) + Environment.NewLine + Sentence;

    internal string Sentence => Failing is null
        ? $"nothing breaks it: tried {Coverage}, in {Quantity.Time(Elapsed.TotalMilliseconds)}"
        : $"found in {Quantity.Time(TimeToFailure!.Value.TotalMilliseconds)}; tried {Coverage}, {Quantity.Count(Failures)} broke it";

    string? IMimeBundle.Show(string mimeType) => ((IMimeBundle)Figure).Show(mimeType);
}

/// <summary>Counts of an exploration.</summary>
internal sealed record ExploreTally
{
    public int Schedules { get; set; }

    public int Failures { get; set; }

    public int Pruned { get; set; }

    /// <summary>All runs, those of lower bounds and of the search for a simpler schedule included.</summary>
    public int Runs { get; set; }

    public bool Complete { get; set; }

    public TimeSpan Elapsed { get; set; }

    public TimeSpan? TimeToFailure { get; set; }
}
