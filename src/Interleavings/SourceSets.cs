using System.Numerics;

namespace ConcurrencyLab.Interleavings;

/// <summary>
/// Runs one of several schedules that differ only in the order of steps that commute: dynamic partial-order reduction with
/// source sets and sleep sets (Abdulla, Aronsson, Jonsson, Sagonas: <i>Optimal dynamic partial order reduction</i>, POPL 2014).
/// After each run, pairs of steps that could have come the other way round are looked for, and a task that leads there is
/// added where the first of them was chosen. Every class of equivalent schedules is run to its end exactly once; what is
/// begun and turns out to belong to a class that was seen is abandoned.
/// </summary>
internal sealed partial class SourceSets : ISearch
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
