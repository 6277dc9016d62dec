namespace ConcurrencyLab;

/// <summary>What an adviser says: what it saw, what it recommends, and what came of it.</summary>
/// <param name="Title">The work.</param>
/// <param name="Profile">What was seen of a few of them.</param>
/// <param name="Recommendation">The way recommended; null when there was nothing to advise.</param>
/// <param name="Comparison">All ways, measured; null when none could be.</param>
/// <param name="Notes">What else the user should know, a sentence or two each.</param>
[TypeFormatterSource(MimeTypes.Markdown, MimeTypes.Plain)]
public sealed record Advice(string Title, Profile Profile, Recommendation? Recommendation, Comparison? Comparison, IReadOnlyList<string> Notes) : IMarkdownValue
{
    /// <summary>As good as the best within that: less is noise.</summary>
    private const double Near = 0.87;

    /// <summary>Items that the ways were tried on.</summary>
    public int TriedItems { get; init; }

    /// <summary>The way that did not end within the limit, after which nothing more was tried; null when all ended.</summary>
    public string? Stuck { get; init; }

    /// <summary>The recommended way as it was measured; null when it was not.</summary>
    public RunResult? Recommended => Comparison?.Runs.FirstOrDefault(run => run.Name == Recommendation?.Way);

    /// <summary>The fastest of the ways that gave the right answer; null when there is none.</summary>
    public RunResult? Best => Comparison?.Runs.Where(IsUsable).MinBy(run => run.Wall.Median);

    /// <summary>The best way's time over the recommended way's: 1 when that was the best, 0 when it is no use at all, null when nothing was measured.</summary>
    public double? ShareOfBest => Stuck is not null && Stuck == Recommendation?.Way ? 0 : Best is not { } best || Recommendation is null ? null
        : Recommended is { } recommended && IsUsable(recommended) ? best.Wall.Median / recommended.Wall.Median : 0;

    /// <summary>Whether the recommended way was the best, or as good within the noise; null when nothing was measured.</summary>
    public bool? WasRight => ShareOfBest is not { } share ? null
        : share >= Near || (Recommended is { } recommended && IsUsable(recommended) && recommended.Wall.Low <= Best!.Wall.High);

    /// <summary>What was seen, in a sentence.</summary>
    public string Finding => Profile.Problem ?? $"An item takes {Quantity.Time(Profile.ItemMilliseconds)}, a core is busy for {Quantity.Percent(Profile.CpuUtilization)} of it: it {Profile.Kind.Word()}.";

    /// <summary>Whether the adviser was right, in a sentence or two.</summary>
    public string Outcome => AdviceOutcome.Of(this);

    /// <summary>The advice as Markdown.</summary>
    public string ToMarkdown()
    {
        static string Line(string head, string text) => $"{MarkdownText.Bold(head)} {MarkdownText.Escape(text)}";
        string[] advised = Recommendation is { } advice ? [Line($"Advice: {advice.Way}.", advice.Reason), Tried?.ToMarkdown() ?? "", Line(Verdict, Outcome)] : [];
        return MarkdownText.Blocks([Line(Title + ".", Finding), .. advised, .. Notes.Select(MarkdownText.Emphasis)]);
    }

    /// <summary>The advice as lines of text.</summary>
    public override string ToString() => string.Join("\n", Recommendation is { } advice
        ? [$"{Title}. {Finding}", $"Advice: {advice.Way}. {advice.Reason}", .. Tried is { } tried ? [tried.ToString()] : Array.Empty<string>(), $"{Verdict} {Outcome}", .. Notes]
        : new[] { $"{Title}. {Finding}" }.Concat(Notes));

    internal static bool IsUsable(RunResult run) => run.Succeeded && run.Agreement != Agreement.Different;

    private string Verdict => WasRight switch { true => "It was right.", false => "It was wrong.", null => "No verdict." };

    private ResultTable? Tried => Comparison is null ? null : new ResultTable(
        $"Tried on {Quantity.Count(TriedItems, "item")} ({Comparison.Where})",
        ["way", "wall time", "speed-up", "answer", ""],
        [.. Comparison.Runs.Select(run => (IReadOnlyList<string>)(run.Succeeded
            ? [run.Name, Quantity.Time(run.Wall.Median), Comparison.IsBaseline(run) ? "" : Quantity.Times(run.SpeedUp?.Median ?? 0), run.Agreement == Agreement.Different ? "another answer" : "same", Mark(run)]
            : [run.Name, "failed", "", Quantity.Shortened(run.Failure!, 60), Mark(run)]))],
        []);

    private string Mark(RunResult run) => string.Join(", ", new[]
    {
        run.Name == Recommendation?.Way ? "advised" : "",
        run.Name == Best?.Name ? "best" : "",
    }.Where(word => word.Length > 0));
}
