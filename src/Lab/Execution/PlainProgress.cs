using System.Globalization;
using ConcurrencyLab.Lab.Notebooks;

namespace ConcurrencyLab.Lab.Execution;

/// <summary>Progress for a file or a pipe: two lines a chapter.</summary>
internal sealed class PlainProgress(TextWriter output) : IRunProgress
{
    private string _place = "";

    public void ChapterStarts(Notebook chapter, int index, int count)
    {
        _place = $"[{index + 1}/{count}] {chapter.Name}";
        var cells = chapter.CodeCells.Count();
        output.WriteLine($"{_place}: {cells} {(cells == 1 ? "cell" : "cells")}");
    }

    public void CellStarts(int number)
    {
    }

    public void ChapterEnded(ChapterOutcome outcome) => output.WriteLine($"{_place}: {Summary(outcome)}");

    /// <summary>How a chapter ended and how long it took.</summary>
    public static string Summary(ChapterOutcome outcome)
    {
        var time = $"{outcome.Elapsed.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)} s";
        return outcome.Failure is null ? $"done in {time}" : $"failed after {time} in {outcome.Failure}";
    }
}
