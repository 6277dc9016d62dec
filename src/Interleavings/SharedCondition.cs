namespace ConcurrencyLab.Interleavings;

/// <summary>What tasks inside a <see cref="SharedLock"/> wait for: a lock may have several, each with pulses of its own.</summary>
public sealed class SharedCondition : IWaitingRoom
{
    private readonly SharedLock _lock;
    private readonly string _name;
    private readonly List<int> _waiting = [];

    /// <summary>In a real run: a monitor has one queue, so each who waits looks whether the pulse was for it.</summary>
    private readonly LinkedList<StrongBox> _really = [];
    private int _pulses;

    internal SharedCondition(SharedLock of, string name) => (_lock, _name) = (of, name);

    internal string State => _waiting.Count == 0 ? "" : $", waiting{(_name == _lock.Name ? "" : " for " + _name)}: {string.Join(" ", _waiting.Select(_lock.Builder.TaskName))}";

    bool IWaitingRoom.LostWakeUp(int task) => _pulses > 0 && _waiting.Contains(task);

    /// <summary>Leaves the lock, waits for a pulse, and enters again: two steps.</summary>
    /// <exception cref="SynchronizationLockException">The task is not inside.</exception>
    public void Wait() => Wait(Timeout.InfiniteTimeSpan);

    /// <summary>As <see cref="Wait()"/>, or until the time is over; says whether a pulse came before.</summary>
    /// <param name="timeout">In a schedule of ours its length means nothing: it may be over at any moment.</param>
    /// <exception cref="SynchronizationLockException">The task is not inside.</exception>
    public bool Wait(TimeSpan timeout)
    {
        var (depth, pulsed) = (0, false);
        var forEver = timeout == Timeout.InfiniteTimeSpan;
        _lock.Act(() => pulsed = ReallyWait(timeout), new Operation
        {
            Target = _lock,
            Gate = Gate.Holds,
            Intent = () => $"wait at {_name}",
            Effect = task =>
            {
                depth = _lock.Leave(task);
                _waiting.Add(task);
            },
        });
        _lock.Act(() => { }, new Operation
        {
            Target = _lock,
            Gate = Gate.Passes,
            Intent = () => $"wake at {_name}",
            Deed = () => $"wake at {_name}{(pulsed ? "" : forEver ? ": without a pulse" : ": the time is over")}",
            Obstacle = () => _lock.IsFree ? $"waits for a pulse, at {_name}" : $"waits to come back into {_lock.Name}, which {_lock.Owner} holds",
            Enabled = task => _lock.IsFree && (!forEver || _lock.SpuriousWakeUps > 0 || !_waiting.Contains(task)),
            WaitingRoom = this,
            Effect = task =>
            {
                pulsed = !_waiting.Remove(task);
                _lock.SpuriousWakeUps -= pulsed || !forEver ? 0 : 1;
                _lock.ComeBack(task, depth);
            },
        });
        return pulsed;
    }

    /// <summary>Wakes the task that has waited longest, if one waits.</summary>
    /// <exception cref="SynchronizationLockException">The task is not inside.</exception>
    public void Pulse() => Wake(most: 1);

    /// <summary>Wakes all that wait.</summary>
    /// <exception cref="SynchronizationLockException">The task is not inside.</exception>
    public void PulseAll() => Wake(most: int.MaxValue);

    private void Wake(int most)
    {
        var woken = "nobody";
        _lock.Act(() => ReallyWake(most), new Operation
        {
            Target = _lock,
            Gate = Gate.Holds,
            Intent = () => $"pulse {_name}",
            Deed = () => $"pulse {_name}: wakes {woken}",
            Effect = task =>
            {
                _lock.MustHold(task);
                _pulses++;
                var count = Math.Min(most, _waiting.Count);
                if (count > 0)
                {
                    woken = string.Join(" ", _waiting.Take(count).Select(_lock.Builder.TaskName));
                    _waiting.RemoveRange(0, count);
                }
            },
        });
    }

    private bool ReallyWait(TimeSpan timeout)
    {
        var me = _really.AddLast(new StrongBox());
        var end = timeout == Timeout.InfiniteTimeSpan ? long.MaxValue : Environment.TickCount64 + (long)timeout.TotalMilliseconds;
        try
        {
            while (!me.Value.Woken)
            {
                var left = end == long.MaxValue ? Timeout.Infinite : (int)Math.Clamp(end - Environment.TickCount64, 0, int.MaxValue);
                if (!Monitor.Wait(_lock, left) && !me.Value.Woken)
                {
                    return false;
                }
            }

            return true;
        }
        finally
        {
            if (me.List is not null)
            {
                _really.Remove(me);
            }
        }
    }

    private void ReallyWake(int most)
    {
        Monitor.PulseAll(_lock);
        for (var i = 0; i < most && _really.First is { } first; i++)
        {
            first.Value.Woken = true;
            _really.RemoveFirst();
        }
    }

    private sealed class StrongBox
    {
        public bool Woken { get; set; }
    }
}
