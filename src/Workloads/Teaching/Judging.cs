namespace ConcurrencyLab;

/// <summary>Has an attempt judged, whatever it does: it may throw, and it may never end.</summary>
internal static class Judging
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    /// <param name="id">The exercise's.</param>
    /// <param name="judge">Null when the attempt is right, else what is wrong with it; cancelled when nobody waits for it any more.</param>
    internal static async Task<Verdict> HoldAsync(string id, Func<CancellationToken, Task<string?>> judge)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(HostInterrupt.Token);
        try
        {
            // On the pool, so that an attempt that blocks does not block the check of it.
            var judging = Task.Run(() => judge(stop.Token));
            if (!await JudgeWait.SeesAsync(judging, Limit).ConfigureAwait(false))
            {
                await stop.CancelAsync().ConfigureAwait(false);
                return new Verdict(id, false, JudgeWait.UnlessBusy("After 20 seconds it had not ended: it waits for something that never comes, or for its own thread. What it started may go on: restart the kernel before you measure."));
            }

            var wrong = await judging.ConfigureAwait(false);
            return new Verdict(id, wrong is null, wrong ?? "Solved.");
        }
        catch (OperationCanceledException) when (HostInterrupt.Token.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception error) when (error is WrongAttemptException or PythonException)
        {
            return new Verdict(id, false, error.Message);
        }
        catch (NotImplementedException)
        {
            return new Verdict(id, false, "Not solved yet: replace the stub above and run the cell again. Stuck? End a cell with .Hint or .Solution instead of .Check(...).");
        }
        catch (Exception error)
        {
            var inner = error switch
            {
                AggregateException { InnerExceptions: [var only] } => only,
                ItemException { InnerException: { } cause } => cause,
                _ => error,
            };
            return new Verdict(id, false, $"It threw {inner.GetType().Name}: {inner.Message}");
        }
    }
}
