using System.Diagnostics;

namespace ConcurrencyLab.Interleavings;

/// <summary>Plays runs of one program, counts them, and makes what was found simple.</summary>
internal sealed class Player : IDisposable
{
    /// <summary>A run that was ended for its length has so many times as long to end by itself before it counts as endless.</summary>
    private const int Longer = 10;

    /// <summary>How often the run that is shown is repeated, to see whether the program does the same every time.</summary>
    private const int Repeats = 3;

    /// <summary>Longer orders are not made simpler: that takes a run for every step.</summary>
    private const int LongestMadeSimple = 300;

    private readonly ConcurrentProgram _program;
    private readonly ExploreOptions _options;
    private readonly TaskThreads _threads;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly ProgramBuilder _first;
    private bool _cut;

    public Player(ConcurrentProgram program, ExploreOptions options, CancellationToken cancellationToken)
    {
        (_program, _options) = (program, options);
        _first = program.Build(real: false);
        Notes = new ExplorationNotes(options.MaxSteps, _first.Tasks.Select(task => task.Name));
        _threads = new TaskThreads(options.StepLimit, cancellationToken);
    }

    public Exploration Tally { get; } = new();

    public ExplorationNotes Notes { get; private set; }

    public bool Spent => Tally.Runs >= _options.MaxSchedules || _clock.Elapsed > _options.TimeLimit;

    public void Dispose() => _threads.Dispose();

    /// <summary>Whether a task has this name; those that tasks start are known after a run.</summary>
    public bool IsTask(string name)
    {
        if (!Notes.Names.Contains(name) && Tally.Runs == 0)
        {
            Play(new Prefer([]), recording: false);
        }

        return Notes.Names.Contains(name);
    }

    /// <summary>One run; repeated while a loop is met of which it is not known whether it waits.</summary>
    public Execution Play(IPolicy policy, bool recording)
    {
        for (var again = false; ; again = true)
        {
            var builder = _program.Build(real: false);
            Execution execution = _program.IsOnEventLoop
                ? new EventLoopExecution(builder, policy, Notes, recording)
                : new ThreadedExecution(builder, policy, Notes, recording);
            builder.Attach(execution);
            policy.Begin(again);
            execution.Run(_threads);
            Tally.Runs++;
            if (execution.Failure?.Uncontrolled is { } uncontrolled)
            {
                throw uncontrolled;
            }

            Notes.Longest = Math.Max(Notes.Longest, execution.Choices.Count);
            _cut |= execution.Cut;
            if (!execution.Probed || Spent && !recording)
            {
                return execution;
            }
        }
    }

    public ScheduleRun Recorded(IPolicy policy, int steps) => Recorded(policy, steps, out _);

    private ScheduleRun Recorded(IPolicy policy, int steps, out long fingerprint)
    {
        if (steps > Notes.MostSteps)
        {
            Notes = new ExplorationNotes(steps, _first.Tasks.Select(task => task.Name));
        }

        var execution = Play(policy, recording: true);
        fingerprint = execution.Fingerprint;
        var (outcome, reason) = execution switch
        {
            { Failure: { } failure } => (failure.Outcome, failure.Reason),
            { Abandoned: false } => (Outcome.Holds, ""),
            _ when policy is Follow { Impossible: { } task } => (Outcome.Infeasible, WhyNot(execution, task)),
            _ => (Outcome.Unfinished, "the order ends here, the program does not"),
        };
        return new ScheduleRun(_program.Name, execution, outcome, reason);
    }

    /// <summary>Counts it, and gives it back if it broke.</summary>
    public Execution? Broken(Execution execution)
    {
        Tally.Schedules++;
        if (execution.Failure is null || execution.Endless && !IsEndless(execution))
        {
            return null;
        }

        Tally.Failures++;
        Tally.TimeToFailure ??= _clock.Elapsed;
        return execution;
    }

    public void Restart() => (Tally.Schedules, Tally.Failures, Tally.Pruned, Tally.Exhausted) = (0, 0, 0, false);

    /// <summary>Fewer interruptions first, then fewer steps, then fewer switches.</summary>
    public static bool IsSimpler(Execution one, Execution? other) => other is null
        || (one.Preemptions, one.Choices.Count, one.Switches).CompareTo((other.Preemptions, other.Choices.Count, other.Switches)) < 0;

    /// <summary>
    /// Steps of one task moved together as long as it still breaks: fewer switches are easier to follow
    /// (as in Jalbert and Sen: <i>A trace simplification technique for effective debugging of concurrent programs</i>, FSE 2010).
    /// </summary>
    public Execution? Simplest(Execution? best)
    {
        for (var improved = best is not null && best.Choices.Count <= LongestMadeSimple; improved && !Spent;)
        {
            improved = false;
            var order = best!.Choices;
            for (var i = 1; i < order.Count && !improved && !Spent; i++)
            {
                // The interrupted task's next block comes first, or the interrupting one's later.
                var before = order[i - 1].Task;
                var again = order.FindIndex(i, choice => choice.Task == before);
                if (again <= i)
                {
                    continue;
                }

                var end = order.FindIndex(again, choice => choice.Task != before);
                end = end < 0 ? order.Count : end;
                var execution = Play(new Prefer([.. order[..i], .. order[again..end], .. order[i..again], .. order[end..]]), recording: false);
                if (execution.Failure?.Outcome == best.Failure!.Outcome && IsSimpler(execution, best))
                {
                    (best, improved) = (execution, true);
                }
            }
        }

        return best;
    }

    /// <summary>What is said in the end; run once more with everything written down, for the same order gives the same run.</summary>
    public Exploration Report(Execution? found)
    {
        Tally.Elapsed = _clock.Elapsed;
        var again = new Prefer(found?.Choices ?? []);
        var same = found is null ? Patiently(Notes.FreeSteps, () => IsTheSame(again, found)) : IsTheSame(again, found);
        Tally.NotSeen = [.. Sight.NotSeen(_program, _first, Notes, _cut, Tally)];
        if (!same)
        {
            throw NotTheSame();
        }

        Tally.Shown.ProvesNothing = Tally.Holds && !Tally.Complete;
        return Tally;
    }

    public InvalidOperationException NotTheSame() => new(Notes.NotSeen is [var unseen, ..]
        ? $"\"{_program.Name}\" cannot be explored, for not all of it is seen: {unseen}"
        : $"\"{_program.Name}\" did something else when its steps were repeated in the same order: its tasks must not depend on time, chance, or variables that are not made inside the program{(_program.Code?.Chance is { Count: > 0 } chance ? $": it asks {string.Join(", ", chance)}" : "")}.");

    private bool IsTheSame(Prefer order, Execution? found)
    {
        Tally.Shown = Recorded(order, 0, out var fingerprint);
        return Tally.Outcome == (found?.Failure!.Outcome ?? Outcome.Holds)
            && Enumerable.Range(0, Repeats).All(_ => Play(order, recording: false).Fingerprint == fingerprint);
    }

    /// <summary>Whether a run that was ended for its length does not end either when all take turns for much longer.</summary>
    private bool IsEndless(Execution execution)
    {
        return Patiently(execution.Choices.Count, () => Play(new Prefer(execution.Choices), recording: false).Endless);
    }

    private T Patiently<T>(int freeSteps, Func<T> play)
    {
        var (most, free, longest) = (Notes.MostSteps, Notes.FreeSteps, Notes.Longest);
        (Notes.MostSteps, Notes.FreeSteps) = (Longer * most, freeSteps);
        try
        {
            return play();
        }
        finally
        {
            (Notes.MostSteps, Notes.FreeSteps, Notes.Longest) = (most, free, longest);
        }
    }

    private static string WhyNot(Execution execution, string name)
    {
        var task = execution.TaskOf(name);
        var intention = task < 0 ? "not started" : execution.Intention(task);
        var why = intention switch
        {
            "done" => $"cannot go, {name} is done",
            "not started" => $"cannot go, {name} is not there yet",
            _ when task >= 0 && execution.Pending[task] is { } operation && operation.CanGo(task) => $"can end in {execution.OptionsOf(task)} ways only, numbered from 0",
            _ => $"cannot go, it {intention}",
        };
        return $"step {execution.Choices.Count + 1}: {name} {why}";
    }
}
