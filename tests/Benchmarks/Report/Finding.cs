namespace ConcurrencyLab.Benchmarks.Report;

/// <summary>One line of the report: ours beside a peer's, measured in the same run.</summary>
/// <param name="What">What was measured, for example <c>PLINQ, primality</c>.</param>
/// <param name="Unit">Unit of <paramref name="Ours"/> and <paramref name="Peer"/>: a name of <see cref="Units"/>.</param>
/// <param name="Ours">Median and spread of the lab's figure.</param>
/// <param name="PeerName">Whom it is compared with; null when it stands alone.</param>
/// <param name="Peer">Median and spread of the peer's figure; null when it stands alone.</param>
/// <param name="Ratio">What the aim is about, round by round where there are rounds; null where it is about <paramref name="Ours"/>.</param>
/// <param name="Aim">What was hoped for; null where the figure only informs.</param>
internal sealed record Finding(
    string What, string Unit, MedianInterval Ours, string? PeerName = null, MedianInterval? Peer = null, MedianInterval? Ratio = null, Aim? Aim = null)
{
    /// <summary>Whether the aim was met; null without an aim.</summary>
    public bool? Met => Aim?.IsMetBy(Ratio?.Median ?? Ours.Median);

    /// <summary>Ours beside a peer's; the ratio is ours over the peer's, or the other way round.</summary>
    internal static Finding Beside(string what, string unit, IReadOnlyList<double> ours, string peerName, IReadOnlyList<double> peer, Aim? aim, bool peerOverOurs = false)
    {
        var ratios = ours.Zip(peer, (mine, theirs) => peerOverOurs ? theirs / mine : mine / theirs);
        return new Finding(what, unit, MedianInterval.Of(ours), peerName, MedianInterval.Of(peer), MedianInterval.Of(ratios), aim);
    }

    /// <summary>A figure on its own.</summary>
    internal static Finding Alone(string what, string unit, IEnumerable<double> ours, Aim? aim = null) => new(what, unit, MedianInterval.Of(ours), Aim: aim);
}

/// <summary>What a figure should be.</summary>
/// <param name="Low">Least that is good.</param>
/// <param name="High">Most that is good.</param>
/// <param name="Text">The same for a reader.</param>
internal sealed record Aim(double Low, double High, string Text)
{
    internal static Aim AtLeast(double low) => new(low, double.PositiveInfinity, $"≥ {Quantities.Plain(low)}");

    internal static Aim AtMost(double high) => new(double.NegativeInfinity, high, $"≤ {Quantities.Plain(high)}");

    /// <summary>At most so far from 1.</summary>
    internal static Aim Within(double share) => new(1 - share, 1 + share, $"1 ± {Quantities.Plain(share)}");

    internal bool IsMetBy(double value) => value >= Low && value <= High;
}

/// <summary>One question and what was measured for it.</summary>
/// <param name="Name">As the command line names it.</param>
/// <param name="Question">What it answers.</param>
/// <param name="Findings">Line by line.</param>
/// <param name="Notes">What a reader must know to judge the figures; peers that are missing; what failed.</param>
/// <param name="Pictures">PNG files beside the report.</param>
internal sealed record Part(string Name, string Question, IReadOnlyList<Finding> Findings, IReadOnlyList<string> Notes, IReadOnlyList<string> Pictures)
{
    /// <summary>How long measuring it took.</summary>
    public TimeSpan Took { get; init; }

    /// <summary>Why it ended early; null when it did not.</summary>
    public string? Failure { get; init; }
}
