namespace ConcurrencyLab.Kernel.Output;

/// <summary>How much one cell may show before the rest is counted instead of kept.</summary>
/// <remarks>
/// A front end keeps every output in the page and in the file: a few megabytes are usable, a hundred are not.
/// </remarks>
public sealed record OutputLimits
{
    /// <summary>Console text a cell may write, in UTF-16 code units.</summary>
    public int Characters { get; init; } = 1_000_000;

    /// <summary>Values a cell may display; updates of one already shown are free.</summary>
    public int Displays { get; init; } = 1_000;

    /// <summary>Shortest time between two deliveries to the front end; what is written meanwhile is joined.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromMilliseconds(30);
}
