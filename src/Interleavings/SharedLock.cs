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
    public void Enter()
    {
        if (Builder.Direct)
        {
            Monitor.Enter(this);
            return;
        }

        Builder.Step(new Operation
        {
            Target = this,
            Access = Access.Write,
            Intent = () => $"enter {Name}",
            Obstacle = () => $"waits for {Name}, which {Builder.TaskName(_owner)} holds",
            Enabled = task => _owner < 0 || _owner == task,
            Effect = task =>
            {
                (_owner, _depth) = (task, _depth + 1);
                return true;
            },
        });
    }

    /// <summary>Enters if no other task is inside, and says whether it did; never waits.</summary>
    public bool TryEnter()
    {
        if (Builder.Direct)
        {
            return Monitor.TryEnter(this);
        }

        var entered = false;
        Builder.Step(new Operation
        {
            Target = this,
            Access = Access.Write,
            Intent = () => $"try to enter {Name}",
            Deed = () => entered ? $"entered {Name}" : $"{Name} was taken",
            Effect = task =>
            {
                entered = _owner < 0 || _owner == task;
                if (entered)
                {
                    (_owner, _depth) = (task, _depth + 1);
                }

                return entered;
            },
        });
        return entered;
    }

    /// <summary>Leaves.</summary>
    /// <exception cref="SynchronizationLockException">The task is not inside.</exception>
    public void Exit()
    {
        if (Builder.Direct)
        {
            Monitor.Exit(this);
            return;
        }

        Builder.Release(new Operation
        {
            Target = this,
            Access = Access.Write,
            Intent = () => $"exit {Name}",
            Effect = task =>
            {
                MustHold(task);
                if (--_depth == 0)
                {
                    _owner = -1;
                }

                return true;
            },
        });
    }

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
        if (Builder.Direct)
        {
            Monitor.Wait(this);
            return;
        }

        var depth = 0;
        Builder.Step(new Operation
        {
            Target = this,
            Access = Access.Write,
            Intent = () => $"wait at {Name}",
            Effect = task =>
            {
                MustHold(task);
                (depth, _depth, _owner) = (_depth, 0, -1);
                _waiting.Add(task);
                return true;
            },
        });
        Builder.Step(new Operation
        {
            Target = this,
            Access = Access.Write,
            Intent = () => $"wake at {Name}",
            Obstacle = () => _owner < 0 ? $"waits for a pulse, at {Name}" : $"waits to come back into {Name}, which {Builder.TaskName(_owner)} holds",
            Enabled = task => _owner < 0 && !_waiting.Contains(task),
            WaitingRoom = this,
            Effect = task =>
            {
                (_owner, _depth) = (task, depth);
                return true;
            },
        });
    }

    /// <summary>Wakes the task that has waited longest, if one waits. As <see cref="Monitor.Pulse"/>.</summary>
    /// <exception cref="SynchronizationLockException">The task is not inside.</exception>
    public void Pulse() => Pulse(all: false);

    /// <summary>Wakes all that wait. As <see cref="Monitor.PulseAll"/>.</summary>
    /// <exception cref="SynchronizationLockException">The task is not inside.</exception>
    public void PulseAll() => Pulse(all: true);

    private void Pulse(bool all)
    {
        if (Builder.Direct)
        {
            if (all)
            {
                Monitor.PulseAll(this);
            }
            else
            {
                Monitor.Pulse(this);
            }

            return;
        }

        var woken = "nobody";
        Builder.Step(new Operation
        {
            Target = this,
            Access = Access.Write,
            Intent = () => $"pulse {Name}",
            Deed = () => $"pulse {Name}: wakes {woken}",
            Effect = task =>
            {
                MustHold(task);
                _pulses++;
                var count = all ? _waiting.Count : Math.Min(1, _waiting.Count);
                if (count > 0)
                {
                    woken = string.Join(" ", _waiting.Take(count).Select(Builder.TaskName));
                    _waiting.RemoveRange(0, count);
                }

                return true;
            },
        });
    }

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
