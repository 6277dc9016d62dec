namespace ConcurrencyLab.Interleavings;

/// <summary>In which order schedules of a program are tried, and what is said about it in the end.</summary>
internal sealed class Explorer(ConcurrentProgram program, ExploreOptions options, CancellationToken cancellationToken) : IDisposable
{
    /// <summary>Runs of the first look, which proves most small programs.</summary>
    private const int FirstLook = 1000;

    /// <summary>Draws by lot: a mistake that many orders show is found by them, however large the program is.</summary>
    private const int Draws = 300;

    /// <summary>Most mistakes need no more interruptions (Musuvathi and Qadeer 2007).</summary>
    private const int Simple = 2;

    private readonly Player _player = new(program, options, cancellationToken);
    private readonly List<string> _tried = [];

    private Exploration Tally => _player.Tally;

    public void Dispose() => _player.Dispose();

    /// <summary>Everything within the options, or up to the first failure.</summary>
    public Exploration Systematic()
    {
        var (worst, cut) = Search(options.MaxPreemptions, options.Reduce, options.StopAtFailure);
        return Report(worst, Covered(options.MaxPreemptions, options.Reduce, cut));
    }

    /// <summary>
    /// A small search with reduction first, then some draws, then all schedules of few preemptions, then whatever is left.
    /// What was found is looked for once more among the schedules of the fewest preemptions, which are the easiest to follow.
    /// </summary>
    public Exploration SimplestFirst()
    {
        var (found, _) = Search(null, reduce: true, stop: true, FirstLook);
        if (found is null && Tally.Exhausted)
        {
            return Report(null, Covered(null, true, false));
        }

        Tried(null, true, false);
        if (found is null)
        {
            var lot = new RandomWalk(seed: 1);
            for (var draw = 0; draw < Draws && found is null && !_player.Spent; draw++)
            {
                found = _player.Broken(_player.Play(lot, recording: false));
            }

            _tried.Add($"{Quantity.Count(Tally.Schedules, "schedule")} drawn by lot");
        }

        for (var bound = 0; bound <= Math.Min(Simple, found?.Preemptions ?? Simple) && !_player.Spent; bound++)
        {
            _player.Restart();
            var (simple, cut) = Search(bound, reduce: false, stop: false, FirstLook * (bound + 1));
            if (simple is not null || Tally.Exhausted && !cut)
            {
                return Report(Tally.Exhausted ? simple : _player.Simplest(simple), Covered(bound, false, cut));
            }

            Tried(bound, false, cut);
            if (found is not null && !Tally.Exhausted)
            {
                // Too many orders to look for the simplest among them.
                break;
            }
        }

        if (found is null && !_player.Spent)
        {
            _player.Restart();
            (found, _) = Search(null, reduce: true, stop: true);
            Tried(null, true, false);
        }

        if (Tally.Exhausted)
        {
            return Report(_player.Simplest(found), _tried[^1]);
        }

        return Report(_player.Simplest(found), string.Join(", ", _tried.Distinct()));
    }

    /// <summary>Draws by lot.</summary>
    public Exploration Random(int seed, int schedules) => Draw(new RandomWalk(seed), schedules, () => $"drawn by lot with seed {Quantity.Count(seed)}");

    /// <summary>Draws priorities by lot.</summary>
    public Exploration Priorities(int seed, int depth, int schedules)
    {
        // How long a run is decides where priorities may change.
        _player.Play(new Prefer([]), recording: false);
        return Draw(new PriorityPolicy(seed, depth), schedules, () =>
        {
            var (tasks, steps) = (_player.Notes.Names.Count, _player.Notes.Longest);
            return $"by priorities drawn by lot with seed {Quantity.Count(seed)}, each of which meets a mistake of depth {depth} with a chance of 1 in {Quantity.Digits(tasks * Math.Pow(steps, depth - 1))} or more ({tasks} tasks, {Quantity.Count(steps, "step")})";
        });
    }

    public ScheduleRun Follow(string order)
    {
        var steps = Schedule.Read(order, _player.IsTask, () => _player.Notes.Names);
        return _player.Recorded(new Follow(steps), steps.Count + 1);
    }

    private Exploration Draw(IPolicy policy, int schedules, Func<string> how)
    {
        Execution? best = null;
        while (Tally.Schedules < schedules && !_player.Spent && best is null)
        {
            best = _player.Broken(_player.Play(policy, recording: false));
        }

        return Report(_player.Simplest(best), $"{Quantity.Count(Tally.Schedules, "schedule")} {how()}");
    }

    /// <summary>All runs of one search, keeping the simplest of those that break.</summary>
    private (Execution? Found, bool Cut) Search(int? bound, bool reduce, bool stop, int most = int.MaxValue)
    {
        var (search, watched) = (Make(bound, reduce), _player.Notes.Watched.Count);
        Execution? best = null;
        for (var runs = 1; ; runs++)
        {
            var execution = _player.Play(search, recording: false);
            if (search.Diverged)
            {
                throw _player.NotTheSame();
            }

            if (_player.Notes.Watched.Count != watched)
            {
                // An invariant has looked at something for the first time: its changes matter from the start.
                _player.Restart();
                (search, watched, best) = (Make(bound, reduce), _player.Notes.Watched.Count, null);
                continue;
            }

            if (execution.Abandoned)
            {
                Tally.Pruned++;
            }
            else if (_player.Broken(execution) is { } found && Player.IsSimpler(found, best))
            {
                best = found;
                if (stop)
                {
                    break;
                }
            }

            if (execution.Probed || !search.Advance(execution))
            {
                Tally.Exhausted = !execution.Probed;
                break;
            }

            if (runs >= most || _player.Spent)
            {
                break;
            }
        }

        return (best, search.CutByBound);
    }

    private ISearch Make(int? bound, bool reduce) => reduce && bound is null && !program.IsOnEventLoop ? new SourceSets() : new DepthFirst(bound);

    private Exploration Report(Execution? found, string coverage)
    {
        Tally.Coverage = coverage;
        return _player.Report(found);
    }

    private void Tried(int? bound, bool reduce, bool cut) => _tried.Add(Covered(bound, reduce, cut));

    private string Covered(int? bound, bool reduce, bool cut)
    {
        var count = Quantity.Count(Tally.Schedules, "schedule");
        var one = Tally.Schedules == 1;
        var all = one ? "the only" : "all " + Quantity.Count(Tally.Schedules);
        var schedules = one ? "schedule" : "schedules";
        return (Tally.Exhausted, cut, reduce && bound is null && !program.IsOnEventLoop) switch
        {
            (false, _, _) => $"the first {count}",
            (true, true, _) => bound == 0 ? $"{all} {schedules} that {(one ? "interrupts" : "interrupt")} no task" : $"{all} {schedules} with at most {Quantity.Count(bound!.Value, "preemption")}",
            (true, false, true) => $"{count} that {(one ? "stands" : "stand")} for all interleavings",
            _ => $"{all} {(one ? "interleaving" : "interleavings")} there {(one ? "is" : "are")}",
        };
    }
}
