using System.Globalization;
using ConcurrencyLab.Lab.Notebooks;
using Spectre.Console;

namespace ConcurrencyLab.Lab.Execution;

/// <summary>Is told how a run goes on; one call at a time.</summary>
internal interface IRunProgress
{
    /// <param name="place">Which of how many: <c>1/13</c>.</param>
    void ChapterStarts(Notebook chapter, string place);

    void CellStarts(int number);

    void ChapterEnded(ChapterOutcome outcome);
}

/// <summary>Progress for a file or a pipe: two lines a chapter.</summary>
internal sealed class PlainProgress(TextWriter output) : IRunProgress
{
    private string _name = "";

    public void ChapterStarts(Notebook chapter, string place)
    {
        _name = $"[{place}] {chapter.Name}";
        var cells = chapter.CodeCells.Count();
        output.WriteLine($"{_name}: {cells} {(cells == 1 ? "cell" : "cells")}");
    }

    public void CellStarts(int number)
    {
    }

    public void ChapterEnded(ChapterOutcome outcome)
    {
        var time = $"{outcome.Elapsed.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)} s";
        output.WriteLine($"{_name}: {(outcome.Failure is null ? $"done in {time}" : $"failed after {time} in {outcome.Failure}")}");
    }
}

/// <summary>Live progress in a terminal: a bar a chapter, the cell, the time.</summary>
internal sealed class TerminalProgress(ProgressContext context) : IRunProgress
{
    // Drawing costs processor time next to what is being measured: once a second is enough to see that it lives.
    private static readonly TimeSpan Redraw = TimeSpan.FromSeconds(1);

    private ProgressTask _task = null!;
    private string _name = "";
    private int _cells;

    public static Task ShowAsync(IAnsiConsole console, Func<IRunProgress, Task> work)
    {
        var progress = console.Progress();
        progress.RefreshRate = Redraw;
        return progress
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn { Width = 24 }, new ElapsedTimeColumn())
            .StartAsync(context => work(new TerminalProgress(context)));
    }

    public void ChapterStarts(Notebook chapter, string place)
    {
        _cells = chapter.CodeCells.Count();
        _name = $"{place} {Markup.Escape(chapter.Name)}";
        _task = context.AddTask($"{_name} [grey]starting[/]", maxValue: Math.Max(1, _cells));
    }

    public void CellStarts(int number)
    {
        _task.Value = number - 1;
        _task.Description = $"{_name} [grey]cell {number} of {_cells}[/]";
    }

    public void ChapterEnded(ChapterOutcome outcome)
    {
        if (outcome.Failure is null) _task.Value = _task.MaxValue;
        _task.Description = outcome.Failure is null ? $"{_name} [green]done[/]" : $"{_name} [red]failed in cell {outcome.Failure.Cell}[/]";
        _task.StopTask();
        context.Refresh();
    }
}
