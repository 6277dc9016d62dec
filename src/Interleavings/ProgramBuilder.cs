using System.Runtime.CompilerServices;

namespace ConcurrencyLab.Interleavings;

/// <summary>
/// What the tasks of a <see cref="ConcurrentProgram"/> share, made anew for every schedule. Everything that tasks share must
/// come from here: the scheduler sees nothing else.
/// </summary>
public sealed class ProgramBuilder
{
    private readonly List<ControlledObject> _controlledObjects = [];
    private readonly List<(string Name, Func<Task?> Body, bool Asynchronous)> _tasks = [];
    private readonly List<(string Text, Func<bool> Holds)> _invariants = [];
    private readonly List<(string Text, Func<bool> Holds)> _postconditions = [];
    private Execution? _execution;

    internal ProgramBuilder(bool real) => Real = real;

    /// <summary>Whether tasks run on real threads without a scheduler of ours.</summary>
    internal bool Real { get; }

    /// <summary>Whether an access is no step: nothing runs yet, nothing is scheduled, or the scheduler itself is looking.</summary>
    internal bool Direct => _execution is not { Looking: false };

    /// <summary>Set when a real run hangs: a task that spins gives up.</summary>
    internal bool GivenUp { get; set; }

    internal IReadOnlyList<ControlledObject> ControlledObjects => _controlledObjects;

    internal IReadOnlyList<(string Name, Func<Task?> Body, bool Asynchronous)> Tasks => _tasks;

    internal IReadOnlyList<(string Text, Func<bool> Holds)> Invariants => _invariants;

    internal IReadOnlyList<(string Text, Func<bool> Holds)> Postconditions => _postconditions;

    /// <summary>A shared variable.</summary>
    public Shared<T> Shared<T>(string name, T value) => Keep(new Shared<T>(this, Named(name), value));

    /// <summary>A lock, free.</summary>
    public SharedLock Lock(string name) => Keep(new SharedLock(this, Named(name)));

    /// <summary>A semaphore.</summary>
    /// <param name="name">Its name in pictures.</param>
    /// <param name="permits">Permits at the start, 0 or more.</param>
    /// <param name="most">Permits there may ever be.</param>
    public SharedSemaphore Semaphore(string name, int permits, int most = int.MaxValue)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(permits);
        ArgumentOutOfRangeException.ThrowIfLessThan(most, Math.Max(permits, 1));
        return Keep(new SharedSemaphore(this, Named(name), permits, most));
    }

    /// <summary>A channel of bounded capacity.</summary>
    public SharedChannel<T> Channel<T>(string name, int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        return Keep(new SharedChannel<T>(this, Named(name), capacity));
    }

    /// <summary>A task: ordinary C#. Everything it shares with others goes through a controlled object.</summary>
    /// <param name="name">A short word without spaces; schedules are written with it.</param>
    /// <param name="body">What it does.</param>
    public void Task(string name, Action body)
    {
        ArgumentNullException.ThrowIfNull(body);
        AddTask(name, () =>
        {
            body();
            return null;
        }, asynchronous: false);
    }

    /// <summary>An asynchronous task: between two awaits of it others may run.</summary>
    /// <inheritdoc cref="Task(string, Action)"/>
    public void Task(string name, Func<Task> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        AddTask(name, body, asynchronous: true);
    }

    /// <summary>What must hold after every step; it looks at controlled objects without taking a step.</summary>
    public void Invariant(string text, Func<bool> holds) => _invariants.Add((text, holds ?? throw new ArgumentNullException(nameof(holds))));

    /// <summary>What must hold when all tasks are done.</summary>
    public void Postcondition(string text, Func<bool> holds) => _postconditions.Add((text, holds ?? throw new ArgumentNullException(nameof(holds))));

    /// <summary>
    /// Belongs into every loop that waits for something to change: others go first, and the task comes back when one of them
    /// has changed something. As <see cref="SpinWait.SpinOnce()"/>.
    /// </summary>
    public void SpinOnce()
    {
        if (!Direct)
        {
            _execution!.SpinOnce(lastResort: false);
        }
        else if (GivenUp)
        {
            throw new OperationCanceledException("It spun for too long.");
        }
        else if (Real)
        {
            Thread.Yield();
        }
    }

    /// <summary>A place where an asynchronous task gives way to others. As <see cref="System.Threading.Tasks.Task.Yield"/>.</summary>
    public YieldAwaitable Yield() => System.Threading.Tasks.Task.Yield();

    internal string TaskName(int task) => task < 0 ? "nobody" : _tasks[task].Name;

    internal void Start(Execution execution) => _execution = execution;

    /// <summary>
    /// The one way to every controlled object. With a scheduler the operation goes when it cannot wait; in a real run its effect
    /// is the real thing, which waits by itself.
    /// </summary>
    internal void Step(Operation operation)
    {
        if (!Direct)
        {
            _execution!.Step(operation);
            return;
        }

        if (!Real && !operation.CanGo(-1))
        {
            throw new InvalidOperationException($"\"{operation.Intent()}\" would wait for ever here: it {operation.Waiting()}. Only tasks may wait.");
        }

        operation.Effect(-1);
    }

    private static string Named(string name) => string.IsNullOrWhiteSpace(name) ? throw new ArgumentException("Give everything that is shared a name: pictures show it.") : name.Trim();

    private T Keep<T>(T controlled)
        where T : ControlledObject
    {
        if (_execution is not null)
        {
            throw new InvalidOperationException($"{controlled.Name} is made inside a task. Make everything that is shared before the tasks.");
        }

        controlled.Index = _controlledObjects.Count;
        _controlledObjects.Add(controlled);
        return controlled;
    }

    private void AddTask(string name, Func<Task?> body, bool asynchronous)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Any(c => char.IsWhiteSpace(c) || c == '*') || _tasks.Any(task => task.Name == name))
        {
            throw new ArgumentException($"A task needs a short name of its own without spaces or '*', but this one is called \"{name}\".");
        }

        if (_tasks.Count == Execution.MostTasks)
        {
            throw new ArgumentException($"At most {Execution.MostTasks} tasks: schedules of more cannot be explored in a lifetime.");
        }

        _tasks.Add((name, body, asynchronous));
    }
}
