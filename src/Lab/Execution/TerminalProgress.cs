using ConcurrencyLab.Lab.Notebooks;
using Spectre.Console;

namespace ConcurrencyLab.Lab.Execution;

/// <summary>Live progress in a terminal: a bar a chapter, the cell, the time.</summary>
internal sealed class TerminalProgress : IRunProgress
{
    // Drawing costs processor time next to what is being measured: once a second is enough to see that it lives.
    private static readonly TimeSpan Redraw = TimeSpan.FromSeconds(1);

    private readonly ProgressContext _context;
    private ProgressTask? _task;
    private string _name = "";
    private int _cells;

    private TerminalProgress(ProgressContext context) => _context = context;

    /// <summary>Does work while showing its progress.</summary>
    public static Task ShowAsync(IAnsiConsole console, Func<IRunProgress, Task> work)
    {
        var progress = console.Progress();
        progress.RefreshRate = Redraw;
        return progress
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn { Width = 24 }, new ElapsedTimeColumn())
            .StartAsync(context => work(new TerminalProgress(context)));
    }

    public void ChapterStarts(Notebook chapter, int index, int count)
    {
        _cells = chapter.CodeCells.Count();
        _name = $"{index + 1}/{count} {Markup.Escape(chapter.Name)}";
        _task = _context.AddTask($"{_name} [grey]starting[/]", maxValue: Math.Max(1, _cells));
    }

    public void CellStarts(int number)
    {
        _task!.Value = number - 1;
        _task.Description = $"{_name} [grey]cell {number} of {_cells}[/]";
    }

    public void ChapterEnded(ChapterOutcome outcome)
    {
        if (outcome.Failure is null) _task!.Value = _task.MaxValue;
        _task!.Description = outcome.Failure is null ? $"{_name} [green]done[/]" : $"{_name} [red]failed in cell {outcome.Failure.Cell}[/]";
        _task.StopTask();
        _context.Refresh();
    }
}
