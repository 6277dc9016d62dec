namespace ConcurrencyLab;

public static partial class Exercises
{
    /// <summary>Chapter 11: compute while something is waited for.</summary>
    public static Exercise<Func<Func<Task<int>>, Func<int>, Task<int>>> BothAtOnce { get; } = new(
        "11-2",
        "Start the wait and keep its task. Compute. Then await the task. If computing throws, the task has been started all the same: await it before you let the exception go, or nobody ever hears how it ended.",
        """
        async Task<int> Both(Func<Task<int>> wait, Func<int> compute)
        {
            var waiting = wait();
            try { return compute() + await waiting; }
            finally { await Task.WhenAny(waiting); }
        }

        await Exercises.BothAtOnce.Check(Both)
        """,
        async attempt => await WhenAllGoesWell(attempt).ConfigureAwait(false) ?? await WhenComputingThrows(attempt).ConfigureAwait(false));

    private static async Task<string?> WhenAllGoesWell(Func<Func<Task<int>>, Func<int>, Task<int>> attempt)
    {
        bool started = false, ended = false, overlapped = false;
        var (waits, computations) = (0, 0);
        async Task<int> Wait()
        {
            waits++;
            started = true;
            await Task.Delay(30).ConfigureAwait(false);
            ended = true;
            return 40;
        }

        int Compute()
        {
            computations++;
            overlapped = started && !ended;
            return 2;
        }

        var sum = await attempt(Wait, Compute).ConfigureAwait(false);
        return (waits, computations) switch
        {
            (0, _) => "It never waited.",
            (_, 0) => "It never computed.",
            ( > 1, _) or (_, > 1) => "It waited or computed more than once.",
            _ when !overlapped => "It computed before the wait was started or after it was over: nothing happened at the same time.",
            _ when sum != 42 => $"It waited for 40 and computed 2, but returned {sum}.",
            _ => null,
        };
    }

    private static async Task<string?> WhenComputingThrows(Func<Func<Task<int>>, Func<int>, Task<int>> attempt)
    {
        var ended = false;
        async Task<int> Wait()
        {
            await Task.Delay(30).ConfigureAwait(false);
            ended = true;
            return 40;
        }

        try
        {
            await attempt(Wait, () => throw new InvalidOperationException("no beans")).ConfigureAwait(false);
            return "When computing threw an exception, it was swallowed: let it through.";
        }
        catch (InvalidOperationException) when (ended)
        {
            return null;
        }
        catch (InvalidOperationException)
        {
            return "When computing threw an exception, it left at once and abandoned the wait that it had started.";
        }
    }
}
