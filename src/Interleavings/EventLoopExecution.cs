namespace ConcurrencyLab.Interleavings;

/// <summary>
/// Tasks that take turns on one thread, as on an event loop: another may go only where a task awaits something that makes it
/// wait. Everything a task does from one such await to the next is one step.
/// </summary>
internal sealed class EventLoopExecution(ProgramBuilder builder, IPolicy policy, int mostSteps, bool recording)
    : Execution(builder, policy, mostSteps, recording)
{
    private readonly Action?[] _continuations = new Action?[builder.Tasks.Count];
    private readonly ScheduledAwaitable?[] _awaitables = new ScheduledAwaitable?[builder.Tasks.Count];
    private readonly Task?[] _running = new Task?[builder.Tasks.Count];
    private readonly Queue<(int Task, SendOrPostCallback Callback, object? State)> _posted = new();
    private TaskThreads _threads = null!;
    private Exception? _broken;
    private int _now = -1;

    public override void Run(TaskThreads threads)
    {
        _threads = threads;
        threads[0].Job = Play;
        threads[0].Pass();
        threads.AwaitControl(this, () => $"{Builder.TaskName(_now)} did not come back for {Quantity.Time(threads.StepTimeout.TotalMilliseconds)}: it computes for ever, sleeps, or blocks the only thread.");
        if (_broken is not null)
        {
            throw _broken;
        }
    }

    public override void Step(Operation operation)
    {
        if (!_threads[0].IsCurrent)
        {
            throw new InvalidOperationException($"\"{operation.Intent()}\" happens on another thread: on one thread, use no Task.Run and no ConfigureAwait(false).");
        }

        if (Over)
        {
            throw new RunIsOverException();
        }

        if (operation.Enabled?.Invoke(_now) == false)
        {
            Fail(new Failure(
                operation.Spins ? Outcome.Livelock : Outcome.Deadlock,
                $"{Builder.TaskName(_now)} {operation.Obstacle?.Invoke() ?? "waits"} and holds the only thread meanwhile"));
            End();
            throw new RunIsOverException();
        }

        PerformWithin(_now, operation);
    }

    public override void Release(Operation operation)
    {
        if (!Over)
        {
            Step(operation);
        }
    }

    public override bool StepWithinAwait(Operation operation, bool always)
    {
        if (always || operation.Enabled?.Invoke(_now) == false)
        {
            return false;
        }

        Step(operation);
        return true;
    }

    public override void Park(ScheduledAwaitable turn, Action continuation)
    {
        if (Pending[_now] is not null)
        {
            throw new InvalidOperationException($"{Builder.TaskName(_now)} awaits two things at once: make them tasks of their own.");
        }

        (Pending[_now], _awaitables[_now], _continuations[_now]) = (turn.Operation, turn, continuation);
    }

    protected override bool AwaitOutside()
    {
        lock (_posted)
        {
            var end = Environment.TickCount64 + (long)_threads.StepTimeout.TotalMilliseconds;
            while (_posted.Count == 0)
            {
                var outside = Enumerable.Range(0, Count).Where(task => Pending[task] is null && (Finished >> task & 1) == 0).ToArray();
                if (outside.Length == 0)
                {
                    return false;
                }

                if (end <= Environment.TickCount64 || !Monitor.Wait(_posted, (int)Math.Max(1, end - Environment.TickCount64)) && _posted.Count == 0)
                {
                    throw new UncontrolledConcurrencyException(
                        $"{Builder.TaskName(outside[0])} awaits something that the scheduler does not control and did not complete in {Quantity.Time(_threads.StepTimeout.TotalMilliseconds)}.");
                }
            }
        }

        TakePosts();
        return true;
    }

    private void Play()
    {
        var before = SynchronizationContext.Current;
        try
        {
            for (var task = 0; task < Count; task++)
            {
                Pending[task] = new Operation { Intent = () => "start", GivesWay = true, Effect = _ => false };
            }

            Open();
            while (Next() is >= 0 and var next)
            {
                _now = next;
                Go(next);
                TakePosts();
            }
        }
        catch (UncontrolledConcurrencyException error)
        {
            _broken = error;
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }

        _threads.GiveBack();
    }

    private void Go(int task)
    {
        var operation = Pending[task]!;
        Pending[task] = null;
        SynchronizationContext.SetSynchronizationContext(new Context(this, task));
        try
        {
            Perform(task, operation);
        }
        catch (Exception error) when (_awaitables[task] is not null && error is not ThreadInterruptedException)
        {
            _awaitables[task]!.Error = error;
        }

        try
        {
            if (_continuations[task] is { } continuation)
            {
                _continuations[task] = null;
                continuation();
            }
            else
            {
                _running[task] = Builder.Tasks[task].Body() ?? Task.CompletedTask;
                _running[task]!.ContinueWith(_ => Posted(task, _ => { }, null), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            }
        }
        catch (RunIsOverException)
        {
            return;
        }
        catch (Exception error) when (error is not ThreadInterruptedException)
        {
            // Only a task that is not asynchronous throws here; others keep it in their Task.
            _running[task] = Task.FromException(error);
        }

        EndIfDone(task);
    }

    private void EndIfDone(int task)
    {
        if (_running[task] is { IsCompleted: true } running && (Finished >> task & 1) == 0)
        {
            var error = running.Exception?.InnerException ?? (running.IsCanceled ? new TaskCanceledException() : null);
            Finish(task, error is RunIsOverException ? null : error);
        }
    }

    private void Posted(int task, SendOrPostCallback callback, object? state)
    {
        lock (_posted)
        {
            _posted.Enqueue((task, callback, state));
            Monitor.Pulse(_posted);
        }
    }

    /// <summary>What became ready outside of the scheduler waits for its turn like everything else.</summary>
    private void TakePosts()
    {
        lock (_posted)
        {
            for (var left = _posted.Count; left > 0; left--)
            {
                var (task, callback, state) = _posted.Dequeue();
                EndIfDone(task);
                if ((Finished >> task & 1) != 0)
                {
                    continue;
                }

                if (Pending[task] is not null)
                {
                    _posted.Enqueue((task, callback, state));
                    continue;
                }

                Pending[task] = new Operation { Intent = () => "await", GivesWay = true, Effect = _ => false };
                (_awaitables[task], _continuations[task]) = (null, () => callback(state));
            }
        }
    }

    private sealed class Context(EventLoopExecution execution, int task) : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state) => execution.Posted(task, d, state);

        public override SynchronizationContext CreateCopy() => this;
    }
}
