
namespace ConcurrencyLab.Kernel.Output;

/// <summary>What a cell's code writes to and reads from.</summary>
/// <param name="cell">The cell's number.</param>
/// <param name="outputs">Where its outputs go.</param>
/// <param name="read">Asks the person in front of the notebook; null when there is none.</param>
/// <param name="interrupt">Fires when the cell is asked to stop.</param>
internal sealed class CellConsole(
    int cell, CellOutputs outputs, Func<InputRequest, CancellationToken, Task<string>>? read, CancellationToken interrupt)
{
    /// <summary>The cell's number.</summary>
    public int Cell { get; } = cell;

    /// <summary>Where the cell's outputs go.</summary>
    public CellOutputs Outputs { get; } = outputs;

    /// <summary>Blocks until the person has answered.</summary>
    /// <exception cref="InvalidOperationException">Nobody is there to answer.</exception>
    public string ReadLine(string prompt, bool isPassword)
    {
        if (read is null)
            throw new InvalidOperationException(
                "This cell asks for input, and nobody is here to answer: run it in a notebook, or set the value in the cell.");
        // What was printed as the question must be on the screen before the box that waits for the answer.
        Outputs.Flush();
        return read(new InputRequest(prompt, isPassword), interrupt).GetAwaiter().GetResult();
    }
}
