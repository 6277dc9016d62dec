namespace ConcurrencyLab.Interleavings;

/// <summary>
/// How much of every task has happened before something: a vector clock (Fidge 1988, Mattern 1989). The empty one comes
/// before everything.
/// </summary>
internal readonly struct Clock
{
    private readonly int[]? _steps;

    private Clock(int[] steps) => _steps = steps;

    /// <summary>Steps of this task that have happened.</summary>
    public int this[int task] => _steps is { } steps && task < steps.Length ? steps[task] : 0;

    /// <summary>What happened before one or the other.</summary>
    public Clock With(Clock other)
    {
        if (other._steps is not { } more)
        {
            return this;
        }

        if (_steps is null)
        {
            return other;
        }

        var merged = new int[Math.Max(_steps.Length, more.Length)];
        for (var task = 0; task < merged.Length; task++)
        {
            merged[task] = Math.Max(this[task], other[task]);
        }

        return new Clock(merged);
    }

    /// <summary>The same, with so many steps of this task.</summary>
    public Clock At(int task, int steps)
    {
        var copy = new int[Math.Max(_steps?.Length ?? 0, task + 1)];
        _steps?.CopyTo(copy, 0);
        copy[task] = steps;
        return new Clock(copy);
    }
}
