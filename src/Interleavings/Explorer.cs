using System.Diagnostics;

namespace ConcurrencyLab.Interleavings;

/// <summary>Runs schedule after schedule of one program.</summary>
internal sealed class Explorer : IDisposable
{
    private readonly ConcurrentProgram _program;
    private readonly ExploreOptions _options;
    private readonly TaskThreads _threads;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly ExploreTally _tally = new();

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
        return Report(worst is null ? null : Simplest(worst), Covered(cut: false));
    }

    public Exploration Random(int seed, int schedules)
    {
        var policy = new RandomWalk(seed);
        Found? best = null;
        while (_tally.Schedules < schedules && !Spent && best is null)
        {
            best = Count(Play(policy, recording: false));
        }

        var tried = $"{Quantity.Count(_tally.Schedules, "schedule")} drawn by lot with seed {Quantity.Count(seed)}";
        return Report(best is null ? null : Simplest(best), tried);
    }

    public ScheduleRun Follow(IReadOnlyList<int> order)
    {
        var policy = new Follow(order);
        return Recorded(policy, () => policy.Impossible);
    }

    /// <summary>All runs of one search, keeping the simplest of those that break.</summary>
    private Found? Search(int? bound, bool reduce, bool stop, out bool cut)
    {
        var policy = new DepthFirst(bound, reduce && bound is null && !_program.IsOnEventLoop);
        Found? best = null;
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
            else if (Count(execution) is { } found && (best is null || found.CompareTo(best) < 0))
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
    private Found Simplest(Found best)
    {
        for (var improved = true; improved && !Spent;)
        {
            improved = false;
            for (var i = 1; i < best.Choices.Count && !improved && !Spent; i++)
            {
                if (best.Choices[i] == best.Choices[i - 1])
                {
                    continue;
                }

                // The interrupted task's next block comes first, or the interrupting one's later.
                var again = NextOf(best.Choices, best.Choices[i - 1], i);
                if (again < 0)
                {
                    continue;
                }

                var end = again;
                while (end < best.Choices.Count && best.Choices[end] == best.Choices[again])
                {
                    end++;
                }

                int[] wish = [.. best.Choices.Take(i), .. best.Choices.Skip(again).Take(end - again), .. best.Choices.Skip(i).Take(again - i), .. best.Choices.Skip(end)];
                var execution = Play(new Prefer(wish), recording: false);
                if (execution.Failure?.Outcome == best.Outcome && Found.Of(execution) is var simpler && simpler.CompareTo(best) < 0)
                {
                    (best, improved) = (simpler, true);
                }
            }
        }

        return best;
    }

    private static int NextOf(IReadOnlyList<int> choices, int task, int from)
    {
        while (from < choices.Count && choices[from] != task)
        {
            from++;
        }

        return from < choices.Count ? from : -1;
    }

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

    private ScheduleRun Recorded(IPolicy policy, Func<int?> impossible)
    {
        var probe = _program.Build(real: false);
        string[] initial = [.. probe.ControlledObjects.Select(controlled => controlled.State)];
        var execution = Play(policy, recording: true);
        var (outcome, reason) = execution switch
        {
            { Failure: { } failure } => (failure.Outcome, failure.Reason),
            { Abandoned: false } => (Outcome.Holds, ""),
            _ when impossible() is { } task => (Outcome.Infeasible, WhyNot(execution, task)),
            _ => (Outcome.Unfinished, "the order ends here, the program does not"),
        };
        return new ScheduleRun(
            _program.Name, [.. execution.Builder.Tasks.Select(task => task.Name)], [.. execution.Builder.ControlledObjects.Select(controlled => controlled.Name)], initial, execution, outcome, reason);
    }

    private static string WhyNot(Execution execution, int task)
    {
        var (name, intention) = (execution.Builder.TaskName(task), execution.Intentions()[task]);
        return $"step {execution.Choices.Count + 1}: {name} {(intention == "done" ? "cannot go, " + name + " is done" : "cannot go, it " + intention)}";
    }

    private Exploration Report(Found? found, string coverage)
    {
        _tally.Elapsed = _clock.Elapsed;
        // Run once more with everything written down; the same order gives the same run.
        var shown = Recorded(new Prefer(found?.Choices ?? []), () => null);
        return shown.Outcome == (found?.Outcome ?? Outcome.Holds) ? new Exploration(shown, _tally, coverage) : throw NotTheSame();
    }

    private InvalidOperationException NotTheSame() => new(
        $"\"{_program.Name}\" did something else when its steps were repeated in the same order: its tasks must not depend on time, chance, or variables that are not made inside the program.");

    private Found? Count(Execution execution)
    {
        _tally.Schedules++;
        if (execution.Failure is null)
        {
            return null;
        }

        _tally.Failures++;
        _tally.TimeToFailure ??= _clock.Elapsed;
        return Found.Of(execution);
    }

    private void Restart() => (_tally.Schedules, _tally.Failures, _tally.Pruned, _tally.Complete) = (0, 0, 0, false);

    private string Covered(bool cut, int? bound = null)
    {
        var most = bound ?? _options.MaxPreemptions;
        var reduced = _tally.Pruned > 0 || most is null && _options.Reduce && !_program.IsOnEventLoop;
        var count = Quantity.Count(_tally.Schedules, "schedule");
        var all = _tally.Schedules == 1 ? "the only" : "all " + Quantity.Count(_tally.Schedules);
        var schedules = _tally.Schedules == 1 ? "schedule" : "schedules";
        return (_tally.Complete, cut, reduced) switch
        {
            (false, _, _) => $"the first {count}",
            (true, true, _) => most == 0 ? $"{all} {schedules} that {(_tally.Schedules == 1 ? "interrupts" : "interrupt")} no task" : $"{all} {schedules} with at most {Quantity.Count(most!.Value, "preemption")}",
            (true, false, true) => $"{count} that {(_tally.Schedules == 1 ? "stands" : "stand")} for all interleavings",
            _ => $"{all} {(_tally.Schedules == 1 ? "interleaving" : "interleavings")} there {(_tally.Schedules == 1 ? "is" : "are")}",
        };
    }

    /// <summary>A schedule that breaks; simpler ones come first.</summary>
    private sealed record Found(IReadOnlyList<int> Choices, Outcome Outcome, int Preemptions, int Switches) : IComparable<Found>
    {
        public static Found Of(Execution execution) => new(execution.Choices, execution.Failure!.Outcome, execution.Preemptions, execution.Switches);

        public int CompareTo(Found? other) => other is null ? -1 : (Preemptions, Choices.Count, Switches).CompareTo((other.Preemptions, other.Choices.Count, other.Switches));
    }
}
