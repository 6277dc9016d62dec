namespace ConcurrencyLab.Interleavings;

/// <summary>
/// Tasks on threads of their own, as threads of a program are: between any two steps any other may go. A task runs on
/// inside its own thread as long as the policy keeps choosing it; only a switch costs a hand-over.
/// </summary>
internal sealed class ThreadedExecution(ProgramBuilder builder, IPolicy policy, ExplorationNotes notes, bool recording)
    : Execution(builder, policy, notes, recording)
{
    private readonly bool[] _parked = new bool[MostTasks];
    private readonly Queue<int> _toStart = new();
    private TaskThreads _threads = null!;

    /// <summary>What asynchronous tasks go on with, and where that comes from.</summary>
    public Strands Strands { get; private set; } = null!;

    public override void Run(TaskThreads threads)
    {
        _threads = threads;
        Strands = new Strands(this, threads.StepTimeout);
        Open();
        for (var task = 0; task < Builder.Tasks.Count; task++)
        {
            var (_, body, asynchronous) = Builder.Tasks[task];
            var number = task;
            Launch(task, asynchronous ? () => Strands.Run(number, body) : () => body());
        }

        Let(_toStart.Dequeue());
        for (var task = 0; task < Count; task++)
        {
            if (_parked[task])
            {
                Let(task);
            }
        }

        if (Strands.Broken is { } broken)
        {
            throw broken;
        }
    }

    public override int? Current => _threads.Current is { } thread && thread.Number < Count ? thread.Number : null;

    protected override void Launch(int task, Action body)
    {
        _threads[task].Job = () => Play(task, body);
        _toStart.Enqueue(task);
    }

    protected override void Take(int task, Operation operation)
    {
        Strands.Flush(task);
        if (Arrive(task, operation))
        {
            return;
        }

        var next = WhoGoesNext();
        if (next != task && next >= 0)
        {
            _parked[task] = true;
            _threads[next].Pass();
            _threads[task].Take();
            _parked[task] = false;
        }

        if (Over)
        {
            throw new RunIsOverException();
        }

        Perform(task, operation);
    }

    protected override bool AwaitOutside() => Strands.AwaitOutside();

    private void Let(int task)
    {
        _threads[task].Pass();
        _threads.AwaitControl(this, WhoIsAway);
    }

    /// <summary>Every task runs up to its first step before any is chosen; what comes before it concerns no other task.</summary>
    private int WhoGoesNext() => Over ? -1 : _toStart.TryDequeue(out var task) ? task : Next();

    private void Play(int task, Action body)
    {
        Exception? error = null;
        try
        {
            body();
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
            Strands.Flush(task);
            EndOfTrial(task);
        }

        if (!Over)
        {
            Finish(task, error);
            if (WhoGoesNext() is >= 0 and var next)
            {
                _threads[next].Pass();
                return;
            }
        }

        _threads.GiveBack();
    }

    private string WhoIsAway()
    {
        var away = Over ? "A task that was told to end" : Builder.TaskName(Math.Max(Last, 0));
        var after = LastOperation is { } operation ? $" after \"{operation.Intent()}\"{(operation.Line is { } line ? $" in line {line}" : "")}" : "";
        var unseen = Builder.Unseen.Count == 0 ? "" : $" Not seen: {string.Join("; ", Builder.Unseen)}.";
        return $"{away} did not come back for {Quantity.Time(_threads.StepTimeout.TotalMilliseconds)}{after}: it computes for ever, sleeps, or waits for something that the scheduler does not control.{unseen}";
    }
}
