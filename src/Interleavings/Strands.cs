namespace ConcurrencyLab.Interleavings;

/// <summary>
/// What asynchronous tasks go on with after an await. A task has one strand while it awaits one thing after the other; where
/// more than one can go on at once (two halves of a <c>WhenAll</c>), each further one is a task of its own, as on a thread
/// pool. What comes from outside is let in only when no task can go, so that runs do not depend on time.
/// </summary>
internal sealed class Strands(ThreadedExecution execution, TimeSpan patience)
{
    private readonly Strand?[] _strands = new Strand?[Execution.MostTasks];
    private readonly Queue<(Strand Strand, Action Callback)> _outside = new();

    /// <summary>Something from outside did not come.</summary>
    public UncontrolledConcurrencyException? Broken { get; private set; }

    /// <summary>Runs an asynchronous task to its end.</summary>
    public void Run(int task, Func<Task?> body)
    {
        var strand = Begin(task);
        if (body() is not { } running)
        {
            return;
        }

        running.ContinueWith(_ => strand.Wake(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        strand.GoOn(() => running.IsCompleted);
        running.GetAwaiter().GetResult();
    }

    /// <summary>What was posted by a task that then goes on itself may go on at the same time.</summary>
    public void Flush(int task) => _strands[task]?.Flush();

    /// <summary>Lets in what came first from outside; false when nothing can come.</summary>
    public bool AwaitOutside()
    {
        if (Array.Find(_strands, strand => strand is { IsIdle: true, AwaitsControlled: 0 }) is not { } waiting)
        {
            return false;
        }

        lock (_outside)
        {
            if (_outside.Count == 0 && !Monitor.Wait(_outside, patience) && _outside.Count == 0)
            {
                Broken = new UncontrolledConcurrencyException(
                    $"{execution.Builder.TaskName(waiting.Task)} awaits something that the scheduler does not control and did not complete in {Quantity.Time(patience.TotalMilliseconds)}.");
                return false;
            }

            var (strand, callback) = _outside.Dequeue();
            strand.Enqueue(callback);
            execution.Notes.Note($"when the thing comes that {execution.Builder.TaskName(strand.Task)} awaits and that is not from program");
            return true;
        }
    }

    private Strand Begin(int task)
    {
        var strand = _strands[task] = new Strand(this, task);
        SynchronizationContext.SetSynchronizationContext(strand);
        return strand;
    }

    private void Split(Strand from, Action callback)
    {
        try
        {
            execution.Spawn($"{execution.Builder.TaskName(from.Task).Split('.')[0]}.await", () =>
            {
                var strand = Begin(execution.Current!.Value);
                callback();
                strand.GoOn(() => strand.IsEmpty);
            });
        }
        catch (InvalidOperationException error)
        {
            execution.Fail(error);
        }
    }

    /// <summary>Where one task's asynchronous code goes on.</summary>
    private sealed class Strand(Strands all, int task) : SynchronizationContext, IStrand
    {
        private readonly Queue<Action> _ready = new();

        public int Task => task;

        /// <summary>It waits for something to go on with.</summary>
        public bool IsIdle { get; private set; }

        public bool IsEmpty => _ready.Count == 0;

        /// <summary>Awaits of things that a task will complete.</summary>
        public int AwaitsControlled { get; set; }

        // Never throws: what is thrown here ends the process.
        public override void Post(SendOrPostCallback d, object? state)
        {
            var execution = all.Owner;
            void Callback() => d(state);
            if (execution.Over)
            {
                return;
            }

            if (execution.Current is not { } current)
            {
                lock (all._outside)
                {
                    all._outside.Enqueue((this, Callback));
                    Monitor.Pulse(all._outside);
                }
            }
            else if (current == task)
            {
                Enqueue(Callback);
            }
            else if (IsIdle && IsEmpty)
            {
                execution.Caused(task);
                Enqueue(Callback);
            }
            else
            {
                execution.Notes.Note($"in which order the things come that {execution.Builder.TaskName(task)} awaits at the same time");
                all.Split(this, Callback);
            }
        }

        public override SynchronizationContext CreateCopy() => this;

        public void Enqueue(Action callback) => _ready.Enqueue(callback);

        /// <summary>The task that it runs may have been completed by another.</summary>
        public void Wake()
        {
            if (all.Owner.Current is { } current && current != task)
            {
                all.Owner.Caused(task);
            }
        }

        public void Flush()
        {
            while (!IsIdle && _ready.TryDequeue(out var callback))
            {
                all.Split(this, callback);
            }
        }

        /// <summary>Goes on with one thing after the other until this is so.</summary>
        public void GoOn(Func<bool> done)
        {
            while (!done())
            {
                if (_ready.TryDequeue(out var first))
                {
                    Flush();
                    _ready.Enqueue(first);
                }

                IsIdle = true;
                all.Owner.Step(new Operation
                {
                    Intent = () => "await",
                    GivesWay = true,
                    Obstacle = () => "awaits something that no task completes",
                    Enabled = _ => _ready.Count > 0 || done(),
                    Effect = _ => { },
                });
                IsIdle = false;
                if (!done() || _ready.Count > 0)
                {
                    _ready.Dequeue()();
                }
            }
        }
    }

    private ThreadedExecution Owner => execution;
}

/// <summary>A context whose owner may await things that tasks complete.</summary>
internal interface IStrand
{
    /// <summary>How many of them it awaits now.</summary>
    int AwaitsControlled { get; set; }
}

/// <summary>Asynchronous code on the thread that it began on, without a scheduler: where it goes on after an await, it goes on here.</summary>
internal sealed class Pump : SynchronizationContext
{
    private readonly System.Collections.Concurrent.BlockingCollection<(SendOrPostCallback Callback, object? State)> _ready = [];

    public static void Run(Func<Task> body)
    {
        var before = Current;
        var pump = new Pump();
        SetSynchronizationContext(pump);
        try
        {
            var running = body();
            running.ContinueWith(_ => pump.Post(_ => { }, null), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            while (!running.IsCompleted)
            {
                var (callback, state) = pump._ready.Take();
                callback(state);
            }

            running.GetAwaiter().GetResult();
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }

    public override void Post(SendOrPostCallback d, object? state) => _ready.Add((d, state));

    public override SynchronizationContext CreateCopy() => this;
}
