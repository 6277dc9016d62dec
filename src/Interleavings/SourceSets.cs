using System.Numerics;

namespace ConcurrencyLab.Interleavings;

/// <summary>
/// Runs one of several schedules that differ only in the order of steps that commute: dynamic partial-order reduction with
/// source sets and sleep sets (Abdulla, Aronsson, Jonsson, Sagonas: <i>Optimal dynamic partial order reduction</i>, POPL 2014).
/// After each run, pairs of steps that could have come the other way round are looked for, and a task that leads there is
/// added where the first of them was chosen. Every class of equivalent schedules is run to its end exactly once; what is
/// begun and turns out to belong to a class that was seen is abandoned.
/// </summary>
internal sealed class SourceSets : ISearch
{
    private readonly List<Node> _path = [];
    private int _depth;

    /// <summary>Steps from the start that were the same in the run before: their races are known.</summary>
    private int _known;
    private Footprint[] _end = [];

    public bool CutByBound => false;

    public bool Diverged { get; private set; }

    public void Begin(bool again) => (_depth, _end) = (0, []);

    public Choice? Choose(Execution execution, ulong enabled)
    {
        var signature = execution.Signature();
        if (_depth == _path.Count)
        {
            var next = Footprints(execution);
            var blocked = execution.Waiting & ~enabled;
            var sleeping = _depth == 0 ? 0 : StillAsleep(_path[^1]);
            var open = enabled & ~sleeping;
            if (open == 0)
            {
                // All that could follow was seen already.
                _end = next;
                return null;
            }

            var first = execution.PreferredOf(open);
            _path.Add(new Node(enabled, blocked, signature, sleeping, next) { Task = first, Backtrack = 1UL << first });
        }

        var node = _path[_depth];
        if (node.Enabled != enabled || node.Signature != signature)
        {
            Diverged = true;
            return null;
        }

        if (node.Options == 0)
        {
            node.Options = execution.OptionsOf(node.Task);
        }

        _depth++;
        return new Choice(node.Task, node.Option);
    }

    public bool Advance(Execution execution)
    {
        if (!execution.Abandoned && !execution.Cut)
        {
            _end = Footprints(execution);
        }

        FindRaces(execution);
        while (_path.Count > 0)
        {
            var node = _path[^1];
            _known = _path.Count - 1;
            if (++node.Option < node.Options)
            {
                return true;
            }

            node.Done |= 1UL << node.Task;
            var left = node.Backtrack & ~node.Done & ~node.Sleeping;
            if (left != 0)
            {
                (node.Task, node.Option, node.Options) = (BitOperations.TrailingZeroCount(left), 0, 0);
                return true;
            }

            _path.RemoveAt(_path.Count - 1);
        }

        return false;
    }

    private static Footprint[] Footprints(Execution execution)
    {
        var footprints = new Footprint[execution.Count];
        for (var task = 0; task < footprints.Length; task++)
        {
            footprints[task] = execution.FootprintOf(task);
        }

        return footprints;
    }

    /// <summary>
    /// Tasks whose next step was explored before from the parent, or slept there, and commutes with the step just taken:
    /// taking it now leads to a state that was seen.
    /// </summary>
    private static ulong StillAsleep(Node parent)
    {
        ulong asleep = 0;
        for (var left = (parent.Sleeping | parent.Done) & ~(1UL << parent.Task); left != 0; left &= left - 1)
        {
            var task = BitOperations.TrailingZeroCount(left);
            if (!parent.Next[task].DependsOn(parent.Next[parent.Task]))
            {
                asleep |= 1UL << task;
            }
        }

        return asleep;
    }

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

    /// <summary>A choice on the way.</summary>
    /// <param name="Enabled">Tasks that could go.</param>
    /// <param name="Blocked">Tasks that waited.</param>
    /// <param name="Signature">What all were about to do.</param>
    /// <param name="Sleeping">Those of them whose steps are covered elsewhere.</param>
    /// <param name="Next">What each task's next step would touch.</param>
    private sealed record Node(ulong Enabled, ulong Blocked, int Signature, ulong Sleeping, Footprint[] Next)
    {
        /// <summary>Who was chosen.</summary>
        public int Task { get; set; }

        /// <summary>In which of the possible ways the step ends.</summary>
        public int Option { get; set; }

        /// <summary>How many there are; 0 while that is not known.</summary>
        public int Options { get; set; }

        /// <summary>Tasks to be chosen here sooner or later.</summary>
        public ulong Backtrack { get; set; }

        public ulong Done { get; set; }

        /// <summary>The so-manieth step of its task.</summary>
        public int Number { get; set; }

        /// <summary>When the step happened.</summary>
        public Clock Clock { get; set; }
    }
}
