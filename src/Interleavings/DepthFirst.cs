namespace ConcurrencyLab.Interleavings;

/// <summary>
/// Goes through schedules one by one, the deepest open choice first. With a bound, schedules of more preemptions are left out
/// (Musuvathi and Qadeer: <i>Iterative context bounding</i>, PLDI 2007). With reduction, of schedules that differ only in the
/// order of steps that commute one is run to its end: sleep sets (Godefroid: <i>Partial-Order Methods for the Verification of
/// Concurrent Systems</i>, 1996), which leave out no state and no deadlock. The two are not combined, because the one schedule
/// that is kept may be the one beyond the bound.
/// </summary>
internal sealed class DepthFirst(int? mostPreemptions, bool reduce) : IPolicy
{
    private readonly List<Node> _path = [];
    private int _depth;

    /// <summary>Whether the bound left anything out.</summary>
    public bool CutByBound { get; private set; }

    /// <summary>Whether a run that followed the same choices offered other ones than before.</summary>
    public bool Diverged { get; private set; }

    public void Begin() => _depth = 0;

    public int Choose(Execution execution, uint enabled)
    {
        var signature = execution.Signature();
        if (_depth == _path.Count)
        {
            var sleeping = reduce && _depth > 0 ? StillAsleep(_path[^1], execution) : 0;
            var open = WithinBound(enabled & ~sleeping, enabled, execution);
            if (open == 0)
            {
                // All that could follow was seen already.
                return -1;
            }

            _path.Add(new Node(enabled, signature, sleeping, open));
        }

        var node = _path[_depth];
        if (node.Enabled != enabled || node.Signature != signature)
        {
            Diverged = true;
            return -1;
        }

        if (node.Chosen < 0)
        {
            node.Chosen = execution.PreferredOf(node.Open & ~node.Done);
        }

        _depth++;
        return node.Chosen;
    }

    /// <summary>Goes back to the deepest choice that is still open; false when there is none.</summary>
    public bool Advance()
    {
        while (_path.Count > 0)
        {
            var node = _path[^1];
            node.Done |= 1u << node.Chosen;
            if ((node.Open & ~node.Done) != 0)
            {
                node.Chosen = -1;
                return true;
            }

            _path.RemoveAt(_path.Count - 1);
        }

        return false;
    }

    private uint WithinBound(uint tasks, uint enabled, Execution execution)
    {
        var within = tasks;
        for (var task = 0; task < execution.Count; task++)
        {
            if ((tasks >> task & 1) != 0 && execution.Preemptions + (execution.Preempts(task, enabled) ? 1 : 0) > mostPreemptions)
            {
                within &= ~(1u << task);
                CutByBound = true;
            }
        }

        return within;
    }

    /// <summary>
    /// Tasks whose next step was explored before from the parent, or slept there, and commutes with the step just taken:
    /// taking it now leads to a state that was seen.
    /// </summary>
    private static uint StillAsleep(Node parent, Execution execution)
    {
        uint asleep = 0;
        var candidates = (parent.Sleeping | parent.Done) & ~(1u << parent.Chosen);
        for (var task = 0; task < execution.Count; task++)
        {
            if ((candidates >> task & 1) != 0 && execution.Pending[task] is { } operation && !Operation.Dependent(operation, execution.LastOperation!))
            {
                asleep |= 1u << task;
            }
        }

        return asleep;
    }

    /// <summary>A choice on the way.</summary>
    /// <param name="Enabled">Tasks that could go.</param>
    /// <param name="Signature">What all were about to do.</param>
    /// <param name="Sleeping">Those of them whose steps are covered elsewhere.</param>
    /// <param name="Open">Those that may be chosen here at all.</param>
    private sealed record Node(uint Enabled, int Signature, uint Sleeping, uint Open)
    {
        public uint Done { get; set; }

        /// <summary>-1 while it is to be chosen.</summary>
        public int Chosen { get; set; } = -1;
    }
}
