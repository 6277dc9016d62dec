using System.Runtime.CompilerServices;

namespace ConcurrencyLab.Interleavings.Twins;

/// <summary>Awaits: what comes after one that has to wait is a strand of its own, as it is work of the pool for real.</summary>
public static partial class Twin
{
    public static TwinAwaiter Await(int line, Task task) => new(line, task);

    public static TwinAwaiter<T> Await<T>(int line, Task<T> task) => new(line, task);

    public static TwinAwaiter Await(int line, ValueTask task) => new(line, task.AsTask());

    public static TwinAwaiter<T> Await<T>(int line, ValueTask<T> task) => new(line, task.AsTask());

    public static TwinAwaiter Await(int line, TwinYield yield) => new(line, null);
}

/// <summary>What <c>Task.Yield()</c> gives.</summary>
public readonly record struct TwinYield;

/// <summary>Awaits a task, or nothing but another turn.</summary>
public readonly struct TwinAwaiter : ICriticalNotifyCompletion
{
    private readonly int _line;
    private readonly Task? _task;
    private readonly bool _blocks;

    internal TwinAwaiter(int line, Task? task, bool blocks = false) => (_line, _task, _blocks) = (line, task, blocks);

    public TwinAwaiter GetAwaiter() => this;

    public bool IsCompleted => IsDone(_line, _task);

    public void GetResult()
    {
        if (_task is { } task)
        {
            Observe(_line, task, _blocks);
            task.GetAwaiter().GetResult();
        }
    }

    public void OnCompleted(Action continuation) => Suspend(_line, _task, continuation);

    public void UnsafeOnCompleted(Action continuation) => Suspend(_line, _task, continuation);

    /// <summary>Somebody sees how it ended, and may hold the thread until it has.</summary>
    internal static void Observe(int line, Task task, bool blocks)
    {
        if (TwinRun.Current is not { } run)
        {
            return;
        }

        if (blocks)
        {
            TwinCompletion.WaitFor(line, task);
        }

        _ = TwinCompletion.PartsOf(run, task).ToList();
    }

    internal static bool IsDone(int line, Task? task)
    {
        if (Strand.Current is null)
        {
            return task?.IsCompleted ?? true;
        }

        return task is not null && TwinCompletion.Ask(line, task);
    }

    internal static void Suspend(int line, Task? task, Action continuation)
    {
        if (Strand.Current is not { } strand)
        {
            task!.GetAwaiter().OnCompleted(continuation);
            return;
        }

        try
        {
            var run = strand.Run;
            run.Spawn(null, isBackground: true, () =>
            {
                var me = Strand.Current!;
                if (task is null)
                {
                    me.Step(Operation.GiveWay("goes on after a yield"));
                }
                else
                {
                    TwinCompletion.WaitFor(line, task);
                }

                continuation();
            });
        }
        catch (Exception error)
        {
            // What is thrown here is thrown again on a thread of the pool, and ends the process.
            strand.Run.Builder.Fail(error);
        }
    }
}

/// <summary>Awaits a task with a result.</summary>
public readonly struct TwinAwaiter<T> : ICriticalNotifyCompletion
{
    private readonly int _line;
    private readonly Task<T> _task;
    private readonly bool _blocks;

    internal TwinAwaiter(int line, Task<T> task, bool blocks = false) => (_line, _task, _blocks) = (line, task, blocks);

    public TwinAwaiter<T> GetAwaiter() => this;

    public bool IsCompleted => TwinAwaiter.IsDone(_line, _task);

    public T GetResult()
    {
        TwinAwaiter.Observe(_line, _task, _blocks);
        return _task.GetAwaiter().GetResult();
    }

    public void OnCompleted(Action continuation) => TwinAwaiter.Suspend(_line, _task, continuation);

    public void UnsafeOnCompleted(Action continuation) => TwinAwaiter.Suspend(_line, _task, continuation);
}
