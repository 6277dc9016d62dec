namespace ConcurrencyLab.Interleavings;

/// <summary>One run of a concurrent program in one order of steps; shows itself as its picture.</summary>
[TypeFormatterSource(MimeTypes.Plotly, MimeTypes.Png, MimeTypes.Plain)]
public sealed class ScheduleRun : IMimeBundle
{
    internal ScheduleRun(string program, Execution execution, Outcome outcome, string reason)
    {
        (Program, Outcome, Reason) = (program, outcome, reason);
        var tasks = Enumerable.Range(0, execution.Count).Where(task => (execution.Existing >> task & 1) != 0).ToList();
        Tasks = [.. tasks.Select(task => execution.Notes.Names[task])];
        Intentions = [.. tasks.Select(execution.Intention)];
        ControlledObjects = [.. execution.Builder.ControlledObjects.Select(controlled => controlled.Name)];
        // What is made on the way has no value before.
        IReadOnlyList<string> Padded(IReadOnlyList<string> values) => [.. values, .. Enumerable.Repeat("", ControlledObjects.Count - values.Count)];
        Initial = Padded(execution.Initial);
        Records = [.. execution.Records.Select(record => record with { Task = tasks.IndexOf(record.Task), Values = Padded(record.Values) })];
        Schedule = Interleavings.Schedule.Write(execution.Choices, execution.Notes.Names);
        (Preemptions, Switches) = (execution.Preemptions, execution.Switches);
    }

    /// <summary>The program's name.</summary>
    public string Program { get; }

    /// <summary>The tasks' names.</summary>
    public IReadOnlyList<string> Tasks { get; }

    /// <summary>How it ended.</summary>
    public Outcome Outcome { get; }

    /// <summary>What broke, in a sentence; empty when nothing did.</summary>
    public string Reason { get; }

    /// <summary>The order of steps: give it to <see cref="ConcurrentProgram.Run(string)"/> to see the very same again.</summary>
    public string Schedule { get; }

    /// <summary>Number of steps taken.</summary>
    public int Steps => Records.Count;

    /// <summary>How often a task was interrupted that could have gone on.</summary>
    public int Preemptions { get; }

    /// <summary>How often another task went on, interrupted or not.</summary>
    public int Switches { get; }

    /// <summary>Whether nothing broke.</summary>
    public bool Holds => Outcome == Outcome.Holds;

    /// <summary>Tasks as lanes, steps as boxes from top to bottom, shared state after each of them.</summary>
    public Figure Figure => ScheduleChart.Of(this, null);

    internal IReadOnlyList<string> ControlledObjects { get; }

    /// <summary>It was shown because no order was found that breaks the program, and others were not tried or not seen.</summary>
    internal bool ProvesNothing { get; set; }

    /// <summary>State before the first step.</summary>
    internal IReadOnlyList<string> Initial { get; }

    internal IReadOnlyList<StepRecord> Records { get; }

    /// <summary>What each task would do next, in words; <c>done</c> for those that have ended.</summary>
    public IReadOnlyList<string> Intentions { get; }

    /// <summary>What happened, in words.</summary>
    public override string ToString() => ScheduleChart.Describe(this);

    /// <summary>The outcome as people say it.</summary>
    internal string Verdict => Outcome switch
    {
        Outcome.Holds => ProvesNothing ? "not proved" : "holds",
        Outcome.BrokenInvariant => "broken",
        Outcome.Deadlock => "deadlock",
        Outcome.LostWakeUp => "lost wake-up",
        Outcome.Livelock => "livelock",
        Outcome.UnhandledException => "exception",
        Outcome.DataRace => "data race",
        Outcome.Unfinished => "not finished",
        _ => "not possible",
    };

    string? IMimeBundle.Show(string mimeType) => ((IMimeBundle)Figure).Show(mimeType);
}
