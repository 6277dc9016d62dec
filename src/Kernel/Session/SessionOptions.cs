namespace ConcurrencyLab.Kernel.Session;

/// <summary>Where a session's notebook lives and what it may do.</summary>
public sealed record SessionOptions
{
    /// <summary>The notebook's folder: relative <c>#r</c>, <c>#!import</c> and file paths start here.</summary>
    public required string WorkingFolder { get; init; }

    /// <summary>Where restored packages' project files are kept between sessions; defaults to a folder in the user's cache.</summary>
    public string? PackageFolder { get; init; }
}
