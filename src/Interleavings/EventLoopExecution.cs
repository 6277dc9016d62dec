namespace ConcurrencyLab.Interleavings;

/// <summary>
/// Tasks that take turns on one thread, as on an event loop: another may go only where a task awaits something that makes it
/// wait. Everything a task does from one such await to the next is one step.
/// </summary>
internal sealed class EventLoopExecution(ProgramBuilder builder, IPolicy policy, int mostSteps, bool recording)
    : Execution(builder, policy, mostSteps, recording)
{
    private readonly Task?[] _running = new Task?[builder.Tasks.Count];

    /// <summary>What each task goes on with; posted from any thread, so looked at under its lock.</summary>
    private readonly Queue<Action>[] _posted = [.. builder.Tasks.Select(_ => new Queue<Action>())];
    private TaskThreads _threads = null!;
    private Exception? _broken;
    private int _now = -1;

    private bool NothingPosted => _posted.All(queue => queue.Count == 0);

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

    protected override void Take(Operation operation)
    {
        if (!_threads[0].IsCurrent)
        {
            throw new InvalidOperationException($"\"{operation.Intent()}\" happens on another thread: on one thread, use no Task.Run and no ConfigureAwait(false).");
        }

        if (!operation.CanGo(_now))
        {
            throw BreakOff(operation.Spins ? Outcome.Livelock : Outcome.Deadlock, $"{Builder.TaskName(_now)} {operation.Waiting()} and holds the only thread meanwhile");
        }

        PerformWithin(_now, operation);
    }

    protected override bool AwaitOutside()
    {
        lock (_posted)
        {
            if (NothingPosted && !Monitor.Wait(_posted, _threads.StepTimeout) && NothingPosted)
            {
                var outside = Enumerable.Range(0, Count).First(task => (Finished >> task & 1) == 0);
                throw new UncontrolledConcurrencyException(
                    $"{Builder.TaskName(outside)} awaits something that the scheduler does not control and did not complete in {Quantity.Time(_threads.StepTimeout.TotalMilliseconds)}.");
            }
        }

        TakePosts();
        return true;
    }

    private void Play()
    {
        try
        {
            for (var task = 0; task < Count; task++)
            {
                var number = task;
                Post(task, () => Begin(number));
                Pending[task] = Operation.GiveWay("start");
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

        _threads.GiveBack();
    }

    private void Begin(int task)
    {
        var running = Builder.Tasks[task].Body() ?? Task.CompletedTask;
        _running[task] = running;
        // One that ends elsewhere is noticed as soon as something is posted.
        running.ContinueWith(_ => Post(task, () => { }), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private void Go(int task)
    {
        var operation = Pending[task]!;
        Pending[task] = null;
        SynchronizationContext.SetSynchronizationContext(new Context(this, task));
        Perform(task, operation);
        Action posted;
        lock (_posted)
        {
            posted = _posted[task].Dequeue();
        }

        try
        {
            posted();
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

    private void Post(int task, Action posted)
    {
        lock (_posted)
        {
            _posted[task].Enqueue(posted);
            Monitor.Pulse(_posted);
        }
    }

    /// <summary>What became ready outside of the scheduler waits for its turn like everything else.</summary>
    private void TakePosts()
    {
        lock (_posted)
        {
            for (var task = 0; task < Count; task++)
            {
                EndIfDone(task);
                if ((Finished >> task & 1) != 0)
                {
                    _posted[task].Clear();
                }
                else if (_posted[task].Count > 0)
                {
                    Pending[task] ??= Operation.GiveWay("await");
                }
            }
        }
    }

    private sealed class Context(EventLoopExecution execution, int task) : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state) => execution.Post(task, () => d(state));

        public override SynchronizationContext CreateCopy() => this;
    }
}
