using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace ConcurrencyLab.Interleavings;

/// <summary>What tasks start, wait for and leave to chance.</summary>
public sealed partial class ProgramBuilder
{
    private readonly List<Thread> _reallyStarted = [];

    /// <summary>A signal that lets one task pass and resets itself. As <see cref="System.Threading.AutoResetEvent"/>.</summary>
    public SharedEvent AutoResetEvent(string name, bool set = false) => Keep(new SharedEvent(this, Named(name), set, resetsItself: true));

    /// <summary>A signal that stays until it is reset. As <see cref="System.Threading.ManualResetEvent"/>.</summary>
    public SharedEvent ManualResetEvent(string name, bool set = false) => Keep(new SharedEvent(this, Named(name), set, resetsItself: false));

    /// <summary>A place where so many tasks wait for each other.</summary>
    public SharedBarrier Barrier(string name, int participants)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(participants, 1);
        return Keep(new SharedBarrier(this, Named(name), participants));
    }

    /// <summary>A number, 0 or more, that is counted down.</summary>
    public SharedCountdown Countdown(string name, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return Keep(new SharedCountdown(this, Named(name), count));
    }

    /// <summary>A lock for many readers or one writer.</summary>
    public SharedReaderWriterLock ReaderWriterLock(string name) => Keep(new SharedReaderWriterLock(this, Named(name)));

    /// <summary>A wish that others stop.</summary>
    public SharedCancellation Cancellation(string name) => Keep(new SharedCancellation(this, Named(name)));

    /// <summary>A result that one task will give and others wait for.</summary>
    public SharedTaskSource<T> TaskSource<T>(string name) => new(Keep(new SharedTask<T>(this, Named(name))));

    /// <summary>Starts a thread, inside a task; what it throws and does not catch breaks the program.</summary>
    /// <param name="name">A short word without spaces; a second one of that name is called <c>name#2</c>.</param>
    /// <param name="body">What it does.</param>
    /// <returns>Wait for it to join the thread.</returns>
    public SharedTask<Nothing> Start(string name, Action body)
    {
        ArgumentNullException.ThrowIfNull(body);
        return Begin<Nothing>(name, done =>
        {
            body();
            done.SetResult(default);
        });
    }

    /// <summary>Starts a task, inside a task; what it throws, those who wait for it get.</summary>
    /// <inheritdoc cref="Start"/>
    /// <returns>What will come of it.</returns>
    public SharedTask<T> Run<T>(string name, Func<T> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        return Begin<T>(name, done =>
        {
            T result;
            try
            {
                result = body();
            }
            catch (Exception error) when (error is not (RunIsOverException or ThreadInterruptedException))
            {
                done.SetException(error);
                return;
            }

            done.SetResult(result);
        });
    }

    /// <inheritdoc cref="Run{T}(string, Func{T})"/>
    public SharedTask<Nothing> Run(string name, Action body)
    {
        ArgumentNullException.ThrowIfNull(body);
        return Run(name, () =>
        {
            body();
            return default(Nothing);
        });
    }

    /// <summary>A number from 0 to below <paramref name="count"/>, left to chance: every one of them is explored.</summary>
    public int Choose(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var chosen = 0;
        if (Real)
        {
            chosen = Random.Shared.Next(count);
        }
        else
        {
            Step(new Operation
            {
                Intent = () => $"choose one of {count}",
                Deed = () => $"choose {chosen} of {count}",
                Options = _ => count,
                Effect = _ => chosen = Option,
            });
        }

        return chosen;
    }

    /// <summary>A pause: others may go, for as long as they like. In a schedule of ours its length means nothing.</summary>
    public void Sleep(TimeSpan time)
    {
        if (Real)
        {
            Thread.Sleep(time);
        }
        else
        {
            Step(Operation.GiveWay("sleep"));
        }
    }

    /// <summary>A place where an asynchronous task gives way to others. As <see cref="System.Threading.Tasks.Task.Yield"/>.</summary>
    [SuppressMessage("Performance", "CA1822", Justification = "Written program.Yield(), as program.SpinOnce() is.")]
    public YieldAwaitable Yield() => System.Threading.Tasks.Task.Yield();

    /// <summary>Threads that tasks of a real run have started and that still wait for something do so no longer.</summary>
    internal void InterruptStarted()
    {
        lock (_reallyStarted)
        {
            _reallyStarted.ForEach(thread => thread.Interrupt());
        }
    }

    private SharedTask<T> Begin<T>(string name, Action<SharedTaskSource<T>> body)
    {
        if (!IsTaskName(name))
        {
            throw new ArgumentException($"A task needs a short name without spaces, '*' or ':', but this one is called \"{name}\".");
        }

        if (!Real && _execution is not ThreadedExecution)
        {
            throw new InvalidOperationException(_execution is null
                ? $"{name} is started before the tasks are: begin with program.Task(name, body)."
                : $"{name} would be a second thread, but this program has only one: call an asynchronous method and await it.");
        }

        if (Real)
        {
            var source = new SharedTaskSource<T>(new SharedTask<T>(this, name));
            var thread = new Thread(() => Really(body, source)) { IsBackground = true, Name = name };
            lock (_reallyStarted)
            {
                _reallyStarted.Add(thread);
            }

            thread.Start();
            return source.Task;
        }

        var task = Keep(new SharedTask<T>(this, name));
        _execution!.Spawn(name, () => body(new SharedTaskSource<T>(task)));
        return task;
    }

    private void Really<T>(Action<SharedTaskSource<T>> body, SharedTaskSource<T> done)
    {
        try
        {
            body(done);
        }
        catch (ThreadInterruptedException)
        {
            done.TrySetCanceled();
        }
        catch (Exception error)
        {
            Interlocked.Increment(ref Threw);
            done.TrySetException(error);
        }
    }
}
