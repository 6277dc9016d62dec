using ConcurrencyLab.Kernel.Output;

namespace ConcurrencyLab.Kernel.Session;

/// <summary>Where a session's notebook lives and what it may do.</summary>
public sealed record SessionOptions
{
    /// <summary>The notebook's folder: relative <c>#r</c>, <c>#!import</c> and file paths start here.</summary>
    public required string WorkingFolder { get; init; }

    /// <summary>Answers <c>Console.ReadLine</c>, <c>input</c> and <c>password</c>; null when the notebook runs unattended.</summary>
    public Func<InputRequest, CancellationToken, Task<string>>? ReadInput { get; init; }
}
