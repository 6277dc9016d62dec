using ConcurrencyLab.Common;

namespace ConcurrencyLab.Interleavings;

/// <summary>Each step's task drawn by lot, all that can go with the same chance.</summary>
internal sealed class RandomWalk(int seed) : IPolicy
{
    private SplitMix64 _dice;
    private int _run;

    public void Begin() => _dice = new SplitMix64(seed, _run++);

    public int Choose(Execution execution, uint enabled)
    {
        var skip = _dice.Next(System.Numerics.BitOperations.PopCount(enabled));
        for (; skip > 0; skip--)
        {
            enabled &= enabled - 1;
        }

        return System.Numerics.BitOperations.TrailingZeroCount(enabled);
    }
}

/// <summary>The order that was given; ends where it ends, or where it is not possible.</summary>
internal sealed class Follow(IReadOnlyList<int> order) : IPolicy
{
    private int _next;

    /// <summary>The task that was to go and could not; null when there is none.</summary>
    public int? Impossible { get; private set; }

    public int Choose(Execution execution, uint enabled)
    {
        if (_next == order.Count)
        {
            return -1;
        }

        Impossible = (enabled >> order[_next] & 1) == 0 ? order[_next] : null;
        return Impossible is null ? order[_next++] : -1;
    }
}

/// <summary>The order that was wished for as far as it is possible, and as few switches as can be where it is not.</summary>
internal sealed class Prefer(IReadOnlyList<int> order) : IPolicy
{
    private int _next;

    public int Choose(Execution execution, uint enabled)
    {
        while (_next < order.Count && (enabled >> order[_next] & 1) == 0)
        {
            _next++;
        }

        return _next < order.Count ? order[_next++] : execution.PreferredOf(enabled);
    }
}
