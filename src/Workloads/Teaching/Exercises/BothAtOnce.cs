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
        async attempt =>
        {
            var (loop, waits, computations, meeting) = (new WatchedLoop(), new Calls(), new Calls(), new Meeting(2));
            async Task<int> Wait()
            {
                using var call = waits.Begin();
                await meeting.AttendAsync().ConfigureAwait(false);
                await loop.TurnAsync().ConfigureAwait(false);
                return 40;
            }

            int Compute()
            {
                using var call = computations.Begin();
                meeting.Attend();
                return 2;
            }

            const string Held = "It held its thread until the wait was over: await its task, .Result and Wait() let nothing else go on meanwhile.";
            var sum = await loop.Run(() => attempt(Wait, Compute), Held).ConfigureAwait(false);
            return (waits.Begun, computations.Begun) switch
            {
                (0, _) => "It never waited.",
                (_, 0) => "It never computed.",
                ( > 1, _) or (_, > 1) => "It waited or computed more than once.",
                _ when !meeting.TookPlace => JudgeWait.UnlessBusy("It computed before the wait was started or after it was over: nothing happened at the same time."),
                _ when sum != 42 => $"It waited for 40 and computed 2, but returned {sum}.",
                _ => await WhenComputingThrows(attempt).ConfigureAwait(false),
            };
        });

    private static async Task<string?> WhenComputingThrows(Func<Func<Task<int>>, Func<int>, Task<int>> attempt)
    {
        var moment = TimeSpan.FromMilliseconds(300);
        var wait = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        var running = Task.Run(() => attempt(() => wait.Task, () => throw new InvalidOperationException("no beans")));
        var abandoned = await JudgeWait.SeesAsync(running, moment).ConfigureAwait(false);
        wait.SetResult(40);
        try
        {
            await running.ConfigureAwait(false);
            return "When computing threw an exception, it was swallowed: let it through.";
        }
        catch (InvalidOperationException)
        {
            return abandoned ? "When computing threw an exception, it left at once and abandoned the wait that it had started." : null;
        }
    }
}
