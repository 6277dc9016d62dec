namespace ConcurrencyLab;

/// <summary>The four tools that the article's guide chooses among, and what they are called in C#.</summary>
public enum GuideTool
{
    /// <summary>Python's <c>asyncio</c>, C#'s <c>async</c> and <c>await</c>.</summary>
    Async,

    /// <summary>Python's <c>threading</c>, C#'s <c>Thread</c>.</summary>
    Threads,

    /// <summary>Python's <c>multiprocessing</c>, C#'s <c>Parallel</c>: several cores at work.</summary>
    Parallel,

    /// <summary>Python's <c>concurrent.futures</c>, C#'s thread pool or a pipeline.</summary>
    Pool,
}

/// <summary>
/// The article's section <i>When to Use What?</i> as a table of measurements: a row for each kind of work, a column for each
/// tool, in each cell how many times faster than one after the other it was here.
/// <code>Guide.Of(("waiting", waiting), ("computing", computing))</code>
/// </summary>
[TypeFormatterSource(MimeTypes.Markdown, MimeTypes.Plain)]
public sealed class Guide : IMimeBundle
{
    private static readonly (GuideTool Tool, string Name, string Python)[] Tools =
    [
        (GuideTool.Async, "async", "asyncio"),
        (GuideTool.Threads, "threads", "threading"),
        (GuideTool.Parallel, "parallel", "multiprocessing"),
        (GuideTool.Pool, "pool", "concurrent.futures"),
    ];

    private readonly ResultTable _table;

    private Guide(IReadOnlyList<GuideRow> rows) => (Rows, _table) = (rows, Make(rows));

    /// <summary>A row for each work and language.</summary>
    public IReadOnlyList<GuideRow> Rows { get; }

    /// <summary>Puts comparisons together; the first run of a language is what its others are compared to.</summary>
    /// <param name="rows">A kind of work and its comparison. Which tool a run belongs to is told by its kind.</param>
    /// <exception cref="ArgumentException">There is no row, or a run is of no tool.</exception>
    public static Guide Of(params (string Work, Comparison Measured)[] rows) =>
        FromRows([.. (rows ?? []).Select(row => (row.Work, (GuideTool?)null, row.Measured))]);

    /// <summary>As above, each row with the tool that the article advises for it.</summary>
    public static Guide Of(params (string Work, GuideTool Advised, Comparison Measured)[] rows) =>
        FromRows([.. (rows ?? []).Select(row => (row.Work, (GuideTool?)row.Advised, row.Measured))]);

    /// <summary>The row of a work in C# or in Python.</summary>
    /// <exception cref="KeyNotFoundException">There is none; the message lists the works.</exception>
    public GuideRow this[string work, bool python = false] =>
        Rows.FirstOrDefault(row => string.Equals(row.Work, work, StringComparison.OrdinalIgnoreCase) && row.IsPython == python)
        ?? throw new KeyNotFoundException($"No work is named \"{work}\"{(python ? " in Python" : "")}. There are: {string.Join(", ", Rows.Select(row => row.Work).Distinct())}.");

    /// <summary>The table as Markdown.</summary>
    public string ToMarkdown() => _table.ToMarkdown();

    /// <summary>The table as aligned text.</summary>
    public override string ToString() => _table.ToString();

    string? IMimeBundle.Show(string mimeType) => ((IMimeBundle)_table).Show(mimeType);

    /// <summary>Which tool a run is, by its kind; null for one after the other.</summary>
    /// <exception cref="ArgumentException">The kind is none of the four tools'.</exception>
    internal static GuideTool? ToolOf(RunResult run) => run.Kind switch
    {
        WayKind.Sequential => null,
        WayKind.Async or WayKind.ThrottledAsync or WayKind.SyncOverAsync => GuideTool.Async,
        WayKind.Threads or WayKind.FixedThreads => GuideTool.Threads,
        WayKind.Parallel or WayKind.Plinq or WayKind.ParallelAsync or WayKind.Processes => GuideTool.Parallel,
        WayKind.ThreadPool or WayKind.ProcessPool or WayKind.Pipeline => GuideTool.Pool,
        _ => throw new ArgumentException($"The run \"{run.Name}\" names no tool: call it sequential, async, threads, parallel, thread pool or pipeline."),
    };

    private static Guide FromRows(IReadOnlyList<(string Work, GuideTool? Advised, Comparison Measured)> rows) => rows.Count == 0
        ? throw new ArgumentException("A guide needs at least one kind of work.", nameof(rows))
        : new Guide([.. rows.SelectMany(row => GuideRow.Of(row.Work, row.Advised, row.Measured))]);

    private static ResultTable Make(IReadOnlyList<GuideRow> rows)
    {
        var bilingual = rows.Any(row => row.IsPython);
        var advised = rows.Any(row => row.Advised is not null);
        // Figures and their units stay on one line however narrow the page is.
        static string Whole(string cell) => cell.Replace(' ', '\u00A0');
        return new ResultTable(
            $"How many times faster than one after the other ({rows[0].Machine.Subtitle})",
            ["work", "in turn", .. Tools.Select(tool => tool.Name), advised ? "advised" : ""],
            [.. rows.Select(row => (IReadOnlyList<string>)[
                bilingual ? $"{row.Work}, {(row.IsPython ? "Python" : "C#")}" : row.Work,
                row.Baseline is { Succeeded: true } baseline ? Whole(Quantity.Time(baseline.Wall.Median) + (row.BestTool is null ? " best" : "") + baseline.Note) : "not measured",
                .. Tools.Select(tool => Whole(row.Says(tool.Tool))),
                row.Advised is not { } advice ? "" : Tools.First(tool => tool.Tool == advice).Name + row.AdviceHolds switch { true => ": holds", false => ": not here", null => "" },
            ])],
            [
                $"In turn: one after the other, which each speed-up in a row is over. Best: the fastest of the row; ≈ best: within {Quantity.Percent(GuideRow.Near - 1)} of it.",
                .. bilingual ? [$"In Python: {string.Join(", ", Tools.Select(tool => $"{tool.Name} is {tool.Python}"))}."] : Array.Empty<string>(),
            ]);
    }
}
