namespace ConcurrencyLab;

/// <summary>
/// A count in a static variable. All threads of a process see the same one; another process has a copy of its own, which
/// begins at 0. Shows what is shared and what is not; article section <i>Processes and Threads: The Basics</i>.
/// <code>await Processes.Map([100], SharedCounter.Add, workers: 1);   // SharedCounter.Value is what it was</code>
/// </summary>
public static class SharedCounter
{
    private static int _value;

    /// <summary>What the counter of this process says.</summary>
    public static int Value => Volatile.Read(ref _value);

    /// <summary>Adds to the counter of the process in which it runs.</summary>
    public static CounterSeen Add(int count) => new(Environment.ProcessId, Environment.CurrentManagedThreadId, Interlocked.Add(ref _value, count));

    /// <summary>Writes over the counter of the process in which it runs.</summary>
    public static CounterSeen Set(int value)
    {
        Volatile.Write(ref _value, value);
        return new(Environment.ProcessId, Environment.CurrentManagedThreadId, value);
    }
}

/// <summary>Who saw what on the counter.</summary>
/// <param name="Process">The process's id.</param>
/// <param name="Thread">The thread's id within it.</param>
/// <param name="Value">What its counter said.</param>
public sealed record CounterSeen(int Process, int Thread, int Value)
{
    /// <summary>In words.</summary>
    public override string ToString() => FormattableString.Invariant($"process {Process}, thread {Thread}: the counter says {Value}");
}
