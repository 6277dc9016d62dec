using System.Runtime;
using System.Runtime.ExceptionServices;

namespace ConcurrencyLab;

/// <summary>
/// A thread of its own that plays a program's main thread. What is measured on it neither takes a thread away from the
/// pool nor depends on which thread a notebook's host happens to run cells on.
/// </summary>
internal static class MainThread
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(200);

    /// <summary>Runs the program to its end. When the caller is interrupted or cancels, a spinning or blocked program is stopped, too.</summary>
    internal static async Task<T> Run<T>(Func<CancellationToken, T> program, CancellationToken cancel)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        using var abort = new CancellationTokenSource();
        var result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() => Body(program, result, stop.Token, abort.Token)) { IsBackground = true, Name = "measured main thread" };
        thread.Start();
        using var wake = stop.Token.Register(() =>
        {
            // What blocks wakes up at once; what spins hears nothing and is aborted. Never both at the same time.
            thread.Interrupt();
            abort.CancelAfter(Patience);
        });
        try
        {
            if (!Thread.CurrentThread.IsThreadPoolThread)
            {
                // A host interrupts a cell through the thread that runs it, so stay on it. A pool thread must not be
                // held: the measured ways need the pool.
                thread.Join();
            }

            return await result.Task.ConfigureAwait(false);
        }
        finally
        {
            if (!result.Task.IsCompleted)
            {
                stop.Cancel();
                await Task.WhenAny(result.Task, Task.Delay(Patience * 5, CancellationToken.None)).ConfigureAwait(false);
            }
        }
    }

    private static void Body<T>(
        Func<CancellationToken, T> program, TaskCompletionSource<T> result, CancellationToken cancel, CancellationToken abort)
    {
        try
        {
            T value = default!;
            ExceptionDispatchInfo? failure = null;
#pragma warning disable SYSLIB0046 // The one way to end a loop that a reader wrote without an end; used only when asked to stop.
            ControlledExecution.Run(
                () =>
                {
                    try
                    {
                        value = program(cancel);
                    }
                    catch (Exception error) when (error is not ThreadAbortException)
                    {
                        failure = ExceptionDispatchInfo.Capture(error);
                    }
                },
                abort);
#pragma warning restore SYSLIB0046
            failure?.Throw();
            result.SetResult(value);
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
