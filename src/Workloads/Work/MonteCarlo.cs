namespace ConcurrencyLab;

/// <summary>What one chunk of darts hit.</summary>
/// <param name="Chunk">The item.</param>
/// <param name="Inside">Darts inside the quarter circle.</param>
/// <param name="Thrown">Darts thrown.</param>
public sealed record Darts(int Chunk, long Inside, long Thrown);

/// <summary>
/// Work that computes: π by throwing darts at a square and counting those inside the quarter circle. Every chunk has a
/// generator of its own, seeded with its number, so that the answer is the same in whatever order they are thrown.
/// All together see π as 4 × inside ÷ thrown; the error shrinks with the root of the darts thrown (a million: about 0.002).
/// <code>var darts = new MonteCarlo(); Enumerable.Range(1, 20).Select(darts.Throw)</code>
/// </summary>
/// <param name="dartsPerChunk">The size of an item; a million take some 10 ms. The cost grows with it in proportion.</param>
/// <param name="seed">Chooses where the darts go.</param>
public sealed class MonteCarlo(int dartsPerChunk = 1_000_000, int seed = 1)
{
    private readonly int _darts = dartsPerChunk.Within(1, int.MaxValue, "a chunk has at least one dart.");

    /// <summary>Throws the chunk of that number.</summary>
    public Darts Throw(int chunk)
    {
        using var span = Spans.Item(chunk);
        var random = new SplitMix64(seed, chunk);
        long inside = 0;
        for (var dart = 0; dart < _darts; dart++)
        {
            double x = random.NextDouble(), y = random.NextDouble();
            if (x * x + y * y < 1) inside++;
        }
        return new Darts(chunk, inside, _darts);
    }
}
