namespace ConcurrencyLab.Common;

/// <summary>
/// SplitMix64 (Steele, Lea, Flood: <i>Fast splittable pseudorandom number generators</i>, OOPSLA 2014): eight bytes of state,
/// so that every item has a generator of its own and its answer depends on nothing else. The sequence of
/// <see cref="Random"/> is not promised to stay; this one is the same for ever.
/// </summary>
internal struct SplitMix64
{
    private const ulong Golden = 0x9E3779B97F4A7C15;
    private ulong _state;

    /// <summary>A generator for one item; neighbouring seeds and items give unrelated sequences.</summary>
    public SplitMix64(int seed, int item) => _state = Mix(Mix((uint)seed + Golden) ^ (uint)item);

    /// <summary>A generator with the reference implementation's seeding.</summary>
    public SplitMix64(ulong state) => _state = state;

    /// <summary>64 random bits.</summary>
    public ulong Next() => Mix(_state += Golden);

    /// <summary>Uniform from 0 (inclusive) to 1 (exclusive), 53 bits.</summary>
    public double NextDouble() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform from 0 to <paramref name="end"/> (exclusive); the bias is below 2⁻³², too small to matter here.</summary>
    public int Next(int end) => (int)((Next() >> 32) * (ulong)end >> 32);

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
