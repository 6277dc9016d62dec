namespace ConcurrencyLab.Interleavings;

/// <summary>
/// A lock with the members of <see cref="Lock"/> and of <see cref="Monitor"/>: a task that enters what another holds waits;
/// the one who holds it may enter again. Those who wait for a pulse are woken in the order in which they came.
/// </summary>
public sealed class SharedLock : ControlledObject
{
    private readonly List<int> _waiting = [];
    private int _owner = -1;
    private int _depth;
    private int _pulses;

    internal SharedLock(ProgramBuilder builder, string name)
        : base(builder, name)
    {
    }

    internal override string State => (_owner < 0 ? "free" : Builder.TaskName(_owner))
        + (_waiting.Count == 0 ? "" : $", waiting: {string.Join(" ", _waiting.Select(Builder.TaskName))}");

    /// <summary>A task that waits for a pulse although there were some: they came too early or woke another.</summary>
    internal bool LostWakeUp(int task) => _pulses > 0 && _waiting.Contains(task);

    /// <summary>Enters when no other task is inside.</summary>
    public void Enter() => Do(() => Monitor.Enter(this), new Operation
    {
        Target = this,
        Intent = () => $"enter {Name}",
        Obstacle = () => $"waits for {Name}, which {Builder.TaskName(_owner)} holds",
        Enabled = IsFreeFor,
        Effect = Take,
    });

    /// <summary>Enters if no other task is inside, and says whether it did; never waits.</summary>
    public bool TryEnter()
    {
        var entered = false;
        Do(() => entered = Monitor.TryEnter(this), new Operation
        {
            Target = this,
            Intent = () => $"try to enter {Name}",
            Deed = () => entered ? $"entered {Name}" : $"{Name} was taken",
            Changed = () => entered,
            Effect = task =>
            {
                entered = IsFreeFor(task);
                if (entered)
                {
                    Take(task);
                }
            },
        });
        return entered;
    }

    /// <summary>Leaves.</summary>
    /// <exception cref="SynchronizationLockException">The task is not inside.</exception>
    public void Exit() => Do(() => Monitor.Exit(this), new Operation
    {
        Target = this,
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

    /// <summary>Leaves, waits for a pulse, and enters again: two steps. As <see cref="Monitor.Wait(object)"/>.</summary>
    /// <exception cref="SynchronizationLockException">The task is not inside.</exception>
    public void Wait()
    {
        var depth = 0;
        Do(() => Monitor.Wait(this), new Operation
        {
            Target = this,
            Intent = () => $"wait at {Name}",
            Effect = task =>
            {
                MustHold(task);
                (depth, _depth, _owner) = (_depth, 0, -1);
                _waiting.Add(task);
            },
        });
        Do(() => { }, new Operation
        {
            Target = this,
            Intent = () => $"wake at {Name}",
            Obstacle = () => _owner < 0 ? $"waits for a pulse, at {Name}" : $"waits to come back into {Name}, which {Builder.TaskName(_owner)} holds",
            Enabled = task => _owner < 0 && !_waiting.Contains(task),
            WaitingRoom = this,
            Effect = task => (_owner, _depth) = (task, depth),
        });
    }

    /// <summary>Wakes the task that has waited longest, if one waits. As <see cref="Monitor.Pulse"/>.</summary>
    /// <exception cref="SynchronizationLockException">The task is not inside.</exception>
    public void Pulse() => Wake(() => Monitor.Pulse(this), most: 1);

    /// <summary>Wakes all that wait. As <see cref="Monitor.PulseAll"/>.</summary>
    /// <exception cref="SynchronizationLockException">The task is not inside.</exception>
    public void PulseAll() => Wake(() => Monitor.PulseAll(this), most: int.MaxValue);

    private void Wake(Action real, int most)
    {
        var woken = "nobody";
        Do(real, new Operation
        {
            Target = this,
            Intent = () => $"pulse {Name}",
            Deed = () => $"pulse {Name}: wakes {woken}",
            Effect = task =>
            {
                MustHold(task);
                _pulses++;
                var count = Math.Min(most, _waiting.Count);
                if (count > 0)
                {
                    woken = string.Join(" ", _waiting.Take(count).Select(Builder.TaskName));
                    _waiting.RemoveRange(0, count);
                }
            },
        });
    }

    /// <summary>A monitor does not say who is inside, and tasks of an event loop share a thread: only real runs use one.</summary>
    private void Do(Action real, Operation step)
    {
        if (Builder.Real)
        {
            real();
        }
        else
        {
            Builder.Step(step);
        }
    }

    private bool IsFreeFor(int task) => _owner < 0 || _owner == task;

    private void Take(int task) => (_owner, _depth) = (task, _owner == task ? _depth + 1 : 1);

    private void MustHold(int task)
    {
        if (_owner != task)
        {
            throw new SynchronizationLockException($"{Builder.TaskName(task)} is not inside {Name}.");
        }
    }

    /// <summary>Leaves the lock when disposed of.</summary>
    public readonly record struct Scope : IDisposable
    {
        private readonly SharedLock _lock;

        internal Scope(SharedLock entered) => _lock = entered;

        /// <summary>Leaves.</summary>
        public void Dispose() => _lock.Exit();
    }
}
