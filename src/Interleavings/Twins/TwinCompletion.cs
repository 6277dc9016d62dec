using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace ConcurrencyLab.Interleavings.Twins;

/// <summary>Whether a task has completed: what those who await it look at, and what completing it changes.</summary>
internal sealed class TwinCompletion(ProgramBuilder builder, string name, Task task) : ControlledObject(builder, name)
{
    internal override string State => task.IsCompleted ? "done" : "";

    /// <summary>Begins to follow a task that code of a run will complete.</summary>
    public static void Follow(TwinRun run, Task task, string name)
    {
        if (run.TargetOf(task) is null)
        {
            run.Bind(task, run.Builder.Keep(new TwinCompletion(run.Builder, run.Unique(name), task)));
            run.Unobserved.Add(task);
        }
    }

    /// <summary>Completes a task, in one step.</summary>
    public static void Complete(int line, Task task, Action complete)
    {
        if (Twin.Here(line) is { } strand)
        {
            // One that nobody has seen yet completes unseen.
            if (strand.Run.TargetOf(task) is { } model)
            {
                strand.Do(line, model, $"{model.Name} completes", () => { });
            }
        }

        complete();
    }

    /// <summary>Waits, holding the thread, until a task has completed.</summary>
    public static void WaitFor(int line, Task task)
    {
        if (Twin.Here(line) is not { } strand)
        {
            task.Wait();
            return;
        }

        foreach (var part in PartsOf(strand.Run, task))
        {
            if (strand.Run.Facts.GetValueOrDefault(part) is TaskCompletionSource delay)
            {
                strand.Step(Operation.GiveWay("delay"));
                delay.TrySetResult();
            }
            else if (TargetOf(strand, line, part) is var target && (target is not null || !part.IsCompleted))
            {
                strand.Wait(line, target, $"wait for {target?.Name ?? "an iterator"}", () => part.IsCompleted);
            }
        }
    }

    /// <summary>Waits until the code itself has ended.</summary>
    public static void WaitForMain(Task task)
    {
        WaitFor(0, task);
        task.GetAwaiter().GetResult();
    }

    /// <summary>Whether a task has completed, asked in a step.</summary>
    public static bool Ask(int line, Task task)
    {
        if (Twin.Here(line) is { } strand)
        {
            foreach (var part in PartsOf(strand.Run, task))
            {
                if (strand.Run.TargetOf(part) is { } model)
                {
                    strand.Do(line, model, $"is {model.Name} done?", () => { }, looks: true);
                }

                if (!part.IsCompleted)
                {
                    return false;
                }
            }
        }

        return task.IsCompleted;
    }

    /// <summary>The tasks that have to complete for this one: those of a <c>WhenAll</c>, in their order, or itself.</summary>
    public static IEnumerable<Task> PartsOf(TwinRun run, Task task)
    {
        run.Unobserved.Remove(task);
        return run.Facts.GetValueOrDefault(task) is Task[] parts ? parts.SelectMany(part => PartsOf(run, part)) : [task];
    }

    /// <summary>What stands for a task; null when it has completed without anybody being able to see it.</summary>
    public static ControlledObject? TargetOf(Strand strand, int line, Task task)
    {
        if (strand.Run.TargetOf(task) is { } model)
        {
            return model;
        }

        if (task.IsCompleted)
        {
            return null;
        }

        if (task.GetType().Name.StartsWith("ValueTaskSourceAsTask", StringComparison.Ordinal))
        {
            // Of an iterator: it completes with a step of another strand, only that nobody says of which.
            strand.Run.Builder.NotSeen($"when an asynchronous iterator goes on (line {line.ToString(System.Globalization.CultureInfo.InvariantCulture)})");
            return null;
        }

        throw new UncontrolledConcurrencyException($"{strand.Name} waits in line {line.ToString(System.Globalization.CultureInfo.InvariantCulture)} for a task that the scheduler does not control: what the program awaits must be made inside it.");
    }
}

/// <summary>Completes the task of an <c>async Task</c> function in a step.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct TwinTaskBuilder
{
    private AsyncTaskMethodBuilder _real;

    public static TwinTaskBuilder Create() => new() { _real = AsyncTaskMethodBuilder.Create() };

    public Task Task => _real.Task;

    public void Start<TStateMachine>(ref TStateMachine stateMachine)
        where TStateMachine : IAsyncStateMachine => _real.Start(ref stateMachine);

    public void SetStateMachine(IAsyncStateMachine stateMachine) => _real.SetStateMachine(stateMachine);

    public void SetResult()
    {
        TwinTaskBuilder<int>.Ends(_real.Task, null);
        _real.SetResult();
    }

    public void SetException(Exception exception)
    {
        TwinTaskBuilder<int>.Ends(_real.Task, exception);
        _real.SetException(exception);
    }

    public void AwaitOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : INotifyCompletion
        where TStateMachine : IAsyncStateMachine
    {
        _real.AwaitOnCompleted(ref awaiter, ref stateMachine);
        TwinTaskBuilder<int>.Suspends(_real.Task);
    }

    public void AwaitUnsafeOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : ICriticalNotifyCompletion
        where TStateMachine : IAsyncStateMachine
    {
        _real.AwaitUnsafeOnCompleted(ref awaiter, ref stateMachine);
        TwinTaskBuilder<int>.Suspends(_real.Task);
    }
}

/// <summary>Completes the task of an <c>async Task&lt;T&gt;</c> function in a step.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct TwinTaskBuilder<T>
{
    private AsyncTaskMethodBuilder<T> _real;

    public static TwinTaskBuilder<T> Create() => new() { _real = AsyncTaskMethodBuilder<T>.Create() };

    public Task<T> Task => _real.Task;

    public void Start<TStateMachine>(ref TStateMachine stateMachine)
        where TStateMachine : IAsyncStateMachine => _real.Start(ref stateMachine);

    public void SetStateMachine(IAsyncStateMachine stateMachine) => _real.SetStateMachine(stateMachine);

    public void SetResult(T result)
    {
        Ends(_real.Task, null);
        _real.SetResult(result);
    }

    public void SetException(Exception exception)
    {
        Ends(_real.Task, exception);
        _real.SetException(exception);
    }

    public void AwaitOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : INotifyCompletion
        where TStateMachine : IAsyncStateMachine
    {
        _real.AwaitOnCompleted(ref awaiter, ref stateMachine);
        Suspends(_real.Task);
    }

    public void AwaitUnsafeOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : ICriticalNotifyCompletion
        where TStateMachine : IAsyncStateMachine
    {
        _real.AwaitUnsafeOnCompleted(ref awaiter, ref stateMachine);
        Suspends(_real.Task);
    }

    /// <summary>From here on others can see the task before it has completed. (Asked for earlier, it would be another task.)</summary>
    internal static void Suspends(Task task)
    {
        if (TwinRun.Current is { } run)
        {
            TwinCompletion.Follow(run, task, "async method");
        }
    }

    internal static void Ends(Task task, Exception? error)
    {
        if (error is null || Twin.MayCatch(error))
        {
            TwinCompletion.Complete(0, task, () => { });
            if (error is not null && TwinRun.Current is { } run && run.TargetOf(task) is null)
            {
                run.Unobserved.Add(task);
            }
        }
    }
}

/// <summary>The same of an <c>async ValueTask</c> function.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct TwinValueTaskBuilder
{
    private TwinTaskBuilder _real;

    public static TwinValueTaskBuilder Create() => new() { _real = TwinTaskBuilder.Create() };

    public ValueTask Task => new(_real.Task);

    public void Start<TStateMachine>(ref TStateMachine stateMachine)
        where TStateMachine : IAsyncStateMachine => _real.Start(ref stateMachine);

    public void SetStateMachine(IAsyncStateMachine stateMachine) => _real.SetStateMachine(stateMachine);

    public void SetResult() => _real.SetResult();

    public void SetException(Exception exception) => _real.SetException(exception);

    public void AwaitOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : INotifyCompletion
        where TStateMachine : IAsyncStateMachine => _real.AwaitOnCompleted(ref awaiter, ref stateMachine);

    public void AwaitUnsafeOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : ICriticalNotifyCompletion
        where TStateMachine : IAsyncStateMachine => _real.AwaitUnsafeOnCompleted(ref awaiter, ref stateMachine);
}

/// <summary>The same of an <c>async ValueTask&lt;T&gt;</c> function.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct TwinValueTaskBuilder<T>
{
    private TwinTaskBuilder<T> _real;

    public static TwinValueTaskBuilder<T> Create() => new() { _real = TwinTaskBuilder<T>.Create() };

    public ValueTask<T> Task => new(_real.Task);

    public void Start<TStateMachine>(ref TStateMachine stateMachine)
        where TStateMachine : IAsyncStateMachine => _real.Start(ref stateMachine);

    public void SetStateMachine(IAsyncStateMachine stateMachine) => _real.SetStateMachine(stateMachine);

    public void SetResult(T result) => _real.SetResult(result);

    public void SetException(Exception exception) => _real.SetException(exception);

    public void AwaitOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : INotifyCompletion
        where TStateMachine : IAsyncStateMachine => _real.AwaitOnCompleted(ref awaiter, ref stateMachine);

    public void AwaitUnsafeOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : ICriticalNotifyCompletion
        where TStateMachine : IAsyncStateMachine => _real.AwaitUnsafeOnCompleted(ref awaiter, ref stateMachine);
}
