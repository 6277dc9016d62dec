namespace ConcurrencyLab.CoffeeShop;

/// <summary>What a throw of the dice decides; every purpose has dice of its own.</summary>
internal enum Throw { Wait = 1, Drink = 2, Origin = 3, Fault = 4, FaultKind = 5, Text = 6 }

/// <summary>
/// Randomness that is a pure function of seed, order and purpose: no state, so answers do not depend on who comes first.
/// The mixing steps are SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators, OOPSLA 2014).
/// </summary>
internal static class Dice
{
    /// <summary>Uniform in 0 (inclusive) to 1 (exclusive).</summary>
    public static double Roll(int seed, int order, Throw purpose, int attempt = 0)
        => (Bits(seed, order, purpose, attempt) >> 11) * (1.0 / (1UL << 53));

    /// <summary>One of <paramref name="choices"/>.</summary>
    public static T Pick<T>(IReadOnlyList<T> choices, int seed, int order, Throw purpose, int attempt = 0)
        => choices[(int)(Roll(seed, order, purpose, attempt) * choices.Count)];

    /// <summary>64 well mixed bits.</summary>
    public static ulong Bits(int seed, int order, Throw purpose, int attempt = 0)
        => Mix(Mix(Mix((uint)seed) + (uint)order) + ((ulong)purpose << 32 | (uint)attempt));

    /// <summary>The next bits of a stream whose state is <paramref name="state"/>.</summary>
    public static ulong Next(ref ulong state)
    {
        var bits = Mix(state);
        state = unchecked(state + Golden);
        return bits;
    }

    private const ulong Golden = 0x9E3779B97F4A7C15;

    private static ulong Mix(ulong z)
    {
        unchecked
        {
            z += Golden;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }
}
