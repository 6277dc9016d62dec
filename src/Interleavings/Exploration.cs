namespace ConcurrencyLab.Interleavings;

/// <summary>What exploring a program's schedules brought to light; shows itself as the picture of the schedule found.</summary>
[TypeFormatterSource(MimeTypes.Plotly, MimeTypes.Png, MimeTypes.Plain)]
public sealed class Exploration : IMimeBundle
{
    internal Exploration()
    {
    }

    /// <summary>How the simplest failing schedule ends; <see cref="Outcome.Holds"/> when none was found.</summary>
    public Outcome Outcome => Shown.Outcome;

    /// <summary>Whether no schedule that was tried breaks the program; see <see cref="Complete"/>.</summary>
    public bool Holds => Shown.Holds;

    /// <summary>The failing schedule with the fewest preemptions, and of those the shortest; null when none fails.</summary>
    public ScheduleRun? Failing => Shown.Holds ? null : Shown;

    /// <summary>Its order of steps, which replays it; empty when none fails.</summary>
    public string Schedule => Failing?.Schedule ?? "";

    /// <summary>Schedules run to their end.</summary>
    public int Schedules { get; internal set; }

    /// <summary>How many of them broke.</summary>
    public int Failures { get; internal set; }

    /// <summary>Runs that the reduction ended early: what could follow was covered by others.</summary>
    public int Pruned { get; internal set; }

    /// <summary>Whether everything within the bounds was covered and nothing was left unseen: if nothing broke, nothing breaks.</summary>
    public bool Complete => Exhausted && NotSeen.Count == 0;

    /// <summary>What the scheduler could not see, each the rest of a sentence that begins with "not seen:". It forbids <see cref="Complete"/>.</summary>
    public IReadOnlyList<string> NotSeen { get; internal set; } = [];

    /// <summary>What was covered, in words: <c>all 70 interleavings</c>.</summary>
    public string Coverage { get; internal set; } = "";

    /// <summary>Time for all of it, the search for the simplest schedule included.</summary>
    public TimeSpan Elapsed { get; internal set; }

    /// <summary>Time until a first failing schedule was known; null when none was found.</summary>
    public TimeSpan? TimeToFailure { get; internal set; }

    /// <summary>Runs a second, those included that the reduction ended early.</summary>
    public double SchedulesPerSecond => Runs / Math.Max(Elapsed.TotalSeconds, 1e-9);

    /// <summary>The failing schedule, or one of those that hold.</summary>
    public Figure Figure => ScheduleChart.Of(Shown, Sentence);

    /// <summary>No choice that the scheduler saw was left open.</summary>
    internal bool Exhausted { get; set; }

    internal ScheduleRun Shown { get; set; } = null!;

    /// <summary>All runs, those of lower bounds and of the search for a simpler schedule included.</summary>
    internal int Runs { get; set; }

    /// <summary>The verdict, what was covered, and the schedule.</summary>
    public override string ToString() => ScheduleChart.Describe(Shown) + Environment.NewLine + Sentence;

    internal string Sentence
    {
        get
        {
            var unseen = NotSeen.Count == 0 ? "" : $"; not seen: {string.Join("; ", NotSeen)}";
            return Failing is not null ? $"found in {Quantity.Time(TimeToFailure!.Value.TotalMilliseconds)}; tried {Coverage}, {Quantity.Count(Failures)} broke it{unseen}"
                : Complete ? $"nothing breaks it: tried {Coverage}, in {Quantity.Time(Elapsed.TotalMilliseconds)}"
                : $"no proof, although nothing that was tried broke it: tried {Coverage}, in {Quantity.Time(Elapsed.TotalMilliseconds)}{unseen}";
        }
    }

    string? IMimeBundle.Show(string mimeType) => ((IMimeBundle)Figure).Show(mimeType);
}
