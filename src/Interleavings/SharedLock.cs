namespace ConcurrencyLab.Interleavings;

/// <summary>
/// A lock with the members of <see cref="Lock"/> and of <see cref="Monitor"/>: a task that enters what another holds waits;
/// the one who holds it may enter again. Those who wait for a pulse are woken in the order in which they came.
/// </summary>
public sealed class SharedLock : ControlledObject
{
    private readonly List<SharedCondition> _conditions = [];
    private readonly SharedCondition _own;
    private int _owner = -1;
    private int _depth;

    internal SharedLock(ProgramBuilder builder, string name, int spuriousWakeUps)
        : base(builder, name)
    {
        SpuriousWakeUps = spuriousWakeUps;
        _own = Condition(name);
    }

    internal override string State => (_owner < 0 ? "free" : Builder.TaskName(_owner)) + string.Concat(_conditions.Select(condition => condition.State));

    /// <summary>How often a task may still come back without a pulse.</summary>
    internal int SpuriousWakeUps { get; set; }

    /// <summary>Enters when no other task is inside.</summary>
    public void Enter() => Do(() => Monitor.Enter(this), new Operation
    {
        Target = this,
        Gate = Gate.Passes,
        Intent = () => $"enter {Name}",
        Obstacle = () => $"waits for {Name}, which {Builder.TaskName(_owner)} holds",
        Enabled = IsFreeFor,
        Effect = Take,
    });

    /// <summary>Enters if no other task is inside, and says whether it did; never waits.</summary>
    public bool TryEnter() => TryEnter(TimeSpan.Zero);

    /// <summary>Enters if that is possible within this time, and says whether it did.</summary>
    /// <param name="timeout">In a schedule of ours its length means nothing: it may be over at any moment.</param>
    public bool TryEnter(TimeSpan timeout) => Try(() => Monitor.TryEnter(this, timeout), () => $"try to enter {Name}", timeout, IsFreeFor, Take);

    /// <summary>Leaves.</summary>
    /// <exception cref="SynchronizationLockException">The task is not inside.</exception>
    public void Exit() => Do(() => Monitor.Exit(this), new Operation
    {
        Target = this,
        Gate = Gate.Holds,
        Intent = () => $"exit {Name}",
        GivesBack = true,
        Effect = task =>
        {
            MustHold(task);
            if (--_depth == 0)
            {
                _owner = -1;
            }
        },
    });

    /// <summary>Enters, and leaves at the end of the <c>using</c>; as <see cref="Lock.EnterScope"/>.</summary>
    public Scope EnterScope()
    {
        Enter();
        return new Scope(this);
    }

    /// <summary>A condition of its own to wait for inside this lock, with pulses of its own.</summary>
    public SharedCondition Condition(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        var condition = new SharedCondition(this, name);
        _conditions.Add(condition);
        return condition;
    }

    /// <summary>Leaves, waits for a pulse, and enters again: two steps. As <see cref="Monitor.Wait(object)"/>.</summary>
    /// <exception cref="SynchronizationLockException">The task is not inside.</exception>
    public void Wait() => _own.Wait();

    /// <summary>As <see cref="Wait()"/>, or until the time is over; says whether a pulse came before.</summary>
    /// <param name="timeout">In a schedule of ours its length means nothing: it may be over at any moment.</param>
    /// <exception cref="SynchronizationLockException">The task is not inside.</exception>
    public bool Wait(TimeSpan timeout) => _own.Wait(timeout);

    /// <summary>Wakes the task that has waited longest, if one waits. As <see cref="Monitor.Pulse"/>.</summary>
    /// <exception cref="SynchronizationLockException">The task is not inside.</exception>
    public void Pulse() => _own.Pulse();

    /// <summary>Wakes all that wait. As <see cref="Monitor.PulseAll"/>.</summary>
    /// <exception cref="SynchronizationLockException">The task is not inside.</exception>
    public void PulseAll() => _own.PulseAll();

    /// <summary>A monitor does not say who is inside, and tasks of an event loop share a thread: only real runs use one.</summary>
    internal void Act(Action real, Operation step) => Do(real, step);

    /// <summary>Whether nobody is inside.</summary>
    internal bool IsFree => _owner < 0;

    internal string Owner => Builder.TaskName(_owner);

    /// <summary>Leaves however often the task has entered; gives back how often that was.</summary>
    internal int Leave(int task)
    {
        MustHold(task);
        var depth = _depth;
        (_depth, _owner) = (0, -1);
        return depth;
    }

    internal void ComeBack(int task, int depth) => (_owner, _depth) = (task, depth);

    internal void MustHold(int task)
    {
        if (_owner != task)
        {
            throw new SynchronizationLockException($"{Builder.TaskName(task)} is not inside {Name}.");
        }
    }

    private bool IsFreeFor(int task) => _owner < 0 || _owner == task;

    private void Take(int task) => (_owner, _depth) = (task, _owner == task ? _depth + 1 : 1);

    /// <summary>Leaves the lock when disposed of.</summary>
    public readonly record struct Scope : IDisposable
    {
        private readonly SharedLock _lock;

        internal Scope(SharedLock entered) => _lock = entered;

        /// <summary>Leaves.</summary>
        public void Dispose() => _lock.Exit();
    }
}
