using System.Numerics;
using ConcurrencyLab.Common;

namespace ConcurrencyLab.Interleavings;

/// <summary>Who goes next, and in which of the ways that are possible.</summary>
internal readonly record struct Choice(int Task, int Option = 0);

/// <summary>Who goes next, asked before every step.</summary>
internal interface IPolicy
{
    /// <summary>A run begins: the next, or the same once more because it was used to try something.</summary>
    void Begin(bool again);

    /// <summary>The task to go next, one of those in the mask; null to end the run here.</summary>
    Choice? Choose(Execution execution, ulong enabled);
}

/// <summary>A policy that goes through many schedules, one run each.</summary>
internal interface ISearch : IPolicy
{
    /// <summary>Whether a bound left anything out.</summary>
    bool CutByBound { get; }

    /// <summary>Whether a run that followed the same choices offered other ones than before.</summary>
    bool Diverged { get; }

    /// <summary>After a run: whether there is another to make.</summary>
    bool Advance(Execution execution);
}

/// <summary>Each step's task drawn by lot, all that can go with the same chance.</summary>
internal sealed class RandomWalk(int seed) : IPolicy
{
    private SplitMix64 _dice;
    private int _run = -1;

    public void Begin(bool again) => _dice = new SplitMix64(seed, again ? _run : ++_run);

    public Choice? Choose(Execution execution, ulong enabled)
    {
        for (var skip = _dice.Next(BitOperations.PopCount(enabled)); skip > 0; skip--)
        {
            enabled &= enabled - 1;
        }

        var task = BitOperations.TrailingZeroCount(enabled);
        var options = execution.OptionsOf(task);
        return new Choice(task, options == 1 ? 0 : _dice.Next(options));
    }
}

/// <summary>The order that was given, by the tasks' names; ends where it ends, or where it is not possible.</summary>
internal sealed class Follow(IReadOnlyList<(string Name, int Option)> order) : IPolicy
{
    private int _next;

    /// <summary>The task that was to go and could not; null when there is none.</summary>
    public string? Impossible { get; private set; }

    public void Begin(bool again) => (_next, Impossible) = (0, null);

    public Choice? Choose(Execution execution, ulong enabled)
    {
        if (_next == order.Count)
        {
            return null;
        }

        var (name, option) = order[_next];
        var task = execution.TaskOf(name);
        if (task < 0 || (enabled >> task & 1) == 0 || option >= execution.OptionsOf(task))
        {
            Impossible = name;
            return null;
        }

        _next++;
        return new Choice(task, option);
    }
}

/// <summary>The order that was wished for as far as it is possible, and as few switches as can be where it is not.</summary>
internal sealed class Prefer(IReadOnlyList<Choice> order) : IPolicy
{
    private int _next;

    public void Begin(bool again) => _next = 0;

    public Choice? Choose(Execution execution, ulong enabled)
    {
        while (_next < order.Count && (enabled >> order[_next].Task & 1) == 0)
        {
            _next++;
        }

        if (_next == order.Count)
        {
            return new Choice(execution.PreferredOf(enabled));
        }

        var wish = order[_next++];
        return wish.Option < execution.OptionsOf(wish.Task) ? wish : new Choice(wish.Task);
    }
}
