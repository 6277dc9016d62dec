namespace ConcurrencyLab.Interleavings;

/// <summary>
/// Tasks that take turns on one thread, as on an event loop: another may go only where a task awaits something that makes it
/// wait. Everything a task does from one such await to the next is one step. Where a task has more than one thing to go on
/// with (two halves of a <c>WhenAll</c>), each further one takes its turns under a name of its own.
/// </summary>
internal sealed class EventLoopExecution(ProgramBuilder builder, IPolicy policy, ExplorationNotes notes, bool recording)
    : Execution(builder, policy, notes, recording)
{
    private readonly Task?[] _running = new Task?[builder.Tasks.Count];

    /// <summary>What each task does in its next step.</summary>
    private readonly Action?[] _next = new Action?[MostTasks];

    /// <summary>Posted on the loop's own thread, in this order.</summary>
    private readonly Queue<(int Task, Action Callback)> _posted = new();

    /// <summary>Posted from elsewhere: let in when no task can go, so that runs do not depend on time.</summary>
    private readonly Queue<(int Task, Action Callback)> _outside = new();
    private TaskThreads _threads = null!;
    private Exception? _broken;
    private int _now = -1;

    public override int? Current => _threads[0] == _threads.Current ? Math.Max(_now, 0) : null;

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

    protected override void Launch(int task, Action body)
    {
        Pending[task] = Operation.GiveWay("start");
        _next[task] = body;
    }

    protected override void Take(int task, Operation operation)
    {
        if (!operation.CanGo(task))
        {
            throw BreakOff(operation.Spins ? Outcome.Livelock : Outcome.Deadlock, $"{Builder.TaskName(task)} {operation.Waiting()} and holds the only thread meanwhile");
        }

        PerformWithin(task, operation);
    }

    protected override bool AwaitOutside()
    {
        var outside = Enumerable.Range(0, Builder.Tasks.Count).FirstOrDefault(task => (Finished >> task & 1) == 0, -1);
        if (outside < 0 || Awaited > 0)
        {
            return false;
        }

        lock (_outside)
        {
            if (_outside.Count == 0 && !Monitor.Wait(_outside, _threads.StepTimeout) && _outside.Count == 0)
            {
                throw new UncontrolledConcurrencyException(
                    $"{Builder.TaskName(outside)} awaits something that the scheduler does not control and did not complete in {Quantity.Time(_threads.StepTimeout.TotalMilliseconds)}.");
            }

            _posted.Enqueue(_outside.Dequeue());
        }

        Notes.Note($"when the thing comes that {Builder.TaskName(outside)} awaits and that is not from program");
        TakePosts();
        return true;
    }

    private void Play()
    {
        try
        {
            for (var task = 0; task < Builder.Tasks.Count; task++)
            {
                var number = task;
                Launch(task, () => Begin(number));
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
        running.ContinueWith(_ => Post(task, null), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private void Go(int task)
    {
        var (operation, action) = (Pending[task]!, _next[task]!);
        (Pending[task], _next[task]) = (null, null);
        SynchronizationContext.SetSynchronizationContext(new Context(this, task));
        Perform(task, operation);
        try
        {
            action();
        }
        catch (RunIsOverException)
        {
            // Unwound.
        }
        catch (Exception error) when (error is not ThreadInterruptedException)
        {
            // Only what is not asynchronous throws here; the rest keeps it in its Task.
            Finish(task, error);
        }
    }

    private void Post(int task, Action? callback)
    {
        if (Over)
        {
            return;
        }

        if (Current is null)
        {
            lock (_outside)
            {
                _outside.Enqueue((task, callback ?? (() => { })));
                Monitor.Pulse(_outside);
            }
        }
        else if (callback is not null)
        {
            _posted.Enqueue((task, callback));
        }
    }

    /// <summary>What has become ready waits for its turn like everything else.</summary>
    private void TakePosts()
    {
        while (!Over && _posted.TryDequeue(out var post))
        {
            var (task, callback) = post;
            if (Pending[task] is null)
            {
                Pending[task] = Operation.GiveWay("await");
                _next[task] = callback;
                Reopen(task);
            }
            else
            {
                Split(task, callback);
            }
        }

        for (var task = 0; task < Count && !Over; task++)
        {
            if (((Existing & ~Finished) >> task & 1) != 0 && Pending[task] is null)
            {
                EndIfDone(task);
            }
        }
    }

    private void Split(int task, Action callback)
    {
        try
        {
            Spawn($"{Builder.TaskName(task).Split('.')[0]}.await", callback);
        }
        catch (InvalidOperationException error)
        {
            Fail(error);
        }
    }

    private void EndIfDone(int task)
    {
        if (task >= _running.Length)
        {
            Finish(task, null);
        }
        else if (_running[task] is { IsCompleted: true } running)
        {
            var error = running.Exception?.InnerException ?? (running.IsCanceled ? new TaskCanceledException() : null);
            Finish(task, error is RunIsOverException ? null : error);
        }
    }

    private sealed class Context(EventLoopExecution execution, int task) : SynchronizationContext, IStrand
    {
        public int AwaitsControlled { get => execution.Awaited; set => execution.Awaited = value; }

        // Never throws: what is thrown here ends the process.
        public override void Post(SendOrPostCallback d, object? state) => execution.Post(task, () => d(state));

        public override SynchronizationContext CreateCopy() => this;
    }

    private int Awaited { get; set; }
}
