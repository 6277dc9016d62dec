using System.Numerics;

namespace ConcurrencyLab.Interleavings;

/// <summary>
/// One run of a builder under a scheduler: knows what each task is about to do, asks the policy who goes, and notices when it
/// breaks. One task runs at a time, so nothing here needs a lock.
/// </summary>
internal abstract partial class Execution(ProgramBuilder builder, IPolicy policy, ExplorationNotes notes, bool recording)
{
    public const int MostTasks = 64;

    private readonly int[] _lastTurn = new int[MostTasks];
    private int _within;
    private volatile int _progress;

    public ProgramBuilder Builder { get; } = builder;

    public ExplorationNotes Notes { get; } = notes;

    /// <summary>Numbers of tasks are below this.</summary>
    public int Count => Notes.Names.Count;

    /// <summary>What each task is about to do; null for those that are not there, have ended or wait outside.</summary>
    public Operation?[] Pending { get; } = new Operation?[MostTasks];

    /// <summary>Tasks of this run; others of the same program start only in other orders.</summary>
    public ulong Existing { get; private set; } = Mask(builder.Tasks.Count);

    public ulong Finished { get; private set; }

    /// <summary>The task that took the last step; -1 before the first.</summary>
    public int Last { get; private set; } = -1;

    /// <summary>What the last step was.</summary>
    public Operation? LastOperation { get; private set; }

    /// <summary>In which of its possible ways the step that is being taken ends.</summary>
    public int Option { get; private set; }

    /// <summary>How often a task was interrupted that could have gone on.</summary>
    public int Preemptions { get; private set; }

    /// <summary>How often another task went on.</summary>
    public int Switches { get; private set; }

    public List<Choice> Choices { get; } = [];

    public List<StepRecord> Records { get; } = [];

    /// <summary>What was shared before the first step, as it is recorded.</summary>
    public IReadOnlyList<string> Initial { get; } = recording ? Values(builder) : [];

    /// <summary>Why it broke; null while it did not.</summary>
    public Failure? Failure { get; private set; }

    /// <summary>No more steps: what still runs is being unwound.</summary>
    public bool Over { get; private set; }

    /// <summary>Ended by the policy, neither finished nor broken.</summary>
    public bool Abandoned { get; private set; }

    /// <summary>The end was reached in turns, without asking the policy: other orders of a run as long were not tried.</summary>
    public bool Cut { get; private set; }

    /// <summary>It was ended because it had not ended by itself.</summary>
    public bool Endless { get; private set; }

    /// <summary>The scheduler looks at controlled objects.</summary>
    public bool Looking { get; private set; } = true;

    /// <summary>Grows with everything that happens; a watchdog looks at it from another thread.</summary>
    public int Progress { get => _progress; private set => _progress = value; }

    /// <summary>Runs it to its end on threads that are there already.</summary>
    /// <exception cref="UncontrolledConcurrencyException">A task did not come back.</exception>
    public abstract void Run(TaskThreads threads);

    /// <summary>Does what a task is about to do when its turn comes.</summary>
    /// <exception cref="RunIsOverException">It will not come.</exception>
    /// <exception cref="InvalidOperationException">It is the step of no task.</exception>
    public void Step(Operation operation)
    {
        if (Current is not { } task)
        {
            throw Escaped(operation);
        }

        if (!Over)
        {
            Take(task, operation);
        }
        else if (!operation.GivesBack)
        {
            throw new RunIsOverException();
        }
    }

    protected abstract void Take(int task, Operation operation);

    /// <summary>Waits for what comes from outside (a real timer, say) when no task can go; false when nothing can come.</summary>
    /// <exception cref="UncontrolledConcurrencyException">Nothing came in time.</exception>
    protected virtual bool AwaitOutside() => false;

    /// <summary>Going on comes first: the fewest switches make the simplest schedules. One that spins lets others go.</summary>
    public int PreferredOf(ulong tasks)
    {
        if (Last >= 0 && (tasks >> Last & 1) != 0)
        {
            var others = tasks & ~(1UL << Last);
            return others == 0 || !Pending[Last]!.Spins ? Last : BitOperations.TrailingZeroCount(others >> Last != 0 ? others >> Last << Last : others);
        }

        return BitOperations.TrailingZeroCount(tasks);
    }

    /// <summary>Whether going from the last task to this one interrupts the last.</summary>
    public bool Preempts(int task, ulong enabled) =>
        Last >= 0 && task != Last && (enabled >> Last & 1) != 0 && !Pending[Last]!.GivesWay;

    /// <summary>In how many ways the next step of this task can end.</summary>
    public int OptionsOf(int task) => Pending[task]!.Options?.Invoke(task) ?? 1;

    public void SpinOnce() => Step(new Operation
    {
        Intent = () => "spin",
        Obstacle = () => "spins until another task changes something",
        Spins = true,
        GivesWay = true,
        Effect = _ => { },
    });

    /// <summary>Every builder starts unlooked at, once its tasks may step.</summary>
    protected void Open() => Looking = false;

    /// <summary>Chooses who goes next; -1 when the run is over.</summary>
    protected int Next()
    {
        if (Over)
        {
            return -1;
        }

        if (_escaped is not null)
        {
            Fail(_escaped);
        }

        if ((Failure ?? Check(Builder.Invariants, "does not hold")) is { } failure)
        {
            return End(failure);
        }

        ulong enabled;
        while ((enabled = Enabled()) == 0)
        {
            if (AllEnded)
            {
                return End(Failure ?? Check(Builder.Postconditions, "does not hold at the end"));
            }

            if (!AwaitOutside())
            {
                return End(Failure ?? Stuck());
            }
        }

        if (Choices.Count >= Notes.MostSteps)
        {
            Endless = true;
            return End(new Failure(Outcome.Livelock, $"after {Quantity.Count(Notes.MostSteps, "step")} it had not ended: tasks keep each other busy, or one loops for ever"));
        }

        if ((InTurns(enabled) ?? policy.Choose(this, enabled)) is not { } choice)
        {
            Abandoned = true;
            return End(null);
        }

        var next = choice.Task;
        if (next != Last && Last >= 0)
        {
            Switches++;
            Preemptions += Preempts(next, enabled) ? 1 : 0;
        }

        Option = choice.Option;
        Choices.Add(choice);
        _lastTurn[next] = Choices.Count;
        Progress++;
        Last = next;
        LastOperation = Pending[next];
        return next;
    }

    /// <summary>Does what the task was about to do.</summary>
    protected void Perform(int task, Operation operation)
    {
        Notes.Stepped |= 1UL << task;
        try
        {
            Affect(task, operation);
        }
        finally
        {
            if (recording)
            {
                Records.Add(new StepRecord(task, [(operation.Deed ?? operation.Intent)()], Values(Builder), operation.Line));
            }
        }
    }

    /// <summary>What a task did without giving way: part of the step it is in.</summary>
    protected void PerformWithin(int task, Operation operation)
    {
        Progress++;
        if (++_within > 100 * Notes.MostSteps)
        {
            throw BreakOff(Outcome.Livelock, $"{Builder.TaskName(task)} loops without ever awaiting anything");
        }

        Option = 0;
        Affect(task, operation);
        if (recording)
        {
            Records[^1] = Records[^1] with { Deeds = [.. Records[^1].Deeds, (operation.Deed ?? operation.Intent)()], Values = Values(Builder) };
        }
    }

    protected void Finish(int task, Exception? error)
    {
        Pending[task] = null;
        Finished |= 1UL << task;
        if (error is not null && !Over)
        {
            Failure ??= Failure.Threw(Builder.TaskName(task), error);
        }
    }

    /// <summary>One that had ended goes on all the same: it left something behind that it did not await.</summary>
    protected void Reopen(int task) => Finished &= ~(1UL << task);

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

    private static ulong Mask(int count) => count >= 64 ? ulong.MaxValue : (1UL << count) - 1;

    private static IReadOnlyList<string> Values(ProgramBuilder builder) => [.. builder.ControlledObjects.Select(controlled => controlled.State)];
}
