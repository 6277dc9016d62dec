namespace ConcurrencyLab.Benchmarks.Parts;

/// <summary>One piece of computing work: its items, and what all of them answer together.</summary>
/// <typeparam name="TItem">An item, which must survive a journey to a worker process.</typeparam>
/// <typeparam name="TResult">What one item answers.</typeparam>
internal sealed record Work<TItem, TResult>(string Name, IReadOnlyList<TItem> Items, Func<TItem, TResult> Do)
{
    /// <summary>All items on the calling thread.</summary>
    internal void DoAll()
    {
        foreach (var item in Items)
        {
            Do(item);
        }
    }
}

/// <summary>The works that computing is measured with: of equal items, so that sharing them out is not what is measured.</summary>
internal static class Works
{
    /// <summary>Length of a simulated item.</summary>
    internal const int Steps = 50_000;

    private static readonly Lazy<Picture> Photograph = new(() => Picture.Beans());
    private static readonly NBody Systems = new(Steps);
    private static readonly NBody LongSystems = new(3 * Steps);

    /// <summary>Are these numbers prime? All are, each takes as many divisions as half its square root.</summary>
    internal static Work<long, bool> Primality(int items, long above = 10_000_000_000_000) => new("primality", Primes.After(above, items), IsPrime);

    /// <summary>A picture blurred tile by tile. Each tile is named by its place alone: a worker process has the picture, too.</summary>
    internal static Work<Tile, long> Image(int items, int side = 64) => new("image", [.. Photograph.Value.Tiles(side).Where(tile => tile.Width == side && tile.Height == side).Take(items)], BlurTile);

    /// <summary>Solar systems simulated step by step.</summary>
    internal static Work<int, double> Planets(int items) => new("n-body", Systems.Variations(items), Simulate);

    /// <summary>The same, three times as long.</summary>
    internal static Work<int, double> LongPlanets(int items) => new("n-body", LongSystems.Variations(items), SimulateLong);

    /// <summary>Pixels of the photograph as Python reads them: width and height as 32-bit numbers, then 0xFFRRGGBB each, little-endian.</summary>
    internal static void SavePhotograph(string path)
    {
        using var file = new BinaryWriter(File.Create(path));
        file.Write(Photograph.Value.Width);
        file.Write(Photograph.Value.Height);
        foreach (var pixel in Photograph.Value.Pixels)
        {
            file.Write(pixel);
        }
    }

    // Static methods, because a lambda cannot cross to a worker process.
    private static bool IsPrime(long number) => Primes.IsPrime(number);

    private static double Simulate(int variation) => Systems.Simulate(variation).EnergyAfter;

    private static double SimulateLong(int variation) => LongSystems.Simulate(variation).EnergyAfter;

    /// <summary>The sum of all channels of all pixels: small enough to travel, and wrong when a pixel is.</summary>
    private static long BlurTile(Tile tile)
    {
        long sum = 0;
        foreach (var pixel in Photograph.Value.Blur(tile).Colours.Span)
        {
            sum += (pixel >> 16 & 255) + (pixel >> 8 & 255) + (pixel & 255);
        }

        return sum;
    }
}
