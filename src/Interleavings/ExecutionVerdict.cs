namespace ConcurrencyLab.Interleavings;

/// <summary>Looking at a run without moving it: which task can go, what holds, and why none can go on.</summary>
internal abstract partial class Execution
{
    private bool _watching;

    /// <summary>What each task would do next or waits for.</summary>
    public string Intention(int task) => Pending[task] switch
    {
        null => (Finished >> task & 1) != 0 ? "done" : "waits outside",
        { } operation when !operation.CanGo(task) => operation.Waiting(),
        { } operation when !CanGo(task) => $"waits until another task changes {NamesOf(task)}",
        { } operation => operation.Intent(),
    };

    /// <summary>The number of a task of this run; -1 when it has none of that name.</summary>
    public int TaskOf(string name)
    {
        for (var task = 0; task < Count; task++)
        {
            if ((Existing >> task & 1) != 0 && Notes.Names[task] == name)
            {
                return task;
            }
        }

        return -1;
    }

    /// <summary>What all tasks are about to do, as a number that is the same in every run of the same order.</summary>
    public int Signature()
    {
        var signature = 17;
        for (var task = 0; task < Count; task++)
        {
            if (Pending[task] is { } operation)
            {
                signature = unchecked(31 * (31 * signature + task) + 2 * (operation.Target?.Index + 1 ?? 0) + (operation.OnlyReads ? 0 : 1));
            }
        }

        return signature;
    }

    /// <summary>Tasks that are about to take a step, those included that wait.</summary>
    public ulong Waiting
    {
        get
        {
            ulong waiting = 0;
            for (var task = 0; task < Count; task++)
            {
                waiting |= Pending[task] is null ? 0 : 1UL << task;
            }

            return waiting;
        }
    }

    /// <summary>What the next step of a task would touch; nothing when it has none.</summary>
    public Footprint FootprintOf(int task)
    {
        if (Pending[task] is not { } operation)
        {
            return new Footprint(-1, false, false, Gate.None, null);
        }

        var index = operation.Target?.Index ?? -1;
        return new Footprint(index, operation.WouldChange(task), index >= 0 && Notes.Watched.Contains(index), operation.Gate, AwaitedBy(task, operation));
    }

    /// <summary>An invariant has looked at it.</summary>
    public void Watch(ControlledObject controlled)
    {
        if (_watching)
        {
            Notes.Watched.Add(controlled.Index);
        }
    }

    private int[]? AwaitedBy(int task, Operation operation) => (_holds[task]?.Objects, operation.Also) switch
    {
        (var held, null) => held,
        (null, { } also) => [also.Index],
        ({ } held, { } also) => [.. held, also.Index],
    };

    private bool AllEnded => (Existing & ~Finished) == 0;

    private bool CanGo(int task) => Pending[task]!.CanGo(task) && _holds[task]?.HasChanged(Builder) != false;

    private ulong Enabled()
    {
        ulong enabled = 0;
        for (var task = 0; task < Count; task++)
        {
            if (Pending[task] is not null && CanGo(task))
            {
                enabled |= 1UL << task;
            }
            else
            {
                _lastTurn[task] = Choices.Count;
            }
        }

        return enabled;
    }

    /// <summary>
    /// From the middle of the longest run that is allowed on, all take turns: a run that goes on for ever only because a task
    /// never gets its turn is no livelock (as in Musuvathi and Qadeer: <i>Fair stateless model checking</i>, PLDI 2008).
    /// </summary>
    private Choice? InTurns(ulong enabled)
    {
        if (Choices.Count < Notes.FreeSteps || policy is Follow)
        {
            return null;
        }

        Cut = true;
        var next = -1;
        for (var task = 0; task < Count; task++)
        {
            if ((enabled >> task & 1) != 0 && (next < 0 || _lastTurn[task] < _lastTurn[next]))
            {
                next = task;
            }
        }

        return new Choice(next);
    }

    private Failure? Check(List<(string Text, Func<bool> Holds)> checks, string verdict)
    {
        (Looking, _watching) = (true, checks == Builder.Invariants);
        try
        {
            var broken = checks.FindIndex(check => !check.Holds());
            return broken < 0 ? null : new Failure(Outcome.BrokenInvariant, $"\"{checks[broken].Text}\" {verdict}");
        }
        catch (Exception error) when (error is not ThreadInterruptedException)
        {
            return Failure.Threw("a check", error);
        }
        finally
        {
            (Looking, _watching) = (false, false);
        }
    }

    private Failure Stuck()
    {
        var waiting = Enumerable.Range(0, Count).Where(task => Pending[task] is not null).ToList();
        var outcome = waiting.Exists(task => _holds[task] is not null && Pending[task]!.CanGo(task)) ? Outcome.Livelock
            : waiting.Exists(task => Pending[task]!.WaitingRoom?.LostWakeUp(task) == true) ? Outcome.LostWakeUp
            : Outcome.Deadlock;
        return new Failure(outcome, string.Join("; ", waiting.Select(task => $"{Builder.TaskName(task)} {Intention(task)}")));
    }

    private string NamesOf(int task) => string.Join(" or ", _holds[task]!.Objects.Select(index => Builder.ControlledObjects[index].Name));
}
