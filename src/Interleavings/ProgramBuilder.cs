using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace ConcurrencyLab.Interleavings;

/// <summary>
/// What the tasks of a <see cref="ConcurrentProgram"/> share, made anew for every schedule. Everything that tasks share must
/// come from here: the scheduler sees nothing else.
/// </summary>
public sealed class ProgramBuilder
{
    private Execution? _execution;

    internal ProgramBuilder(bool real) => Real = real;

    /// <summary>Whether tasks run on real threads without a scheduler of ours.</summary>
    internal bool Real { get; }

    /// <summary>Whether an access is no step: nothing runs yet, nothing is scheduled, or the scheduler itself is looking.</summary>
    internal bool Direct => _execution is not { Looking: false };

    /// <summary>Set when a real run hangs and is ended by force: a task that spins gives up.</summary>
    internal bool GivenUp { get; set; }

    /// <summary>Threads of a real run that are there: they start together.</summary>
    internal int Arrived;

    /// <summary>Tasks of a real run that threw.</summary>
    internal int Threw;

    internal List<ControlledObject> ControlledObjects { get; } = [];

    internal List<(string Name, Func<Task?> Body, bool Asynchronous)> Tasks { get; } = [];

    internal List<(string Text, Func<bool> Holds)> Invariants { get; } = [];

    internal List<(string Text, Func<bool> Holds)> Postconditions { get; } = [];

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
    public void Invariant(string text, Func<bool> holds) => Invariants.Add((text, holds ?? throw new ArgumentNullException(nameof(holds))));

    /// <summary>What must hold when all tasks are done.</summary>
    public void Postcondition(string text, Func<bool> holds) => Postconditions.Add((text, holds ?? throw new ArgumentNullException(nameof(holds))));

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
    [SuppressMessage("Performance", "CA1822", Justification = "Written program.Yield(), as program.SpinOnce() is.")]
    public YieldAwaitable Yield() => System.Threading.Tasks.Task.Yield();

    internal string TaskName(int task) => task < 0 ? "nobody" : Tasks[task].Name;

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

        controlled.Index = ControlledObjects.Count;
        ControlledObjects.Add(controlled);
        return controlled;
    }

    private void AddTask(string name, Func<Task?> body, bool asynchronous)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Any(c => char.IsWhiteSpace(c) || c == '*') || Tasks.Any(task => task.Name == name))
        {
            throw new ArgumentException($"A task needs a short name of its own without spaces or '*', but this one is called \"{name}\".");
        }

        if (Tasks.Count == Execution.MostTasks)
        {
            throw new ArgumentException($"At most {Execution.MostTasks} tasks: schedules of more cannot be explored in a lifetime.");
        }

        Tasks.Add((name, body, asynchronous));
    }
}
