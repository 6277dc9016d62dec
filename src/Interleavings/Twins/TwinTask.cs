using System.ComponentModel;

namespace ConcurrencyLab.Interleavings.Twins;

/// <summary>Stands for <see cref="Task"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class TwinTask
{
    public static Task Run(int line, Action action, CancellationToken cancellationToken = default) => Begin(line, () =>
    {
        action();
        return 0;
    }, cancellationToken);

    public static Task<TResult> Run<TResult>(int line, Func<TResult> function, CancellationToken cancellationToken = default) => Begin(line, function, cancellationToken);

    public static Task Run(int line, Func<Task?> function, CancellationToken cancellationToken = default) => Begin(line, () =>
    {
        if (function() is { } inner)
        {
            TwinCompletion.WaitFor(line, inner);
            inner.GetAwaiter().GetResult();
        }

        return 0;
    }, cancellationToken);

    public static Task<TResult> Run<TResult>(int line, Func<Task<TResult>?> function, CancellationToken cancellationToken = default) => Unwrapped(line, function!, cancellationToken);

    /// <summary>A task never ends before it is asked to: how long a delay lasts is a matter of the scheduler.</summary>
    public static Task Delay(int line, int millisecondsDelay, CancellationToken cancellationToken = default)
    {
        if (Twin.Here(line) is not { } strand)
        {
            return Task.Delay(millisecondsDelay, cancellationToken);
        }

        if (TwinCancellation.IsRequested(line, cancellationToken))
        {
            return Task.FromCanceled(cancellationToken);
        }

        var delay = new TaskCompletionSource();
        if (millisecondsDelay < 0 || cancellationToken.CanBeCanceled)
        {
            TwinCompletion.Follow(strand.Run, delay.Task, "delay");
            strand.Run.Unobserved.Remove(delay.Task);
            if (millisecondsDelay >= 0)
            {
                Later(line, delay);
            }

            cancellationToken.Register(() => TwinCompletion.Complete(line, delay.Task, () => delay.TrySetCanceled(cancellationToken)));
        }
        else
        {
            strand.Run.Facts[delay.Task] = delay;
        }

        return delay.Task;
    }

    public static Task Delay(int line, TimeSpan delay, CancellationToken cancellationToken = default) => Delay(line, (int)delay.TotalMilliseconds, cancellationToken);

    public static TwinYield Yield(int line) => default;

    public static Task ConfigureAwait(int line, Task task, bool continueOnCapturedContext) => task;

    public static Task<T> ConfigureAwait<T>(int line, Task<T> task, bool continueOnCapturedContext) => task;

    public static Task ConfigureAwait(int line, Task task, ConfigureAwaitOptions options) => task;

    public static TwinAwaiter GetAwaiter(int line, Task task) => new(line, task, blocks: true);

    public static TwinAwaiter<T> GetAwaiter<T>(int line, Task<T> task) => new(line, task, blocks: true);

    public static void Wait(int line, Task task)
    {
        TwinCompletion.WaitFor(line, task);
        task.Wait();
    }

    public static bool Wait(int line, Task task, int millisecondsTimeout)
    {
        if (millisecondsTimeout == Timeout.Infinite)
        {
            Wait(line, task);
            return true;
        }

        return TwinCompletion.Ask(line, task) && task.Wait(0);
    }

    public static bool Wait(int line, Task task, TimeSpan timeout) => Wait(line, task, (int)timeout.TotalMilliseconds);

    public static T Result<T>(int line, Task<T> task)
    {
        TwinCompletion.WaitFor(line, task);
        return task.Result;
    }

    public static bool IsCompleted(int line, Task task) => TwinCompletion.Ask(line, task);

    public static bool IsCompletedSuccessfully(int line, Task task) => TwinCompletion.Ask(line, task) && task.IsCompletedSuccessfully;

    public static bool IsFaulted(int line, Task task) => TwinCompletion.Ask(line, task) && task.IsFaulted;

    public static bool IsCanceled(int line, Task task) => TwinCompletion.Ask(line, task) && task.IsCanceled;

    public static TaskStatus Status(int line, Task task)
    {
        TwinCompletion.Ask(line, task);
        return task.Status;
    }

    public static AggregateException? Exception(int line, Task task)
    {
        TwinCompletion.Ask(line, task);
        return task.Exception;
    }

    public static void WaitAll(int line, params Task[] tasks)
    {
        foreach (var task in tasks)
        {
            TwinCompletion.WaitFor(line, task);
        }

        Task.WaitAll(tasks);
    }

    public static void WaitAll(int line, IEnumerable<Task> tasks) => WaitAll(line, tasks.ToArray());

    public static int WaitAny(int line, params Task[] tasks)
    {
        var any = WhenAny(line, tasks);
        TwinCompletion.WaitFor(line, any);
        return Array.IndexOf(tasks, any.Result);
    }

    public static Task WhenAll(int line, params IEnumerable<Task> tasks)
    {
        var parts = tasks.ToArray();
        return Parts(parts, Task.WhenAll(parts));
    }

    public static Task<T[]> WhenAll<T>(int line, params IEnumerable<Task<T>> tasks)
    {
        var parts = tasks.ToArray();
        return Parts(parts, Task.WhenAll(parts));
    }

    public static Task<Task> WhenAny(int line, params IEnumerable<Task> tasks) => Any(line, tasks.ToArray());

    public static Task<Task<T>> WhenAny<T>(int line, params IEnumerable<Task<T>> tasks) => Any(line, tasks.ToArray());

    public static Task ContinueWith(int line, Task task, Action<Task> continuationAction) => After(line, task, () =>
    {
        continuationAction(task);
        return 0;
    });

    public static Task<TResult> ContinueWith<TResult>(int line, Task task, Func<Task, TResult> continuationFunction) => After(line, task, () => continuationFunction(task));

    public static Task ContinueWith<T>(int line, Task<T> task, Action<Task<T>> continuationAction) => After(line, task, () =>
    {
        continuationAction(task);
        return 0;
    });

    public static Task<TResult> ContinueWith<T, TResult>(int line, Task<T> task, Func<Task<T>, TResult> continuationFunction) => After(line, task, () => continuationFunction(task));

    /// <summary>Starts work on a strand of its own.</summary>
    internal static Task<T> Begin<T>(int line, Func<T> function, CancellationToken cancellationToken = default)
    {
        if (Twin.Here(line) is not { } strand)
        {
            return Task.Run(function, cancellationToken);
        }

        if (TwinCancellation.IsRequested(line, cancellationToken))
        {
            return Task.FromCanceled<T>(cancellationToken);
        }

        var done = new TaskCompletionSource<T>();
        TwinCompletion.Follow(strand.Run, done.Task, strand.Run.Spawn(null, isBackground: true, () => Play(line, function, done)));
        return done.Task;
    }

    /// <summary>Work whose result is the task that the code began.</summary>
    internal static Task<T> Unwrapped<T>(int line, Func<Task<T>> function, CancellationToken cancellationToken = default) => Begin(line, () =>
    {
        var inner = function();
        TwinCompletion.WaitFor(line, inner);
        return inner.GetAwaiter().GetResult();
    }, cancellationToken);

    private static void Play<T>(int line, Func<T> function, TaskCompletionSource<T> done)
    {
        T result;
        try
        {
            result = function();
        }
        catch (OperationCanceledException canceled)
        {
            TwinCompletion.Complete(line, done.Task, () => done.TrySetCanceled(canceled.CancellationToken));
            return;
        }
        catch (Exception error) when (Twin.MayCatch(error))
        {
            TwinCompletion.Complete(line, done.Task, () => done.TrySetException(error));
            return;
        }

        TwinCompletion.Complete(line, done.Task, () => done.TrySetResult(result));
    }

    private static TTask Parts<TTask>(Task[] parts, TTask all)
        where TTask : Task
    {
        if (TwinRun.Current is { } run)
        {
            run.Facts[all] = parts;
        }

        return all;
    }

    /// <summary>The first to complete is seen by a strand that waits for each of them.</summary>
    private static Task<TTask> Any<TTask>(int line, TTask[] tasks)
        where TTask : Task
    {
        if (Twin.Here(line) is not { } strand)
        {
            return Task.Run(() => tasks[Task.WaitAny(tasks)]);
        }

        if (Array.Find(tasks, task => TwinCompletion.Ask(line, task)) is { } already)
        {
            return Task.FromResult(already);
        }

        var first = new TaskCompletionSource<TTask>();
        TwinCompletion.Follow(strand.Run, first.Task, "any");
        foreach (var task in tasks)
        {
            strand.Run.Spawn(null, isBackground: true, () =>
            {
                TwinCompletion.WaitFor(line, task);
                TwinCompletion.Complete(line, first.Task, () => first.TrySetResult(task));
            });
        }

        return first.Task;
    }

    private static Task<T> After<T>(int line, Task task, Func<T> then) => Begin(line, () =>
    {
        TwinCompletion.WaitFor(line, task);
        return then();
    });

    /// <summary>A timer: it may go off at any time.</summary>
    private static void Later(int line, TaskCompletionSource delay) =>
        Strand.Current!.Run.Spawn(null, isBackground: true, () => TwinCompletion.Complete(line, delay.Task, () => delay.TrySetResult()));
}
