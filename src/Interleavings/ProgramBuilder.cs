namespace ConcurrencyLab.Interleavings;

/// <summary>
/// What the tasks of a <see cref="ConcurrentProgram"/> share, made anew for every schedule. Everything that tasks share must
/// come from here: the scheduler sees nothing else.
/// </summary>
public sealed partial class ProgramBuilder
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

    /// <summary>The tasks' own code, as it was given.</summary>
    internal List<Delegate> Codes { get; } = [];

    internal List<(string Text, Func<bool> Holds)> Invariants { get; } = [];

    internal List<(string Text, Func<bool> Holds)> Postconditions { get; } = [];

    /// <summary>A shared variable.</summary>
    public Shared<T> Shared<T>(string name, T value) => Keep(new Shared<T>(this, Named(name), value));

    /// <summary>A lock, free.</summary>
    /// <param name="name">Its name in pictures.</param>
    /// <param name="spuriousWakeUps">How often, in all, a task that waits in it may come back without a pulse, as systems allow it.</param>
    public SharedLock Lock(string name, int spuriousWakeUps = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(spuriousWakeUps);
        return Keep(new SharedLock(this, Named(name), spuriousWakeUps));
    }

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

    /// <summary>A channel.</summary>
    /// <param name="name">Its name in pictures.</param>
    /// <param name="capacity">Items that find room in it, 1 or more; without a bound when left out.</param>
    public SharedChannel<T> Channel<T>(string name, int capacity = int.MaxValue)
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
        }, body, asynchronous: false);
    }

    /// <summary>An asynchronous task: between two awaits of it others may run.</summary>
    /// <inheritdoc cref="Task(string, Action)"/>
    public void Task(string name, Func<Task> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        AddTask(name, body, body, asynchronous: true);
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
            _execution!.SpinOnce();
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

    internal string TaskName(int task) => task < 0 ? "nobody" : _execution?.Notes.Names[task] ?? Tasks[task].Name;

    internal void Attach(Execution execution) => _execution = execution;

    /// <summary>
    /// The one way to every controlled object. With a scheduler the operation goes when it cannot wait; in a real run its effect
    /// is the real thing, which waits by itself.
    /// </summary>
    internal void Step(Operation operation)
    {
        if (!Direct)
        {
            operation.Line ??= Twins.Strand.Current?.Line;
            _execution!.Step(operation);
            return;
        }

        if (!Real && !operation.CanGo(-1))
        {
            throw new InvalidOperationException($"\"{operation.Intent()}\" would wait for ever here: it {operation.Waiting()}. Only tasks may wait.");
        }

        if (operation.Target is { } target)
        {
            Watch(target);
        }

        operation.Effect(-1);
    }

    /// <summary>A check looks at it.</summary>
    internal void Watch(ControlledObject controlled) => _execution?.Watch(controlled);

    /// <summary>Says what cannot be seen in this program: nothing is called proved then.</summary>
    /// <param name="what">The rest of a sentence that begins with "not seen:".</param>
    internal void NotSeen(string what)
    {
        Unseen.Add(what);
        _execution?.Notes.Note(what);
    }

    /// <summary>Says better what the last step did, when that is known.</summary>
    internal void Amend(string deed) => _execution?.Amend(deed);

    /// <summary>Starts a task inside a task.</summary>
    internal void Spawn(string name, Action body) => _execution!.Spawn(name, body);

    /// <summary>Something broke that no step says; the run ends before the next.</summary>
    internal void Fail(Exception error) => _execution?.Fail(error);

    /// <summary>What was said not to be seen while it was built.</summary>
    internal List<string> Unseen { get; } = [];

    /// <summary>All variables that tasks share are steps, those captured too: compiled so.</summary>
    internal bool SeesPlainVariables { get; set; }

    /// <summary>The scheduler's choice for the step that is being taken.</summary>
    internal int Option => _execution?.Option ?? 0;

    private static bool IsTaskName(string name) => !string.IsNullOrWhiteSpace(name) && !name.Any(c => char.IsWhiteSpace(c) || c is '*' or ':');

    private static string Named(string name) => string.IsNullOrWhiteSpace(name) ? throw new ArgumentException("Give everything that is shared a name: pictures show it.") : name.Trim();

    /// <summary>Makes something known that tasks share.</summary>
    internal T Keep<T>(T controlled)
        where T : ControlledObject
    {
        controlled.Index = ControlledObjects.Count;
        controlled.History = controlled.StateHash ?? controlled.Index;
        ControlledObjects.Add(controlled);
        return controlled;
    }

    private void AddTask(string name, Func<Task?> body, Delegate code, bool asynchronous)
    {
        if (!IsTaskName(name) || Tasks.Any(task => task.Name == name))
        {
            throw new ArgumentException($"A task needs a short name of its own without spaces, '*' or ':', but this one is called \"{name}\".");
        }

        if (_execution is not null)
        {
            throw new InvalidOperationException($"{name} is added inside a task: there, start it with program.Start or program.Run.");
        }

        if (Tasks.Count == Execution.MostTasks)
        {
            throw new ArgumentException($"At most {Execution.MostTasks} tasks: schedules of more cannot be explored in a lifetime.");
        }

        Tasks.Add((name, body, asynchronous));
        Codes.Add(code);
    }
}
