namespace ConcurrencyLab.Interleavings;

/// <summary>Tasks that tasks start, and what leads from one task to another without being a step.</summary>
internal abstract partial class Execution
{
    private readonly int[] _children = new int[MostTasks];

    /// <summary>From here on what that task does comes after what this one has done so far.</summary>
    /// <param name="At">Steps taken before.</param>
    /// <param name="From">The task that caused it.</param>
    /// <param name="To">The task that goes on, or begins.</param>
    public readonly record struct Cause(int At, int From, int To);

    public List<Cause> Causes { get; } = [];

    /// <summary>The task on whose thread this is called; null on any other thread.</summary>
    public abstract int? Current { get; }

    /// <summary>Starts a task; it runs up to its first step before anybody is chosen to go.</summary>
    /// <returns>Its number, the same in every run.</returns>
    /// <exception cref="InvalidOperationException">There are too many, or no task starts it.</exception>
    public int Spawn(string name, Action body)
    {
        if (Current is not { } parent)
        {
            throw new InvalidOperationException($"{name} is started on a thread that is none of the tasks'.");
        }

        var task = Notes.Start(parent, _children[parent]++, name);
        // Starting a task is something done, if no step.
        Notes.Stepped |= 1UL << parent;
        Existing |= 1UL << task;
        _lastTurn[task] = Choices.Count;
        Caused(task);
        Launch(task, body);
        return task;
    }

    /// <summary>The task that is running now made another able to go on.</summary>
    public void Caused(int task) => Causes.Add(new Cause(Choices.Count, Current!.Value, task));

    /// <summary>Something broke that no step says; the run ends before the next.</summary>
    public void Fail(Exception error) => Failure ??= Failure.Threw("the program", error);

    protected abstract void Launch(int task, Action body);

    /// <summary>A step that comes from elsewhere: it is not ordered with the others, so nothing is proved, and the run is broken.</summary>
    private InvalidOperationException Escaped(Operation operation)
    {
        var error = new InvalidOperationException(
            $"\"{operation.Intent()}\" happens on a thread that is none of the tasks': start no threads and no Task.Run but with program.Start and program.Run, use no ConfigureAwait(false), and await only what tasks complete.");
        Notes.Note(error.Message);
        if (!Over)
        {
            _escaped ??= error;
        }

        return error;
    }

    private volatile Exception? _escaped;
}
