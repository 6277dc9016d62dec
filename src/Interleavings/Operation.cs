namespace ConcurrencyLab.Interleavings;

/// <summary>
/// One visible step of a task: an access to a controlled object. The scheduler decides before each of them who goes next, so a
/// schedule is the order of these and nothing else.
/// </summary>
internal sealed class Operation
{
    /// <summary>What it touches; null when it touches nothing shared.</summary>
    public ControlledObject? Target { get; init; }

    /// <summary>Leaves the target as it was; all others write it.</summary>
    public bool OnlyReads { get; init; }

    public bool Writes => Target is not null && !OnlyReads;

    /// <summary>What the task is about to do, for example <c>read count</c>.</summary>
    public required Func<string> Intent { get; init; }

    /// <summary>What it did, for example <c>read count = 0</c>; the intent when null.</summary>
    public Func<string>? Deed { get; init; }

    /// <summary>What it waits for while it cannot go; asked only then.</summary>
    public Func<string>? Obstacle { get; init; }

    /// <summary>Whether the task may go now; always when null.</summary>
    public Func<int, bool>? Enabled { get; init; }

    /// <summary>Does it, as the task of this number.</summary>
    public required Action<int> Effect { get; init; }

    /// <summary>Whether it changed anything that another task could see; a write did when null.</summary>
    public Func<bool>? Changed { get; init; }

    /// <summary>Gives back what was taken, as a <c>finally</c> does: where the run is over, nothing is left to do.</summary>
    public bool GivesBack { get; init; }

    /// <summary>Letting another task go here is no preemption: the task gave way by itself.</summary>
    public bool GivesWay { get; init; }

    /// <summary>A busy wait: it can go on only after another task has changed something.</summary>
    public bool Spins { get; init; }

    /// <summary>Inserted by the scheduler into a loop that only reads; allowed when no other task can go.</summary>
    public bool Implicit { get; init; }

    /// <summary>The lock in whose waiting room the task is; null when it is in none.</summary>
    public SharedLock? WaitingRoom { get; init; }

    /// <summary>Touches nothing shared: a place where another task may go.</summary>
    public static Operation GiveWay(string intent) => new() { Intent = () => intent, GivesWay = true, Effect = _ => { } };

    public bool CanGo(int task) => Enabled?.Invoke(task) != false;

    /// <summary>What keeps the task from going.</summary>
    public string Waiting() => Obstacle?.Invoke() ?? "waits";

    /// <summary>
    /// Whether the order of the two may matter. Conservative: two operations said to be independent always lead to the same
    /// state in both orders, and neither lets or keeps the other from going.
    /// </summary>
    public static bool Dependent(Operation one, Operation other) =>
        ReferenceEquals(one.Target, other.Target) && (one.Writes || other.Writes) || one.Spins && other.Writes || other.Spins && one.Writes;
}
