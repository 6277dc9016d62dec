using System.Collections.Concurrent;

namespace ConcurrencyLab.Interleavings;

/// <summary>
/// Tasks on threads of their own, as threads of a program are: between any two steps any other may go. A task runs on
/// inside its own thread as long as the policy keeps choosing it; only a switch costs a hand-over.
/// </summary>
internal sealed class ThreadedExecution(ProgramBuilder builder, IPolicy policy, int mostSteps, bool recording)
    : Execution(builder, policy, mostSteps, recording)
{
    private readonly bool[] _parked = new bool[builder.Tasks.Count];
    private TaskThreads _threads = null!;
    private int _started;

    public override void Run(TaskThreads threads)
    {
        _threads = threads;
        Open();
        for (var task = 0; task < Count; task++)
        {
            var number = task;
            threads[task].Job = () => Play(number);
        }

        Let(_started++);
        for (var task = 0; task < Count; task++)
        {
            if (_parked[task])
            {
                Let(task);
            }
        }
    }

    protected override void Take(Operation operation)
    {
        var me = Me(operation);
        NoticeBusyWait(me, operation);
        Pending[me] = operation;
        var next = WhoGoesNext();
        if (next != me && next >= 0)
        {
            _parked[me] = true;
            _threads[next].Pass();
            _threads[me].Take();
            _parked[me] = false;
        }

        if (Over)
        {
            throw new RunIsOverException();
        }

        Perform(me, operation);
    }

    private void Let(int task)
    {
        _threads[task].Pass();
        _threads.AwaitControl(this, WhoIsAway);
    }

    /// <summary>Every task runs up to its first step before any is chosen; what comes before it concerns no other task.</summary>
    private int WhoGoesNext() => _started < Count ? _started++ : Next();

    private void Play(int me)
    {
        Exception? error = null;
        try
        {
            var (_, body, asynchronous) = Builder.Tasks[me];
            if (asynchronous)
            {
                Pump.Run(body, () => Step(Operation.GiveWay("await")));
            }
            else
            {
                body();
            }
        }
        catch (RunIsOverException)
        {
            // Unwound.
        }
        catch (Exception thrown) when (thrown is not ThreadInterruptedException)
        {
            error = thrown;
        }

        if (!Over)
        {
            Finish(me, error);
            if (WhoGoesNext() is >= 0 and var next)
            {
                _threads[next].Pass();
                return;
            }
        }

        _threads.GiveBack();
    }

    private int Me(Operation operation)
    {
        for (var task = 0; task < Count; task++)
        {
            if (_threads[task].IsCurrent)
            {
                return task;
            }
        }

        throw new InvalidOperationException(
            $"\"{operation.Intent()}\" happens on a thread that is none of the tasks': inside a task, start no threads and no Task.Run, and await only controlled objects.");
    }

    private string WhoIsAway()
    {
        var away = Over ? "A task that was told to end" : Builder.TaskName(Math.Max(Last, 0));
        var after = LastOperation is { } operation ? $" after \"{operation.Intent()}\"" : "";
        return $"{away} did not come back for {Quantity.Time(_threads.StepTimeout.TotalMilliseconds)}{after}: it computes for ever, sleeps, or waits for something that the scheduler does not control.";
    }
}

/// <summary>Asynchronous code on the thread that it began on: where it goes on after an await, it goes on here.</summary>
internal sealed class Pump : SynchronizationContext
{
    private readonly BlockingCollection<(SendOrPostCallback Callback, object? State)> _ready = [];

    /// <summary>Runs it on the calling thread, calling <paramref name="resume"/> before it goes on after such an await.</summary>
    public static void Run(Func<Task?> body, Action resume)
    {
        var before = Current;
        var pump = new Pump();
        SetSynchronizationContext(pump);
        try
        {
            var running = body();
            running?.ContinueWith(_ => pump.Post(_ => { }, null), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            while (running is { IsCompleted: false })
            {
                var (callback, state) = pump._ready.Take();
                if (!running.IsCompleted)
                {
                    resume();
                    callback(state);
                }
            }

            running?.GetAwaiter().GetResult();
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }

    public override void Post(SendOrPostCallback d, object? state) => _ready.Add((d, state));

    public override SynchronizationContext CreateCopy() => this;
}
