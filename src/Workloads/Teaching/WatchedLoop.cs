namespace ConcurrencyLab;

/// <summary>
/// An event loop on which an attempt runs. What the attempt awaits comes when the loop has turned meanwhile: so one that
/// holds its thread while it waits is told apart from one that gives it back, whatever it does to wait.
/// </summary>
internal sealed class WatchedLoop
{
    private readonly TaskCompletionSource _held = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private SynchronizationContext? _loop;
    private Thread? _thread;

    /// <summary>Whether the calling code runs on the loop's thread.</summary>
    internal bool IsHere => Thread.CurrentThread == _thread;

    /// <summary>Runs the attempt to its end, or until it is clear that its thread waits for itself.</summary>
    /// <param name="attempt">What the learner wrote.</param>
    /// <param name="held">What is wrong with one that holds the loop's thread.</param>
    /// <param name="stuck">What is wrong with one that holds it for ever; the same when left out.</param>
    /// <exception cref="WrongAttemptException">The attempt held the loop's thread.</exception>
    internal async Task<T> Run<T>(Func<Task<T>> attempt, string held, string? stuck = null)
    {
        using var stop = new CancellationTokenSource();
        var running = MainThread.Run(
            _ => EventLoop.Run(() =>
            {
                (_loop, _thread) = (SynchronizationContext.Current, Thread.CurrentThread);
                return attempt();
            }),
            stop.Token);
        if (await Task.WhenAny(running, _held.Task).ConfigureAwait(false) == _held.Task && !await JudgeWait.SeesAsync(running).ConfigureAwait(false))
        {
            await stop.CancelAsync().ConfigureAwait(false); // wakes what blocks, so that no thread stays behind
            await Task.WhenAny(running).ConfigureAwait(false);
            _ = running.Exception; // heard
            throw new WrongAttemptException(JudgeWait.UnlessBusy(stuck ?? held));
        }

        if (!_held.Task.IsCompleted) return await running.ConfigureAwait(false);
        _ = running.Exception;
        throw new WrongAttemptException(JudgeWait.UnlessBusy(held));
    }

    /// <summary>Completes when the loop's thread was free for a moment, or when that has been waited for in vain.</summary>
    internal async Task TurnAsync()
    {
        if (!_held.Task.IsCompleted && !await JudgeWait.SeesAsync(Turn()).ConfigureAwait(false)) _held.TrySetResult();
    }

    /// <inheritdoc cref="TurnAsync"/>
    internal void WaitForTurn()
    {
        if (!_held.Task.IsCompleted && !JudgeWait.Sees(Turn())) _held.TrySetResult();
    }

    private Task Turn()
    {
        var turned = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _loop!.Post(_ => turned.TrySetResult(), null);
        return turned.Task;
    }
}
