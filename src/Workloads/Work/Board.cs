namespace ConcurrencyLab;

/// <summary>
/// A count in a static variable. All threads of a process see the same one; another process has a copy of its own, which
/// begins at 0. Shows what is shared and what is not; article section <i>Processes and Threads: The Basics</i>.
/// <code>await Processes.Map([100], Board.Add, workers: 1);   // Board.Cups is what it was</code>
/// </summary>
public static class Board
{
    private static int _cups;

    /// <summary>What the board of this process says.</summary>
    public static int Cups => Volatile.Read(ref _cups);

    /// <summary>Adds to the board of the process in which it runs.</summary>
    public static BoardSeen Add(int cups) => new(Environment.ProcessId, Environment.CurrentManagedThreadId, Interlocked.Add(ref _cups, cups));

    /// <summary>Writes over the board of the process in which it runs.</summary>
    public static BoardSeen Set(int cups)
    {
        Volatile.Write(ref _cups, cups);
        return new(Environment.ProcessId, Environment.CurrentManagedThreadId, cups);
    }
}

/// <summary>Who saw what on the board.</summary>
/// <param name="Process">The process's id.</param>
/// <param name="Thread">The thread's id within it.</param>
/// <param name="Cups">What its board said.</param>
public sealed record BoardSeen(int Process, int Thread, int Cups)
{
    /// <summary>In words.</summary>
    public override string ToString() => FormattableString.Invariant($"process {Process}, thread {Thread}: the board says {Cups}");
}
