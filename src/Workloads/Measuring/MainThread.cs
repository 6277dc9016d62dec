namespace ConcurrencyLab;

/// <summary>
/// A thread of its own that plays a program's main thread. What is measured on it neither takes a thread away from the
/// pool nor depends on which thread a notebook's kernel happens to run cells on; the caller's thread is not held.
/// </summary>
internal static class MainThread
{
    /// <summary>How long a program may take to end once it was told to.</summary>
    private static readonly TimeSpan EndTimeout = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Runs the program to its end. When the caller cancels or the user stops the cell, a program that waits is woken up and
    /// ends; one that computes on and hears nothing is left behind: .NET has no safe way to end it (an abort may take the
    /// process with it).
    /// </summary>
    internal static Task<T> Run<T>(Func<CancellationToken, T> program, CancellationToken cancel)
    {
        // Both belong to the calling code and are asked for while it is still running.
        var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel, HostInterrupt.Token);
        var result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() => Body(program, result, stop.Token)) { IsBackground = true, Name = "measured main thread" };
        thread.Start();
        return End(thread, result.Task, stop);
    }

    private static async Task<T> End<T>(Thread thread, Task<T> result, CancellationTokenSource stop)
    {
        using (stop)
        using (var leave = new CancellationTokenSource())
        using (stop.Token.Register(() =>
        {
            thread.Interrupt();
            leave.CancelAfter(EndTimeout);
        }))
        {
            return await result.WaitAsync(leave.Token).ConfigureAwait(false);
        }
    }

    private static void Body<T>(Func<CancellationToken, T> program, TaskCompletionSource<T> result, CancellationToken cancel)
    {
        try
        {
            result.SetResult(program(cancel));
        }
        catch (Exception) when (cancel.IsCancellationRequested)
        {
            result.SetCanceled(cancel);
        }
        catch (Exception error)
        {
            result.SetException(error);
        }
    }
}
