namespace ConcurrencyLab.Interleavings;

/// <summary>How far an exploration goes.</summary>
public sealed record ExploreOptions
{
    /// <summary>Leaves out schedules that interrupt tasks more often than this; null for no bound.</summary>
    public int? MaxPreemptions { get; init; }

    /// <summary>
    /// Runs one of several schedules that differ only in the order of steps that commute. Has no effect together with
    /// <see cref="MaxPreemptions"/> or on one thread, where what a step will touch is not known before.
    /// </summary>
    public bool Reduce { get; init; } = true;

    /// <summary>Ends at the first schedule that breaks; else all are run and counted.</summary>
    public bool StopAtFailure { get; init; } = true;

    /// <summary>Most runs, those included that the reduction ended early.</summary>
    public int MaxSchedules { get; init; } = 200_000;

    /// <summary>
    /// A run of more steps counts as a livelock. From the middle on all tasks take turns, so that none is late only because
    /// it was never chosen; other orders of so long a run are not tried, and then nothing is proved.
    /// </summary>
    public int MaxSteps { get; init; } = 400;

    /// <summary>Time for the whole exploration.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long one step may take before the task counts as out of control.</summary>
    public TimeSpan StepLimit { get; init; } = TimeSpan.FromSeconds(2);
}
