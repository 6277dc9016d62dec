namespace ConcurrencyLab;

/// <summary>One work in one language: the fastest run of each tool.</summary>
public sealed record GuideRow
{
    /// <summary>Slower than the best by less than this factor still counts as good: the difference is noise.</summary>
    internal const double Near = 1.15;

    private readonly IReadOnlyDictionary<GuideTool, RunResult> _runs;

    private GuideRow(string work, bool python, GuideTool? advised, RunResult baseline, Machine machine, IReadOnlyDictionary<GuideTool, RunResult> runs)
    {
        (Work, IsPython, Advised, Baseline, Machine, _runs) = (work, python, advised, baseline, machine, runs);
        var usable = runs.Where(run => IsUsable(run.Value)).ToList();
        if (usable.Count > 0)
        {
            var best = usable.MinBy(run => run.Value.Wall.Median);
            // A gain too small to notice is no reason to leave the simplest way.
            BestTool = !baseline.Succeeded || baseline.Wall.Median > best.Value.Wall.Median * Near ? best.Key : null;
            var fastest = BestTool is null ? baseline.Wall.Median : best.Value.Wall.Median;
            AdviceHolds = advised is { } tool && runs.TryGetValue(tool, out var run) && run.Succeeded ? IsUsable(run) && BestTool is not null && run.Wall.Median <= fastest * Near : null;
        }
    }

    /// <summary>The kind of work.</summary>
    public string Work { get; }

    /// <summary>Whether Python did it.</summary>
    public bool IsPython { get; }

    /// <summary>The tool that the article advises; null when it was not asked.</summary>
    public GuideTool? Advised { get; }

    /// <summary>One after the other.</summary>
    public RunResult Baseline { get; }

    /// <summary>Where it was measured.</summary>
    public Machine Machine { get; }

    /// <summary>The fastest tool; null when none is worth it.</summary>
    public GuideTool? BestTool { get; }

    /// <summary>Whether the advised tool was the best or near it; null when that was not asked or not measured.</summary>
    public bool? AdviceHolds { get; }

    /// <summary>The run of a tool; null when none was measured.</summary>
    public RunResult? this[GuideTool tool] => _runs.GetValueOrDefault(tool);

    /// <summary>Null when the comparison has no run in that language.</summary>
    internal static GuideRow? Of(string work, GuideTool? advised, Comparison measured, bool python)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(work);
        ArgumentNullException.ThrowIfNull(measured);
        var own = measured.Runs.Where(run => (run.Language != RunResult.CSharp) == python).ToList();
        var baseline = own.FirstOrDefault(run => Guide.ToolOf(run) is null) ?? own.FirstOrDefault();
        var tools = own.Where(run => Guide.ToolOf(run) is not null).GroupBy(run => Guide.ToolOf(run)!.Value)
            .ToDictionary(group => group.Key, group => group.OrderBy(run => IsUsable(run) ? run.Wall.Median : double.MaxValue).First());
        return baseline is null ? null : new GuideRow(work, python, advised, baseline, measured.Machine, tools);
    }

    /// <summary>The cell in words.</summary>
    internal string Says(GuideTool tool) => this[tool] switch
    {
        null => "",
        { Succeeded: false } => "failed",
        { Agreement: Agreement.Different } => "another answer",
        { SpeedUp: null } => "not comparable",
        var run => Quantity.Times(run.SpeedUp!.Value.Median)
            + (tool == BestTool ? " best" : BestTool is { } best && run.Wall.Median <= this[best]!.Wall.Median * Near ? " ≈ best" : "")
            + (run.SavedFrom is null ? "" : " (saved)"),
    };

    private static bool IsUsable(RunResult run) => run.Succeeded && run.Agreement != Agreement.Different;
}
