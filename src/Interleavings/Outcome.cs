using ConcurrencyLab.Interleavings.Twins;

namespace ConcurrencyLab.Interleavings;

/// <summary>How a run of a concurrent program ended.</summary>
public enum Outcome
{
    /// <summary>All tasks ended and all checks held.</summary>
    Holds,

    /// <summary>A check did not hold.</summary>
    BrokenInvariant,

    /// <summary>Tasks wait for each other, and none can go on.</summary>
    Deadlock,

    /// <summary>A task waits for a pulse that came too early or woke another task; none is left to send another.</summary>
    LostWakeUp,

    /// <summary>Tasks keep running and get nowhere: they spin for something that never changes, or exceed the bound on steps.</summary>
    Livelock,

    /// <summary>A task threw an exception that was not caught.</summary>
    UnhandledException,

    /// <summary>Two threads use an object at once that is not made for it: a list, a dictionary.</summary>
    DataRace,

    /// <summary>The order that was asked for ended before the program did.</summary>
    Unfinished,

    /// <summary>The order that was asked for is not possible: a task was to go that had to wait or was done.</summary>
    Infeasible,
}

/// <summary>Why a run broke.</summary>
internal sealed record Failure(Outcome Outcome, string Reason)
{
    /// <summary>What has to be told instead of any verdict; null when there is one.</summary>
    public UncontrolledConcurrencyException? Uncontrolled { get; private init; }

    public static Failure Threw(string who, Exception error) => error switch
    {
        CheckFailedException => new(Outcome.BrokenInvariant, error.Message),
        DataRaceException => new(Outcome.DataRace, error.Message),
        LostException => new(Outcome.UnhandledException, error.Message),
        UncontrolledConcurrencyException uncontrolled => new(Outcome.Livelock, error.Message) { Uncontrolled = uncontrolled },
        _ => new(Outcome.UnhandledException, $"{who} threw {error.GetType().Name}: {Quantity.Shortened(error.Message, 160)}"),
    };
}

/// <summary>One step as it is drawn.</summary>
/// <param name="Task">Who took it.</param>
/// <param name="Deeds">What it did; several when an asynchronous task did them without giving way.</param>
/// <param name="Values">State of every controlled object after it.</param>
/// <param name="Line">The line of the reader's code; null where that is not known.</param>
internal sealed record StepRecord(int Task, IReadOnlyList<string> Deeds, IReadOnlyList<string> Values, int? Line = null);

/// <summary>
/// A task did not come back to the scheduler: it computes for ever, sleeps, or waits for something that the scheduler does not control.
/// </summary>
public sealed class UncontrolledConcurrencyException : Exception
{
    /// <summary>Says who did not come back and where it was last seen.</summary>
    internal UncontrolledConcurrencyException(string message)
        : base(message)
    {
    }
}

/// <summary>Unwinds a task whose run is over; never seen by users unless they catch everything.</summary>
internal sealed class RunIsOverException() : Exception("The run is over.");
