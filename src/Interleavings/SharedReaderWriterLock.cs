using System.Diagnostics.CodeAnalysis;

namespace ConcurrencyLab.Interleavings;

/// <summary>A lock that lets in many readers or one writer, with the members of <see cref="ReaderWriterLockSlim"/>; not entered twice.</summary>
[SuppressMessage("Design", "CA1001", Justification = "Made anew for every run: the garbage collector takes it.")]
public sealed class SharedReaderWriterLock : ControlledObject
{
    private readonly ReaderWriterLockSlim? _really;
    private readonly List<int> _readers = [];
    private int _writer = -1;

    internal SharedReaderWriterLock(ProgramBuilder builder, string name)
        : base(builder, name) => _really = builder.Real ? new ReaderWriterLockSlim() : null;

    internal override string State => _writer >= 0 ? $"{Builder.TaskName(_writer)} writes"
        : _readers.Count > 0 ? $"{string.Join(" ", _readers.Select(Builder.TaskName))} read" : "free";

    /// <summary>Enters to read, when nobody writes.</summary>
    /// <exception cref="LockRecursionException">The task is inside already.</exception>
    public void EnterReadLock() => Enter(() => _really!.EnterReadLock(), "read", _ => _writer < 0, _readers.Add);

    /// <summary>Enters to write, when nobody is inside.</summary>
    /// <exception cref="LockRecursionException">The task is inside already.</exception>
    public void EnterWriteLock() => Enter(() => _really!.EnterWriteLock(), "write", _ => _writer < 0 && _readers.Count == 0, task => _writer = task);

    /// <summary>Leaves after reading.</summary>
    /// <exception cref="SynchronizationLockException">The task does not read.</exception>
    public void ExitReadLock() => Exit(() => _really!.ExitReadLock(), "reading", _readers.Remove);

    /// <summary>Leaves after writing.</summary>
    /// <exception cref="SynchronizationLockException">The task does not write.</exception>
    public void ExitWriteLock() => Exit(() => _really!.ExitWriteLock(), "writing", task =>
    {
        var mine = _writer == task;
        _writer = mine ? -1 : _writer;
        return mine;
    });

    private void Enter(Action real, string toDo, Func<int, bool> canEnter, Action<int> take) => Do(real, new Operation
    {
        Target = this,
        Intent = () => $"enter {Name} to {toDo}",
        Obstacle = () => $"waits for {Name}, where {State}",
        Enabled = task => IsInside(task) || canEnter(task),
        Effect = task =>
        {
            if (IsInside(task))
            {
                throw new LockRecursionException($"{Builder.TaskName(task)} is inside {Name} already.");
            }

            take(task);
        },
    });

    private void Exit(Action real, string done, Func<int, bool> leave) => Do(real, new Operation
    {
        Target = this,
        Intent = () => $"leave {Name} after {done}",
        GivesBack = true,
        Effect = task =>
        {
            if (!leave(task))
            {
                throw new SynchronizationLockException($"{Builder.TaskName(task)} is not {done} in {Name}.");
            }
        },
    });

    private bool IsInside(int task) => _writer == task || _readers.Contains(task);
}
