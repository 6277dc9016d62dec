namespace ConcurrencyLab.Interleavings;

/// <summary>
/// One visible step of a task: an access to a controlled object. The scheduler decides before each of them who goes next, so a
/// schedule is the order of these and nothing else.
/// </summary>
internal sealed class Operation
{
    /// <summary>What it touches; null when it touches nothing shared.</summary>
    public ControlledObject? Target { get; init; }

    /// <summary>Something else that may let it go: a cancellation, say.</summary>
    public ControlledObject? Also { get; init; }

    /// <summary>Leaves the target as it was; all others write it.</summary>
    public bool OnlyReads { get; init; }

    /// <summary>Whether it would change its target if this task took it now, as a compare-and-swap knows; null for as <see cref="OnlyReads"/> says.</summary>
    public Func<int, bool>? Changes { get; init; }

    /// <summary>How it excludes others on the same target.</summary>
    public Gate Gate { get; init; }

    /// <summary>What the task is about to do, for example <c>read count</c>.</summary>
    public required Func<string> Intent { get; init; }

    /// <summary>The line of the reader's code that it stands in; null where that is not known.</summary>
    public int? Line { get; set; }

    /// <summary>What it did, for example <c>read count = 0</c>; the intent when null.</summary>
    public Func<string>? Deed { get; init; }

    /// <summary>What it waits for while it cannot go; asked only then.</summary>
    public Func<string>? Obstacle { get; init; }

    /// <summary>Whether the task may go now, by the target's state alone; always when null.</summary>
    public Func<int, bool>? Enabled { get; init; }

    /// <summary>In how many ways it can end now for this task, 1 or more; the scheduler chooses one, <see cref="ProgramBuilder.Option"/>.</summary>
    public Func<int, int>? Options { get; init; }

    /// <summary>Does it, as the task of this number.</summary>
    public required Action<int> Effect { get; init; }

    /// <summary>Gives back what was taken, as a <c>finally</c> does: where the run is over, nothing is left to do.</summary>
    public bool GivesBack { get; init; }

    /// <summary>Letting another task go here is no preemption: the task gave way by itself.</summary>
    public bool GivesWay { get; init; }

    /// <summary>Said in a loop that waits for something: where it goes round in vain, others must go first.</summary>
    public bool Spins { get; init; }

    /// <summary>The condition that the task waits for; null when it waits for none.</summary>
    public IWaitingRoom? WaitingRoom { get; init; }

    /// <summary>Touches nothing shared: a place where another task may go.</summary>
    public static Operation GiveWay(string intent) => new() { Intent = () => intent, GivesWay = true, Effect = _ => { } };

    /// <summary>Whether it would change something that others see, if it went now.</summary>
    public bool WouldChange(int task) => Target is not null && !OnlyReads && Changes?.Invoke(task) != false;

    public bool CanGo(int task) => Enabled?.Invoke(task) != false;

    /// <summary>What keeps the task from going.</summary>
    public string Waiting() => Obstacle?.Invoke() ?? "waits";
}

/// <summary>Where tasks wait to be woken.</summary>
internal interface IWaitingRoom
{
    /// <summary>A task that waits although there were wake-ups: they came too early or woke another.</summary>
    bool LostWakeUp(int task);
}
