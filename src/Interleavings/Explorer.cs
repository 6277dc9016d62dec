using System.Diagnostics;

namespace ConcurrencyLab.Interleavings;

/// <summary>Runs schedule after schedule of one program.</summary>
internal sealed class Explorer : IDisposable
{
    private readonly ConcurrentProgram _program;
    private readonly ExploreOptions _options;
    private readonly TaskThreads _threads;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly Exploration _tally = new();

    public Explorer(ConcurrentProgram program, ExploreOptions options, CancellationToken cancellationToken)
    {
        (_program, _options) = (program, options);
        _threads = new TaskThreads(options.StepLimit, cancellationToken);
    }

    public void Dispose() => _threads.Dispose();

    private bool Spent => _tally.Runs >= _options.MaxSchedules || _clock.Elapsed > _options.TimeLimit;

    /// <summary>Everything within the options, or up to the first failure.</summary>
    public Exploration Systematic()
    {
        var worst = Search(_options.MaxPreemptions, _options.Reduce, _options.StopAtFailure, out var cut);
        return Report(worst, Covered(cut));
    }

    /// <summary>
    /// Few preemptions first, for most mistakes need only one or two and the schedules found are the simplest; what is left is
    /// covered with reduction.
    /// </summary>
    public Exploration SimplestFirst()
    {
        const int Simple = 2;
        for (var bound = 0; bound <= Simple; bound++)
        {
            Restart();
            var found = Search(bound, reduce: false, stop: false, out var cut);
            if (found is not null || !cut || Spent)
            {
                return Report(found, Covered(cut, bound));
            }
        }

        Restart();
        var worst = Search(null, reduce: true, stop: true, out _);
        return Report(Simplest(worst), Covered(cut: false));
    }

    public Exploration Random(int seed, int schedules)
    {
        var policy = new RandomWalk(seed);
        Execution? best = null;
        while (_tally.Schedules < schedules && !Spent && best is null)
        {
            best = Broken(Play(policy, recording: false));
        }

        var tried = $"{Quantity.Count(_tally.Schedules, "schedule")} drawn by lot with seed {Quantity.Count(seed)}";
        return Report(Simplest(best), tried);
    }

    public ScheduleRun Follow(IReadOnlyList<int> order) => Recorded(new Follow(order));

    /// <summary>All runs of one search, keeping the simplest of those that break.</summary>
    private Execution? Search(int? bound, bool reduce, bool stop, out bool cut)
    {
        var policy = new DepthFirst(bound, reduce && bound is null && !_program.IsOnEventLoop);
        Execution? best = null;
        do
        {
            var execution = Play(policy, recording: false);
            if (policy.Diverged)
            {
                throw NotTheSame();
            }

            if (execution.Abandoned)
            {
                _tally.Pruned++;
            }
            else if (Broken(execution) is { } found && IsSimpler(found, best))
            {
                best = found;
                if (stop)
                {
                    break;
                }
            }

            if (!policy.Advance())
            {
                _tally.Complete = !policy.CutByBound || bound is not null;
                break;
            }
        }
        while (!Spent);

        cut = policy.CutByBound;
        return best;
    }

    /// <summary>
    /// Steps of one task moved together as long as it still breaks: fewer switches are easier to follow
    /// (as in Jalbert and Sen: <i>A trace simplification technique for effective debugging of concurrent programs</i>, FSE 2010).
    /// </summary>
    private Execution? Simplest(Execution? best)
    {
        for (var improved = best is not null; improved && !Spent;)
        {
            improved = false;
            var order = best!.Choices;
            for (var i = 1; i < order.Count && !improved && !Spent; i++)
            {
                // The interrupted task's next block comes first, or the interrupting one's later.
                var again = order.IndexOf(order[i - 1], i);
                if (again <= i)
                {
                    continue;
                }

                var end = order.FindIndex(again, task => task != order[again]);
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

    /// <summary>Fewer interruptions first, then fewer steps, then fewer switches.</summary>
    private static bool IsSimpler(Execution one, Execution? other) => other is null
        || (one.Preemptions, one.Choices.Count, one.Switches).CompareTo((other.Preemptions, other.Choices.Count, other.Switches)) < 0;

    private Execution Play(IPolicy policy, bool recording)
    {
        var builder = _program.Build(real: false);
        Execution execution = _program.IsOnEventLoop
            ? new EventLoopExecution(builder, policy, _options.MaxSteps, recording)
            : new ThreadedExecution(builder, policy, _options.MaxSteps, recording);
        builder.Start(execution);
        policy.Begin();
        execution.Run(_threads);
        _tally.Runs++;
        return execution;
    }

    private ScheduleRun Recorded(IPolicy policy)
    {
        var execution = Play(policy, recording: true);
        var (outcome, reason) = execution switch
        {
            { Failure: { } failure } => (failure.Outcome, failure.Reason),
            { Abandoned: false } => (Outcome.Holds, ""),
            _ when policy is Follow { Impossible: { } task } => (Outcome.Infeasible, WhyNot(execution, task)),
            _ => (Outcome.Unfinished, "the order ends here, the program does not"),
        };
        return new ScheduleRun(_program.Name, execution, outcome, reason);
    }

    private static string WhyNot(Execution execution, int task)
    {
        var (name, intention) = (execution.Builder.TaskName(task), execution.Intentions()[task]);
        return $"step {execution.Choices.Count + 1}: {name} {(intention == "done" ? "cannot go, " + name + " is done" : "cannot go, it " + intention)}";
    }

    private Exploration Report(Execution? found, string coverage)
    {
        (_tally.Elapsed, _tally.Coverage) = (_clock.Elapsed, coverage);
        // Run once more with everything written down; the same order gives the same run.
        _tally.Shown = Recorded(new Prefer(found?.Choices ?? []));
        return _tally.Outcome == (found?.Failure!.Outcome ?? Outcome.Holds) ? _tally : throw NotTheSame();
    }

    private InvalidOperationException NotTheSame() => new(
        $"\"{_program.Name}\" did something else when its steps were repeated in the same order: its tasks must not depend on time, chance, or variables that are not made inside the program.");

    /// <summary>Counts it, and gives it back if it broke.</summary>
    private Execution? Broken(Execution execution)
    {
        _tally.Schedules++;
        if (execution.Failure is null)
        {
            return null;
        }

        _tally.Failures++;
        _tally.TimeToFailure ??= _clock.Elapsed;
        return execution;
    }

    private void Restart() => (_tally.Schedules, _tally.Failures, _tally.Pruned, _tally.Complete) = (0, 0, 0, false);

    private string Covered(bool cut, int? bound = null)
    {
        var most = bound ?? _options.MaxPreemptions;
        var reduced = _tally.Pruned > 0 || most is null && _options.Reduce && !_program.IsOnEventLoop;
        var count = Quantity.Count(_tally.Schedules, "schedule");
        var one = _tally.Schedules == 1;
        var all = one ? "the only" : "all " + Quantity.Count(_tally.Schedules);
        var schedules = one ? "schedule" : "schedules";
        return (_tally.Complete, cut, reduced) switch
        {
            (false, _, _) => $"the first {count}",
            (true, true, _) => most == 0 ? $"{all} {schedules} that {(one ? "interrupts" : "interrupt")} no task" : $"{all} {schedules} with at most {Quantity.Count(most!.Value, "preemption")}",
            (true, false, true) => $"{count} that {(one ? "stands" : "stand")} for all interleavings",
            _ => $"{all} {(one ? "interleaving" : "interleavings")} there {(one ? "is" : "are")}",
        };
    }
}
