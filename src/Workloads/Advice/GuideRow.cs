namespace ConcurrencyLab;

/// <summary>One work in one language: the fastest run of each tool.</summary>
public sealed record GuideRow
{
    /// <summary>Slower than the best by less than this factor still counts as good: the difference is noise.</summary>
    internal const double Near = 1.15;

    private readonly Dictionary<GuideTool, RunResult> _runs;

    private GuideRow(string work, GuideTool? advised, Machine machine, IReadOnlyList<RunResult> own)
    {
        (Work, IsPython, Advised, Machine) = (work, own[0].Language != RunResult.CSharp, advised, machine);
        Baseline = own.FirstOrDefault(run => Guide.ToolOf(run) is null) ?? own[0];
        _runs = own.Where(run => Guide.ToolOf(run) is not null).GroupBy(run => Guide.ToolOf(run)!.Value)
            .ToDictionary(group => group.Key, group => group.MinBy(run => Advice.IsUsable(run) ? run.Wall.Median : double.MaxValue)!);
        if (_runs.Where(run => Advice.IsUsable(run.Value)).OrderBy(run => run.Value.Wall.Median).ToList() is [var best, ..])
        {
            // A gain too small to notice is no reason to leave the simplest way.
            BestTool = !Baseline.Succeeded || Baseline.Wall.Median > best.Value.Wall.Median * Near ? best.Key : null;
            var fastest = BestTool is null ? Baseline.Wall.Median : best.Value.Wall.Median;
            AdviceHolds = advised is { } tool && this[tool] is { Succeeded: true } run ? Advice.IsUsable(run) && BestTool is not null && run.Wall.Median <= fastest * Near : null;
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

    /// <summary>A row for each language that the comparison has runs in.</summary>
    internal static IEnumerable<GuideRow> Of(string work, GuideTool? advised, Comparison measured)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(work);
        ArgumentNullException.ThrowIfNull(measured);
        return measured.Runs.GroupBy(run => run.Language != RunResult.CSharp).OrderBy(own => own.Key).Select(own => new GuideRow(work, advised, measured.Machine, [.. own]));
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
            + run.Note,
    };
}
