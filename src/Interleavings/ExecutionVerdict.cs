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

    private void Check(IReadOnlyList<(string Text, Func<bool> Holds)> checks, string verdict)
    {
        if (checks.Count == 0)
        {
            return;
        }

        Looking = true;
        try
        {
            foreach (var (text, holds) in checks)
            {
                if (!holds())
                {
                    Failure = new Failure(Outcome.BrokenInvariant, $"\"{text}\" {verdict}");
                    return;
                }
            }
        }
        catch (Exception error) when (error is not ThreadInterruptedException)
        {
            Failure = new Failure(Outcome.UnhandledException, $"a check threw {error.GetType().Name}: {Quantity.Shortened(error.Message, 160)}");
        }
        finally
        {
            Looking = false;
        }
    }

    private Failure Stuck()
    {
        var waiting = string.Join("; ", Enumerable.Range(0, Count).Where(task => Pending[task] is not null)
            .Select(task => $"{Builder.TaskName(task)} {Pending[task]!.Waiting()}"));
        var pending = Pending.Index().Where(one => one.Item is not null).ToList();
        var outcome = pending.Any(one => one.Item!.Spins) ? Outcome.Livelock
            : pending.Any(one => one.Item!.WaitingRoom?.LostWakeUp(one.Index) == true) ? Outcome.LostWakeUp
            : Outcome.Deadlock;
        return new Failure(outcome, waiting);
    }
}
