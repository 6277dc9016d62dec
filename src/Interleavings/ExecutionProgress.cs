namespace ConcurrencyLab.Interleavings;

/// <summary>
/// What has led each task to where it is, and whether it goes round in vain there. Tasks are deterministic: what a task has
/// seen so far is all that decides what it does next.
/// </summary>
internal abstract partial class Execution
{
    /// <summary>This many reads in a row that bring nothing new are suspected to be a loop that waits.</summary>
    private const int ReadsInVain = 3;

    private readonly long[] _history = new long[MostTasks];
    private readonly Hold?[] _holds = new Hold?[MostTasks];
    private readonly HashSet<(int Object, int Version)>?[] _seen = new HashSet<(int, int)>?[MostTasks];
    private readonly int[] _inVain = new int[MostTasks];
    private Probe? _probe;

    /// <summary>Ended to try whether a loop leaves by itself: to be run once more, now that it is known.</summary>
    public bool Probed { get; private set; }

    /// <summary>What all tasks have seen, as a number: the same in every run of the same order.</summary>
    public long Fingerprint => _history.Aggregate(0L, WaitingLoops.Mix);

    /// <summary>The task comes to its next step; true when it was taken already, in a trial.</summary>
    protected bool Arrive(int task, Operation operation)
    {
        if (_probe is { } probe && probe.Task == task)
        {
            Try(probe, task, operation);
            return true;
        }

        Pending[task] = operation;
        _holds[task] = null;
        var inVain = operation.Spins && _seen[task] is { Count: > 0 }
            || _inVain[task] >= ReadsInVain && operation.Target is { } target && !operation.WouldChange(task) && _seen[task]!.Contains((target.Index, target.Version));
        if (inVain && operation.CanGo(task))
        {
            var waitsFor = Notes.Loops.Find(task, _history[task], Builder.ControlledObjects);
            if (waitsFor is null)
            {
                _probe = new Probe(task);
                Try(_probe, task, operation);
                return true;
            }

            _holds[task] = waitsFor.Length == 0 ? null : new Hold(waitsFor, Hold.Sum(waitsFor, Builder));
        }

        return false;
    }

    /// <summary>A trial in which the task has come to its end.</summary>
    protected void EndOfTrial(int task)
    {
        if (_probe is { } probe && probe.Task == task)
        {
            Conclude(probe, waits: false);
        }
    }

    private void Try(Probe probe, int task, Operation operation)
    {
        if (operation.WouldChange(task) || !operation.CanGo(task) || operation.Options?.Invoke(task) > 1)
        {
            Conclude(probe, waits: false);
            throw new RunIsOverException();
        }

        if (probe.Places.Count > WaitingLoops.Patience)
        {
            Conclude(probe, waits: true);
            throw new RunIsOverException();
        }

        Progress++;
        probe.Places.Add(_history[task]);
        if (operation.Target is { } target)
        {
            probe.Read.Add(target.Index);
        }

        Affect(task, operation);
    }

    private void Conclude(Probe probe, bool waits)
    {
        int[] read = [.. probe.Read.Order()];
        var states = WaitingLoops.StatesOf(read, Builder.ControlledObjects);
        // A loop that is left is left from everywhere in it; one that only ever reads nothing waits for nothing that is seen.
        foreach (var place in waits ? probe.Places.Take(1) : probe.Places)
        {
            Notes.Loops.Add(probe.Task, place, read, states, waits && read.Length > 0);
        }

        Notes.Loops.Count(probe.Task, waits);
        (Probed, Abandoned) = (true, true);
        _probe = null;
        End(null);
    }

    private void Affect(int task, Operation operation)
    {
        var target = operation.Target;
        if (target is null)
        {
            operation.Effect(task);
            _history[task] = WaitingLoops.Mix(_history[task], Option);
            return;
        }

        var (changes, before) = (operation.WouldChange(task), target.History);
        Meet(task, target, changes);
        if (operation.Also is { } also)
        {
            Meet(task, also, changes: false);
        }

        if (changes)
        {
            target.Version++;
            (_inVain[task], _seen[task]) = (0, null);
        }
        else
        {
            _inVain[task] = (_seen[task] ??= []).Add((target.Index, target.Version)) ? 0 : _inVain[task] + 1;
        }

        try
        {
            operation.Effect(task);
        }
        finally
        {
            if (changes)
            {
                target.History = target.StateHash ?? WaitingLoops.Mix(before, _history[task]);
            }

            _history[task] = WaitingLoops.Mix(WaitingLoops.Mix(_history[task], before), WaitingLoops.Mix(target.Index + 1, WaitingLoops.Mix(target.History, Option)));
        }
    }

    private void Meet(int task, ControlledObject target, bool changes)
    {
        var others = ~(1UL << task);
        Notes.Met |= (target.ChangedBy & others) != 0 || changes && (target.TouchedBy & others) != 0;
        target.TouchedBy |= 1UL << task;
        target.ChangedBy |= changes ? 1UL << task : 0;
    }

    /// <summary>A task that waits until one of some objects is changed.</summary>
    private sealed record Hold(int[] Objects, int Versions)
    {
        public static int Sum(int[] objects, ProgramBuilder builder)
        {
            var sum = 0;
            foreach (var index in objects)
            {
                sum += builder.ControlledObjects[index].Version;
            }

            return sum;
        }

        public bool HasChanged(ProgramBuilder builder) => Sum(Objects, builder) != Versions;
    }

    /// <summary>A task that goes on alone, to see whether it leaves a loop.</summary>
    private sealed record Probe(int Task)
    {
        public List<long> Places { get; } = [];

        public HashSet<int> Read { get; } = [];
    }
}
