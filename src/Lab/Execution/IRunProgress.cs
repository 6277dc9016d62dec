using ConcurrencyLab.Lab.Notebooks;

namespace ConcurrencyLab.Lab.Execution;

/// <summary>Is told how a run goes on; one call at a time.</summary>
internal interface IRunProgress
{
    /// <summary>A chapter starts.</summary>
    /// <param name="chapter">The notebook.</param>
    /// <param name="index">0-based place in this run.</param>
    /// <param name="count">Chapters in this run.</param>
    void ChapterStarts(Notebook chapter, int index, int count);

    /// <summary>A cell of that chapter starts.</summary>
    void CellStarts(int number);

    /// <summary>That chapter ended.</summary>
    void ChapterEnded(ChapterOutcome outcome);
}
