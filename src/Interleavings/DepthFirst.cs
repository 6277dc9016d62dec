namespace ConcurrencyLab.Interleavings;

/// <summary>
/// Goes through schedules one by one, the deepest open choice first, without reduction. With a bound, schedules of more
/// preemptions are left out (Musuvathi and Qadeer: <i>Iterative context bounding</i>, PLDI 2007); bound and reduction are not
/// combined, because the one schedule that a reduction keeps may be the one beyond the bound.
/// </summary>
internal sealed class DepthFirst(int? mostPreemptions) : ISearch
{
    private readonly List<Node> _path = [];
    private int _depth;

    public bool CutByBound { get; private set; }

    public bool Diverged { get; private set; }

    public void Begin(bool again) => _depth = 0;

    public Choice? Choose(Execution execution, ulong enabled)
    {
        var signature = execution.Signature();
        if (_depth == _path.Count)
        {
            _path.Add(new Node(enabled, signature, WithinBound(enabled, execution)));
        }

        var node = _path[_depth];
        if (node.Enabled != enabled || node.Signature != signature)
        {
            Diverged = true;
            return null;
        }

        if (node.Task < 0)
        {
            node.Task = execution.PreferredOf(node.Open & ~node.Done);
            node.Options = execution.OptionsOf(node.Task);
        }

        _depth++;
        return new Choice(node.Task, node.Option);
    }

    public bool Advance(Execution execution)
    {
        while (_path.Count > 0)
        {
            var node = _path[^1];
            if (++node.Option < node.Options)
            {
                return true;
            }

            node.Done |= 1UL << node.Task;
            if ((node.Open & ~node.Done) != 0)
            {
                (node.Task, node.Option) = (-1, 0);
                return true;
            }

            _path.RemoveAt(_path.Count - 1);
        }

        return false;
    }

    private ulong WithinBound(ulong enabled, Execution execution)
    {
        var within = enabled;
        for (var task = 0; task < execution.Count; task++)
        {
            if ((enabled >> task & 1) != 0 && execution.Preemptions + (execution.Preempts(task, enabled) ? 1 : 0) > mostPreemptions)
            {
                within &= ~(1UL << task);
                CutByBound = true;
            }
        }

        return within;
    }

    /// <summary>A choice on the way.</summary>
    /// <param name="Enabled">Tasks that could go.</param>
    /// <param name="Signature">What all were about to do.</param>
    /// <param name="Open">Those that may be chosen here at all.</param>
    private sealed record Node(ulong Enabled, int Signature, ulong Open)
    {
        public ulong Done { get; set; }

        /// <summary>-1 while it is to be chosen.</summary>
        public int Task { get; set; } = -1;

        public int Option { get; set; }

        public int Options { get; set; }
    }
}
