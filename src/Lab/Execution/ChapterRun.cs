using System.Diagnostics;
using System.Text.Json.Nodes;
using ConcurrencyLab.Kernel.Cells;
using ConcurrencyLab.Kernel.Session;
using ConcurrencyLab.Lab.Notebooks;
using ConcurrencyLab.LivePython;

namespace ConcurrencyLab.Lab.Execution;

/// <param name="Executed">A copy with the outputs of this run.</param>
/// <param name="Failure">Null when every cell ran to its end.</param>
/// <param name="Elapsed">Wall time of the whole run, the start of its process included.</param>
public sealed record ChapterOutcome(Notebook Source, Notebook Executed, ChapterFailure? Failure, TimeSpan Elapsed);

/// <param name="Cell">Number of the cell among those that run; 0 when it failed before the first.</param>
/// <param name="Line">1-based line in the cell; null when the failure has none.</param>
public sealed record ChapterFailure(int Cell, int? Line, string Message)
{
    public override string ToString() => (Cell, Line) switch
    {
        (0, _) => Message,
        (_, null) => $"cell {Cell}: {Message}",
        _ => $"cell {Cell}, line {Line}: {Message}",
    };
}

/// <summary>Runs the cells of a chapter from top to bottom in a process of their own.</summary>
internal static class ChapterRun
{
    private const string MayFail = "raises-exception";
    private const string Skipped = "skip-execution";

    /// <param name="cancel">Ends the run at once; no process stays.</param>
    /// <param name="save">Whether figures of Python are kept for learners who have none.</param>
    /// <param name="program">The program that runs the cells; the lab itself when null.</param>
    public static async Task<ChapterOutcome> ExecuteAsync(Notebook source, TimeSpan cellLimit, Action<int> cellStarts, CancellationToken cancel, bool save = false, string? program = null)
    {
        var clock = Stopwatch.StartNew();
        var executed = source.Copy();
        executed.EnsureCellIds();
        var saved = executed.CodeCells.ToDictionary(cell => cell.Number, cell => cell.Outputs.Select(output => (JsonObject)output.DeepClone()).ToList());
        foreach (var cell in executed.Cells.Where(cell => cell.Kind == "code")) cell.SetOutputs([], null);
        ChapterFailure? failure;
        try
        {
            var folder = Path.GetDirectoryName(Path.GetFullPath(source.Path))!;
            await using var process = await ChapterProcess.StartAsync(folder, save, cancel, program);
            failure = await ExecuteCellsAsync(executed, process, save ? [] : saved, cellLimit, cellStarts, cancel);
        }
        catch (ChapterProcessException fault)
        {
            failure = new ChapterFailure(0, null, fault.Message);
        }
        SavedRun.Now(executed).WriteTo(executed);
        return new ChapterOutcome(source, executed, failure, clock.Elapsed);
    }

    private static async Task<ChapterFailure?> ExecuteCellsAsync(
        Notebook executed, ChapterProcess process, Dictionary<int, List<JsonObject>> saved, TimeSpan limit, Action<int> cellStarts, CancellationToken cancel)
    {
        var collector = new OutputCollector();
        foreach (var cell in executed.CodeCells)
        {
            if (cell.Tags.Contains(Skipped)) continue;
            cellStarts(cell.Number);
            collector.Begin(cell.Number);
            var result = await process.ExecuteAsync(new Cell(cell.Source, cell.Number) { Language = CellLanguage.In(cell.Metadata) }, collector.Add, limit, cancel);
            if (result.Error is not null)
            {
                // The session's own word, or ours in its place when time ran out or the process ended.
                collector.RemoveError();
                collector.Add(result.Error);
            }
            cell.SetOutputs(collector.Outputs, cell.Number);
            cell.Metadata[SavedRun.Key] = new JsonObject { ["elapsed_ms"] = Math.Round(result.Elapsed.TotalMilliseconds, 1) };
            if (result.Error?.Name == PythonFailure.Missing && saved.TryGetValue(cell.Number, out var before))
            {
                cell.SetOutputs([.. OutputCollector.InPlaceOf(result.Error, before)], cell.Number);
                continue;
            }

            if (result.Error is { } error && (!cell.Tags.Contains(MayFail) || !process.IsAlive))
                return new ChapterFailure(cell.Number, error.Line, error.Message.ReplaceLineEndings(" ") + process.Shortage());
        }
        return null;
    }
}
