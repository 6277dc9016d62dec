using ConcurrencyLab.Kernel.Output;

namespace ConcurrencyLab.Kernel.Session;

/// <summary>Where a session's notebook lives and what it may do.</summary>
public sealed record SessionOptions
{
    /// <summary>The notebook's folder: relative <c>#r</c>, <c>#!import</c> and file paths start here.</summary>
    public required string WorkingFolder { get; init; }

    /// <summary>Where restored packages' project files are kept between sessions; defaults to a folder in the user's cache.</summary>
    public string? PackageFolder { get; init; }

    /// <summary>Answers <c>Console.ReadLine</c>, <c>input</c> and <c>password</c>; null when nobody is there to answer.</summary>
    public Func<InputRequest, CancellationToken, Task<string>>? ReadInput { get; init; }

    /// <summary>How much one cell may show.</summary>
    public OutputLimits OutputLimits { get; init; } = new();

    /// <summary>How long an interrupted cell may take to stop before the session goes on without it.</summary>
    public TimeSpan InterruptGrace { get; init; } = TimeSpan.FromMilliseconds(400);
}
