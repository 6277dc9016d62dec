namespace ConcurrencyLab.Interleavings;

/// <summary>Pairs of steps that could have come the other way round, found after a run by vector clocks.</summary>
internal sealed partial class SourceSets
{
    private void FindRaces(Execution execution)
    {
        var tasks = execution.Count;
        var now = new Clock[tasks];
        var counts = new int[tasks];
        var causes = execution.Causes;
        var cause = 0;
        for (var at = 0; ; at++)
        {
            for (; cause < causes.Count && causes[cause].At <= at; cause++)
            {
                now[causes[cause].To] = now[causes[cause].To].With(now[causes[cause].From]);
            }

            if (at == _path.Count)
            {
                break;
            }

            var node = _path[at];
            var task = node.Task;
            if (at >= _known)
            {
                Races(at, task, node.Next[task], now[task]);
                node.Number = counts[task] + 1;
                node.Clock = After(at, now[task]).At(task, node.Number);
            }

            counts[task] = node.Number;
            now[task] = node.Clock;
        }

        // What tasks were about to do when it ended could have come before, too.
        for (var task = 0; task < _end.Length; task++)
        {
            if (_end[task] is { } last && (last.Object >= 0 || last.AwaitsOneOf is not null))
            {
                Races(_path.Count, task, last, now[task]);
            }
        }

        _known = _path.Count;
    }

    /// <summary>When a step happened: after all that came before in its task, and all before that it depends on.</summary>
    private Clock After(int at, Clock clock)
    {
        var (task, footprint) = (_path[at].Task, _path[at].Next[_path[at].Task]);
        for (var i = at - 1; i >= 0; i--)
        {
            var earlier = _path[i];
            if (earlier.Task != task && clock[earlier.Task] < earlier.Number && footprint.DependsOn(earlier.Next[earlier.Task]))
            {
                clock = clock.With(earlier.Clock);
            }
        }

        return clock;
    }

    /// <summary>Looks for steps that this one could have come before, and has that tried.</summary>
    private void Races(int at, int task, in Footprint footprint, Clock before)
    {
        var clock = before;
        var pendingSince = -1;
        for (var i = at - 1; i >= 0; i--)
        {
            var earlier = _path[i];
            if (earlier.Task == task)
            {
                pendingSince = Math.Max(pendingSince, i + 1);
                continue;
            }

            ref readonly var step = ref earlier.Next[earlier.Task];
            if (clock[earlier.Task] >= earlier.Number || !footprint.DependsOn(step) || footprint.NeverBeside(step))
            {
                continue;
            }

            // Had it waited there already, and did nothing else let it go, then it cannot come first.
            if (i >= pendingSince && (earlier.Blocked >> task & 1) != 0 && !IsLetGoWithout(i, at, footprint))
            {
                continue;
            }

            var initials = Initials(i, at, task, footprint, before);
            if (initials == 0)
            {
                continue;
            }

            clock = clock.With(earlier.Clock);
            if ((initials & (earlier.Backtrack | earlier.Sleeping)) == 0)
            {
                earlier.Backtrack |= (initials >> task & 1) != 0 ? 1UL << task : initials & (~initials + 1);
            }
        }
    }

    /// <summary>Whether one of the changes that a step waits for comes without step i.</summary>
    private bool IsLetGoWithout(int i, int at, in Footprint footprint)
    {
        if (footprint.AwaitsOneOf is null)
        {
            return false;
        }

        for (var k = i + 1; k < at; k++)
        {
            if (_path[k].Clock[_path[i].Task] < _path[i].Number && footprint.DependsOn(_path[k].Next[_path[k].Task]))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Tasks that can begin what comes after step i without following from it, up to the step that is to come first now.
    /// </summary>
    private ulong Initials(int i, int at, int task, in Footprint footprint, Clock before)
    {
        var first = _path[i];
        ulong seen = 0, initials = 0;
        List<Node> kept = [];
        for (var k = i + 1; k < at; k++)
        {
            var node = _path[k];
            if (node.Clock[first.Task] >= first.Number)
            {
                continue;
            }

            if ((seen >> node.Task & 1) == 0)
            {
                seen |= 1UL << node.Task;
                if (!kept.Exists(other => node.Clock[other.Task] >= other.Number))
                {
                    initials |= 1UL << node.Task;
                }
            }

            kept.Add(node);
        }

        if ((seen >> task & 1) == 0)
        {
            var free = true;
            foreach (var other in kept)
            {
                free &= before[other.Task] < other.Number && !footprint.DependsOn(other.Next[other.Task]);
            }

            initials |= free ? 1UL << task : 0;
        }

        return initials & first.Enabled;
    }
}
