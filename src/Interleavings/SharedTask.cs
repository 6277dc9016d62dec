using System.Runtime.CompilerServices;

namespace ConcurrencyLab.Interleavings;

/// <summary>Something that a task will have done: waited for, awaited, or asked whether it is over. As <see cref="Task{TResult}"/>.</summary>
/// <typeparam name="T">What comes of it.</typeparam>
public sealed class SharedTask<T> : ControlledObject
{
    // Continuations are posted to where they belong, never run inside the step that completes.
    private readonly TaskCompletionSource<T> _source = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal SharedTask(ProgramBuilder builder, string name)
        : base(builder, name)
    {
    }

    internal override string State => _source.Task switch
    {
        { IsCompletedSuccessfully: true } task => typeof(T) == typeof(Nothing) ? "done" : Show(task.Result),
        { IsFaulted: true } task => task.Exception!.InnerException!.GetType().Name,
        { IsCanceled: true } => "cancelled",
        _ => "–",
    };

    /// <summary>Whether it is over, whatever came of it; looking is a step.</summary>
    public bool IsCompleted
    {
        get
        {
            var seen = false;
            Builder.Step(new Operation
            {
                Target = this,
                OnlyReads = true,
                Intent = () => $"is {Name} done?",
                Deed = () => $"is {Name} done? {(seen ? "yes" : "no")}",
                Effect = _ => seen = _source.Task.IsCompleted,
            });
            return seen;
        }
    }

    /// <summary>Waits for what comes of it.</summary>
    /// <exception cref="AggregateException">It failed, or was cancelled.</exception>
    public T Result
    {
        get
        {
            Wait();
            return _source.Task.Result;
        }
    }

    /// <summary>Waits until it is over.</summary>
    /// <exception cref="AggregateException">It failed, or was cancelled.</exception>
    public void Wait()
    {
        Do(() => ((IAsyncResult)_source.Task).AsyncWaitHandle.WaitOne(), new Operation
        {
            Target = this,
            OnlyReads = true,
            Gate = Gate.Passes,
            Intent = () => $"wait for {Name}",
            Obstacle = () => $"waits for {Name}",
            Enabled = _ => _source.Task.IsCompleted,
            Effect = _ => { },
        });
        _source.Task.Wait();
    }

    /// <summary>Waits no longer than this, and says whether it is over.</summary>
    /// <param name="timeout">In a schedule of ours its length means nothing: it may be over at any moment.</param>
    /// <exception cref="AggregateException">It failed, or was cancelled.</exception>
    public bool Wait(TimeSpan timeout)
    {
        var over = Try(() => ((IAsyncResult)_source.Task).AsyncWaitHandle.WaitOne(timeout), () => $"wait for {Name} for a time", timeout, _ => _source.Task.IsCompleted, _ => { });
        if (over)
        {
            _source.Task.Wait();
        }

        return over;
    }

    /// <summary>Awaits it.</summary>
    public Awaiter GetAwaiter() => new(this);

    /// <summary>Ends it, if it has not ended; says whether it did.</summary>
    internal bool End(Func<TaskCompletionSource<T>, bool> how, string what)
    {
        var ended = false;
        Builder.Step(new Operation
        {
            Target = this,
            Gate = Gate.Opens,
            GivesBack = true,
            Intent = () => $"{what} {Name}",
            Deed = () => ended ? $"{what} {Name}" : $"{Name} was over",
            Changes = _ => !_source.Task.IsCompleted,
            Effect = _ => ended = how(_source),
        });
        return ended;
    }

    /// <summary>What <c>await</c> asks.</summary>
    public readonly record struct Awaiter : ICriticalNotifyCompletion
    {
        private readonly SharedTask<T> _task;

        internal Awaiter(SharedTask<T> task) => _task = task;

        /// <summary>Whether there is nothing to await; looking is a step.</summary>
        public bool IsCompleted => _task.IsCompleted;

        /// <summary>What came of it.</summary>
        public T GetResult() => _task._source.Task.GetAwaiter().GetResult();

        /// <inheritdoc/>
        public void OnCompleted(Action continuation) => UnsafeOnCompleted(continuation);

        /// <inheritdoc/>
        public void UnsafeOnCompleted(Action continuation)
        {
            // Takes no step and so never throws: what is thrown here ends the process.
            var strand = SynchronizationContext.Current as IStrand;
            if (strand is not null)
            {
                strand.AwaitsControlled++;
            }

            _task._source.Task.GetAwaiter().UnsafeOnCompleted(() =>
            {
                if (strand is not null)
                {
                    strand.AwaitsControlled--;
                }

                continuation();
            });
        }
    }
}

/// <summary>What comes of something that is only done.</summary>
public readonly record struct Nothing;

/// <summary>A result that a task gives and others wait for, with the members of <see cref="TaskCompletionSource{TResult}"/>.</summary>
/// <typeparam name="T">The result.</typeparam>
public sealed class SharedTaskSource<T>
{
    internal SharedTaskSource(SharedTask<T> task) => Task = task;

    /// <summary>What others wait for.</summary>
    public SharedTask<T> Task { get; }

    /// <summary>Gives the result.</summary>
    /// <exception cref="InvalidOperationException">It is over already.</exception>
    public void SetResult(T result) => Must(TrySetResult(result));

    /// <summary>Gives the result if it is not over already; says whether it did.</summary>
    public bool TrySetResult(T result) => Task.End(source => source.TrySetResult(result), "complete");

    /// <summary>Says that it failed.</summary>
    /// <exception cref="InvalidOperationException">It is over already.</exception>
    public void SetException(Exception error) => Must(TrySetException(error));

    /// <summary>Says that it failed, if it is not over already; says whether it did.</summary>
    public bool TrySetException(Exception error) => Task.End(
        source =>
        {
            var set = source.TrySetException(error);
            _ = source.Task.Exception; // Looked at: nobody has to wait for it.
            return set;
        },
        "fail");

    /// <summary>Says that nothing will come.</summary>
    /// <exception cref="InvalidOperationException">It is over already.</exception>
    public void SetCanceled() => Must(TrySetCanceled());

    /// <summary>Says that nothing will come, if it is not over already; says whether it did.</summary>
    public bool TrySetCanceled() => Task.End(source => source.TrySetCanceled(), "cancel");

    private void Must(bool ended)
    {
        if (!ended)
        {
            throw new InvalidOperationException($"{Task.Name} is over already.");
        }
    }
}
