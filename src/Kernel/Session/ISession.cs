using ConcurrencyLab.Kernel.Output;

namespace ConcurrencyLab.Kernel.Session;

/// <summary>Runs the cells of one notebook, one after the other, keeping their variables.</summary>
public interface ISession : IAsyncDisposable
{
    /// <summary>True when a cell could not be stopped and no other can be run any more: all that is left is to end the process.</summary>
    bool IsLost => false;

    /// <summary>Runs one cell to its end.</summary>
    /// <param name="cell">The source and the number that errors name it by.</param>
    /// <param name="show">Receives each output as it happens, one call at a time, in order; may be called from any thread.</param>
    /// <param name="interrupt">Asks the cell to stop; its variables stay.</param>
    /// <returns>What became of the cell. A cell's errors never surface as exceptions of this call.</returns>
    Task<CellResult> ExecuteAsync(Cell cell, Action<CellOutput> show, CancellationToken interrupt = default);
}

/// <summary>A cell to run.</summary>
/// <param name="Source">The code as the user typed it, magics and directives included.</param>
/// <param name="Number">The 1-based number by which messages name the cell.</param>
public sealed record Cell(string Source, int Number)
{
    /// <summary>The language that the notebook says it is in; null for the session's own.</summary>
    public string? Language { get; init; }
}

/// <summary>What became of a cell.</summary>
/// <param name="Error">Null when the cell ran to its end.</param>
/// <param name="Elapsed">Wall time from receiving the source to the last output.</param>
public sealed record CellResult(ErrorOutput? Error, TimeSpan Elapsed)
{
    /// <summary>True when the cell ran to its end.</summary>
    public bool Succeeded => Error is null;
}
