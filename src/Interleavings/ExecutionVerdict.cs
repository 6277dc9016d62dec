namespace ConcurrencyLab.Interleavings;

/// <summary>Looking at a run without moving it: which task can go, what holds, and why none can go on.</summary>
internal abstract partial class Execution
{
    /// <summary>What each task would do next or waits for.</summary>
    public IReadOnlyList<string> Intentions() => [.. Enumerable.Range(0, Count).Select(task => Pending[task] switch
    {
        null => (Finished >> task & 1) != 0 ? "done" : "waits outside",
        { } operation when !operation.CanGo(task) => operation.Waiting(),
        { } operation => operation.Intent(),
    })];

    /// <summary>What all tasks are about to do, as a number that is the same in every run of the same order.</summary>
    public int Signature()
    {
        var signature = 17;
        foreach (var operation in Pending)
        {
            signature = unchecked(31 * signature + (operation is null ? 0 : 1 + 2 * (operation.Target?.Index + 1 ?? 0) + (operation.Writes ? 1 : 0)));
        }

        return signature;
    }

    private uint Enabled()
    {
        uint enabled = 0, lastResort = 0;
        for (var task = 0; task < Count; task++)
        {
            if (Pending[task] is { } operation)
            {
                if (operation.CanGo(task))
                {
                    enabled |= 1u << task;
                }
                else if (operation.Implicit)
                {
                    lastResort |= 1u << task;
                }
            }
        }

        return enabled != 0 ? enabled : lastResort;
    }

    private Failure? Check(List<(string Text, Func<bool> Holds)> checks, string verdict)
    {
        Looking = true;
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
            Looking = false;
        }
    }

    private Failure Stuck()
    {
        var waiting = Pending.Index().Where(one => one.Item is not null).Select(one => (Task: one.Index, Operation: one.Item!)).ToList();
        var outcome = waiting.Exists(one => one.Operation.Spins) ? Outcome.Livelock
            : waiting.Exists(one => one.Operation.WaitingRoom?.LostWakeUp(one.Task) == true) ? Outcome.LostWakeUp
            : Outcome.Deadlock;
        return new Failure(outcome, string.Join("; ", waiting.Select(one => $"{Builder.TaskName(one.Task)} {one.Operation.Waiting()}")));
    }
}
