namespace ConcurrencyLab;

/// <summary>
/// A thread of its own that plays a program's main thread. What is measured on it neither takes a thread away from the
/// pool nor depends on which thread a notebook's host happens to run cells on.
/// </summary>
internal static class MainThread
{
    private static readonly TimeSpan WakeTimeout = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Runs the program to its end. When the caller is interrupted or cancels, a program that waits is woken up and ends; one
    /// that computes on and hears nothing is left behind: .NET has no safe way to end it (an abort may take the process with it).
    /// </summary>
    internal static async Task<T> Run<T>(Func<CancellationToken, T> program, CancellationToken cancel)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        using var leave = new CancellationTokenSource();
        var result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() => Body(program, result, stop.Token)) { IsBackground = true, Name = "measured main thread" };
        thread.Start();
        using var wake = stop.Token.Register(() =>
        {
            thread.Interrupt();
            leave.CancelAfter(WakeTimeout);
        });
        try
        {
            if (!Thread.CurrentThread.IsThreadPoolThread)
            {
                // A host interrupts a cell through the thread that runs it, so stay on it. A pool thread must not be
                // held: the measured ways need the pool.
                while (!thread.Join(WakeTimeout) && !leave.IsCancellationRequested)
                {
                }
            }

            return await result.Task.WaitAsync(leave.Token).ConfigureAwait(false);
        }
        finally
        {
            if (!result.Task.IsCompleted && !stop.IsCancellationRequested)
            {
                stop.Cancel();
                await Task.WhenAny(result.Task, Task.Delay(WakeTimeout, CancellationToken.None)).ConfigureAwait(false);
            }
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
