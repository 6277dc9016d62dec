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
        if (_depth == _path.Count)
        {
            _path.Add(new Node { Enabled = enabled, Signature = execution.Signature(), Sleeping = reduce && _depth > 0 ? StillAsleep(_path[^1], execution) : 0 });
            if (!ChooseAt(_path[^1], execution))
            {
                // All that could follow was seen already.
                _path.RemoveAt(_path.Count - 1);
                return -1;
            }
        }
        else if (_path[_depth].Enabled != enabled || _path[_depth].Signature != execution.Signature())
        {
            Diverged = true;
            return -1;
        }
        else if (_path[_depth].Chosen < 0)
        {
            // Back at the open choice, with the state needed to know what a switch costs.
            ChooseAt(_path[_depth], execution);
        }

        return _path[_depth++].Chosen;
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

    private bool ChooseAt(Node node, Execution execution)
    {
        if (node.Open == 0)
        {
            for (var task = 0; task < execution.Count; task++)
            {
                if ((node.Enabled & ~node.Sleeping & 1u << task) != 0)
                {
                    if (execution.Preemptions + (execution.Preempts(task, node.Enabled) ? 1 : 0) > mostPreemptions)
                    {
                        CutByBound = true;
                    }
                    else
                    {
                        node.Open |= 1u << task;
                    }
                }
            }
        }

        var left = node.Open & ~node.Done;
        if (left == 0)
        {
            return false;
        }

        node.Chosen = execution.PreferredOf(left);
        return true;
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

    private sealed class Node
    {
        public required uint Enabled { get; init; }

        public required int Signature { get; init; }

        public required uint Sleeping { get; init; }

        /// <summary>What may be chosen here at all; 0 while unknown.</summary>
        public uint Open { get; set; }

        public uint Done { get; set; }

        public int Chosen { get; set; } = -1;
    }
}
