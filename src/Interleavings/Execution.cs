using System.Numerics;

namespace ConcurrencyLab.Interleavings;

/// <summary>Who goes next, asked before every step.</summary>
internal interface IPolicy
{
    /// <summary>A run begins; nothing to do for those that are asked about one run only.</summary>
    void Begin()
    {
    }

    /// <summary>The task to go next, one of those in the mask; -1 to end the run here.</summary>
    int Choose(Execution execution, uint enabled);
}

/// <summary>
/// One run of a builder under a scheduler: knows what each task is about to do, asks the policy who goes, and notices when it
/// breaks. One task runs at a time, so nothing here needs a lock.
/// </summary>
internal abstract partial class Execution(ProgramBuilder builder, IPolicy policy, int mostSteps, bool recording)
{
    public const int MostTasks = 16;

    /// <summary>This many reads in a row without doing anything else are taken for a busy wait.</summary>
    private const int ReadsOfABusyWait = 24;

    private readonly int[] _changesBy = new int[builder.Tasks.Count];
    private readonly int[] _seenBySpinner = new int[builder.Tasks.Count];
    private readonly int[] _readsInRow = new int[builder.Tasks.Count];
    private int _changes;
    private int _within;
    private volatile int _progress;

    public ProgramBuilder Builder { get; } = builder;

    public int Count { get; } = builder.Tasks.Count;

    /// <summary>What each task is about to do; null for those that have ended or wait outside.</summary>
    public Operation?[] Pending { get; } = new Operation?[builder.Tasks.Count];

    public uint Finished { get; private set; }

    /// <summary>The task that took the last step; -1 before the first.</summary>
    public int Last { get; private set; } = -1;

    /// <summary>What the last step was.</summary>
    public Operation? LastOperation { get; private set; }

    /// <summary>How often a task was interrupted that could have gone on.</summary>
    public int Preemptions { get; private set; }

    /// <summary>How often another task went on.</summary>
    public int Switches { get; private set; }

    public List<int> Choices { get; } = [];

    public List<StepRecord> Records { get; } = [];

    /// <summary>What was shared before the first step, as it is recorded.</summary>
    public IReadOnlyList<string> Initial { get; } = recording ? Values(builder) : [];

    /// <summary>Why it broke; null while it did not.</summary>
    public Failure? Failure { get; private set; }

    /// <summary>No more steps: what still runs is being unwound.</summary>
    public bool Over { get; private set; }

    /// <summary>Ended by the policy, neither finished nor broken.</summary>
    public bool Abandoned { get; private set; }

    /// <summary>The scheduler looks at controlled objects.</summary>
    public bool Looking { get; private set; } = true;

    /// <summary>Grows with everything that happens; a watchdog looks at it from another thread.</summary>
    public int Progress { get => _progress; private set => _progress = value; }

    /// <summary>Runs it to its end on threads that are there already.</summary>
    /// <exception cref="UncontrolledConcurrencyException">A task did not come back.</exception>
    public abstract void Run(TaskThreads threads);

    /// <summary>Does what a task is about to do when its turn comes.</summary>
    /// <exception cref="RunIsOverException">It will not come.</exception>
    public void Step(Operation operation)
    {
        if (!Over)
        {
            Take(operation);
        }
        else if (!operation.GivesBack)
        {
            throw new RunIsOverException();
        }
    }

    protected abstract void Take(Operation operation);

    /// <summary>Waits for what comes from outside (a real timer, say) when no task can go; false when nothing can come.</summary>
    /// <exception cref="UncontrolledConcurrencyException">Nothing came in time.</exception>
    protected virtual bool AwaitOutside() => false;

    /// <summary>Going on comes first: the fewest switches make the simplest schedules.</summary>
    public int PreferredOf(uint tasks) => Last >= 0 && (tasks >> Last & 1) != 0 ? Last : BitOperations.TrailingZeroCount(tasks);

    /// <summary>Whether going from the last task to this one interrupts the last.</summary>
    public bool Preempts(int task, uint enabled) =>
        Last >= 0 && task != Last && (enabled >> Last & 1) != 0 && !Pending[Last]!.GivesWay;

    public void SpinOnce(bool lastResort) => Step(new Operation
    {
        Intent = () => "spin",
        Obstacle = () => "spins until another task changes something",
        Spins = true,
        GivesWay = true,
        Implicit = lastResort,
        Enabled = task => lastResort && Over || _changes - _changesBy[task] > _seenBySpinner[task],
        Effect = task => _seenBySpinner[task] = _changes - _changesBy[task],
    });

    /// <summary>Every builder starts unlooked at, once its tasks may step.</summary>
    protected void Open() => Looking = false;

    /// <summary>A task that only reads and reads is waiting: others go first, as if it had said so.</summary>
    protected void NoticeBusyWait(int task, Operation operation)
    {
        _readsInRow[task] = operation.OnlyReads ? _readsInRow[task] + 1 : 0;
        if (_readsInRow[task] == ReadsOfABusyWait)
        {
            _readsInRow[task] = 0;
            SpinOnce(lastResort: true);
        }
    }

    /// <summary>Chooses who goes next; -1 when the run is over.</summary>
    protected int Next()
    {
        if (Over)
        {
            return -1;
        }

        if ((Failure ?? Check(Builder.Invariants, "does not hold")) is { } failure)
        {
            return End(failure);
        }

        uint enabled;
        while ((enabled = Enabled()) == 0)
        {
            if (Finished == (1u << Count) - 1)
            {
                return End(Check(Builder.Postconditions, "does not hold at the end"));
            }

            if (!AwaitOutside())
            {
                return End(Stuck());
            }
        }

        if (Choices.Count >= mostSteps)
        {
            return End(new Failure(Outcome.Livelock, $"after {Quantity.Count(mostSteps, "step")} it had not ended: tasks keep each other busy, or one loops for ever"));
        }

        var next = policy.Choose(this, enabled);
        if (next < 0)
        {
            Abandoned = true;
            return End(null);
        }

        if (next != Last && Last >= 0)
        {
            Switches++;
            Preemptions += Preempts(next, enabled) ? 1 : 0;
        }

        Choices.Add(next);
        Progress++;
        Last = next;
        LastOperation = Pending[next];
        return next;
    }

    /// <summary>Does what the task was about to do.</summary>
    protected void Perform(int task, Operation operation)
    {
        try
        {
            Affect(task, operation);
        }
        finally
        {
            if (recording)
            {
                Records.Add(new StepRecord(task, [(operation.Deed ?? operation.Intent)()], Values(Builder)));
            }
        }
    }

    /// <summary>What a task did without giving way: part of the step it is in.</summary>
    protected void PerformWithin(int task, Operation operation)
    {
        Progress++;
        if (++_within > 100 * mostSteps)
        {
            throw BreakOff(Outcome.Livelock, $"{Builder.TaskName(task)} loops without ever awaiting anything");
        }

        Affect(task, operation);
        if (recording)
        {
            Records[^1] = Records[^1] with { Deeds = [.. Records[^1].Deeds, (operation.Deed ?? operation.Intent)()], Values = Values(Builder) };
        }
    }

    private void Affect(int task, Operation operation)
    {
        operation.Effect(task);
        if (operation.Changed?.Invoke() ?? operation.Writes)
        {
            _changes++;
            _changesBy[task]++;
        }
    }

    protected void Finish(int task, Exception? error)
    {
        Pending[task] = null;
        Finished |= 1u << task;
        if (error is not null && !Over)
        {
            Failure ??= Failure.Threw(Builder.TaskName(task), error);
        }
    }

    protected RunIsOverException BreakOff(Outcome outcome, string reason)
    {
        End(Failure ?? new Failure(outcome, reason));
        return new RunIsOverException();
    }

    private int End(Failure? failure)
    {
        (Failure, Over) = (failure, true);
        return -1;
    }

    private static IReadOnlyList<string> Values(ProgramBuilder builder) => [.. builder.ControlledObjects.Select(controlled => controlled.State)];
}
