using System.Collections.Immutable;

namespace ConcurrencyLab.Interleavings;

/// <summary>What one run of an exploration leaves to the next: who is who, which loops wait, and what could not be seen.</summary>
internal sealed class ExplorationNotes
{
    private readonly List<string> _names = [];
    private readonly Dictionary<(int Parent, int Number), int> _started = [];
    private ImmutableList<string> _notSeen = [];

    public ExplorationNotes(int mostSteps, IEnumerable<string> tasks)
    {
        (MostSteps, FreeSteps) = (mostSteps, mostSteps / 2);
        _names.AddRange(tasks);
    }

    /// <summary>Steps after which a run is taken not to end.</summary>
    public int MostSteps { get; set; }

    /// <summary>Steps after which the policy is not asked any more: all tasks take turns.</summary>
    public int FreeSteps { get; set; }

    /// <summary>Names of all tasks that some run had; a task has its number in all of them.</summary>
    public IReadOnlyList<string> Names => _names;

    public WaitingLoops Loops { get; } = new();

    /// <summary>What could not be seen: each forbids to call anything proved.</summary>
    public IReadOnlyList<string> NotSeen => _notSeen;

    /// <summary>Objects that invariants look at, by index; grows.</summary>
    public HashSet<int> Watched { get; } = [];

    /// <summary>Tasks that have taken a step in some run.</summary>
    public ulong Stepped { get; set; }

    /// <summary>Whether two tasks ever touched the same object, one of them changing it.</summary>
    public bool Met { get; set; }

    /// <summary>Most steps that a run took.</summary>
    public int Longest { get; set; }

    /// <summary>Notes it once. From any thread: what escapes the scheduler may run anywhere.</summary>
    public void Note(string notSeen) =>
        ImmutableInterlocked.Update(ref _notSeen, (all, one) => all.Contains(one) ? all : all.Add(one), notSeen);

    /// <summary>The number of the task that a task starts, the so-manieth of its own.</summary>
    /// <exception cref="InvalidOperationException">There are too many.</exception>
    public int Start(int parent, int number, string name)
    {
        if (!_started.TryGetValue((parent, number), out var task))
        {
            task = _names.Count < Execution.MostTasks ? _names.Count : throw new InvalidOperationException(
                $"At most {Execution.MostTasks} tasks, those included that tasks start: schedules of more cannot be explored in a lifetime.");
            for (var more = 2; _names.Contains(name); more++)
            {
                name = $"{name.Split('#')[0]}#{more}";
            }

            _names.Add(name);
            _started[(parent, number)] = task;
        }

        return task;
    }
}
