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
            var (waits, computations) = (new Calls(), new Calls());
            var overlapped = false;
            async Task<int> Wait()
            {
                using var call = waits.Begin();
                await Task.Delay(30).ConfigureAwait(false);
                return 40;
            }

            int Compute()
            {
                using var call = computations.Begin();
                overlapped = waits.Begun > waits.Ended;
                return 2;
            }

            var sum = await attempt(Wait, Compute).ConfigureAwait(false);
            var wrong = (waits.Begun, computations.Begun) switch
            {
                (0, _) => "It never waited.",
                (_, 0) => "It never computed.",
                ( > 1, _) or (_, > 1) => "It waited or computed more than once.",
                _ when !overlapped => "It computed before the wait was started or after it was over: nothing happened at the same time.",
                _ when sum != 42 => $"It waited for 40 and computed 2, but returned {sum}.",
                _ => null,
            };
            if (wrong is not null) return wrong;

            waits = new Calls();
            try
            {
                await attempt(Wait, () => throw new InvalidOperationException("no beans")).ConfigureAwait(false);
                return "When computing threw an exception, it was swallowed: let it through.";
            }
            catch (InvalidOperationException)
            {
                return waits.Ended > 0 ? null : "When computing threw an exception, it left at once and abandoned the wait that it had started.";
            }
        });
}
