using System.Numerics;
using ConcurrencyLab.Common;

namespace ConcurrencyLab.Interleavings;

/// <summary>
/// Probabilistic concurrency testing (Burckhardt, Kothari, Musuvathi, Nagarakatti: <i>A randomized scheduler with
/// probabilistic guarantees of finding bugs</i>, ASPLOS 2010): every task has a priority drawn by lot, the highest that can go
/// goes, and at d − 1 steps drawn by lot the one who goes falls below all. A mistake that needs d steps in a certain order,
/// in a program of n tasks and at most k steps, is met by a run with a probability of at least 1/(n·k^(d−1)).
/// </summary>
/// <param name="seed">The same seed draws the same runs on every machine.</param>
/// <param name="depth">d, 1 or more.</param>
internal sealed class PriorityPolicy(int seed, int depth) : IPolicy
{
    private readonly int[] _priorities = new int[Execution.MostTasks];
    private readonly int[] _falls = new int[depth - 1];
    private SplitMix64 _dice;
    private int _run = -1;
    private int _step;
    private int _lowest;

    public void Begin(bool again) => (_step, _dice) = (-1, new SplitMix64(seed, again ? _run : ++_run));

    public Choice? Choose(Execution execution, ulong enabled)
    {
        if (++_step == 0)
        {
            Draw(Math.Max(1, execution.Notes.Longest));
        }

        var task = Highest(enabled);
        // Falls at the same step count each for itself: the one who is highest then falls too.
        foreach (var fall in _falls)
        {
            if (fall == _step)
            {
                _priorities[task] = --_lowest;
                task = Highest(enabled);
            }
        }

        var options = execution.OptionsOf(task);
        if (execution.Pending[task]!.Spins)
        {
            // One that waits in a loop would keep the others from ever going.
            _priorities[task] = --_lowest;
        }

        return new Choice(task, options == 1 ? 0 : _dice.Next(options));
    }

    private void Draw(int steps)
    {
        // A shuffle (Fisher and Yates) of 1 to 64: those who start late have theirs already.
        for (var task = 0; task < _priorities.Length; task++)
        {
            var other = _dice.Next(task + 1);
            (_priorities[task], _priorities[other]) = (_priorities[other], task + 1);
        }

        for (var fall = 0; fall < _falls.Length; fall++)
        {
            _falls[fall] = _dice.Next(steps);
        }

        _lowest = 0;
    }

    private int Highest(ulong enabled)
    {
        var highest = BitOperations.TrailingZeroCount(enabled);
        for (; enabled != 0; enabled &= enabled - 1)
        {
            var task = BitOperations.TrailingZeroCount(enabled);
            highest = _priorities[task] > _priorities[highest] ? task : highest;
        }

        return highest;
    }
}
