namespace ConcurrencyLab.Kernel.Output;

/// <summary>What a cell's code writes to and reads from.</summary>
/// <param name="outputs">Where its outputs go.</param>
/// <param name="read">Asks the person in front of the notebook; null when there is none.</param>
/// <param name="interrupt">Fires when the cell is asked to stop.</param>
internal sealed class CellConsole(
    CellOutputs outputs, Func<InputRequest, CancellationToken, Task<string>>? read, CancellationToken interrupt)
{
    private volatile bool _listens;

    /// <summary>Fires when the cell is asked to stop; for code of the cell that wants to hear of it.</summary>
    public CancellationToken Interrupt
    {
        get
        {
            _listens = true;
            return interrupt;
        }
    }

    /// <summary>True once the cell's code has asked for <see cref="Interrupt"/>, and so may end by itself.</summary>
    public bool ListensToInterrupt => _listens;

    /// <summary>True once the cell has been asked to stop.</summary>
    public bool IsInterrupted => interrupt.IsCancellationRequested;

    /// <summary>Compiles a second version of a program of the cell, see docs/kernel.md; null where no cell's code is known.</summary>
    public Func<string, IReadOnlyDictionary<string, Type>, IReadOnlyDictionary<string, object>>? CompileTwin { get; init; }

    /// <summary>Where the cell's outputs go.</summary>
    public CellOutputs Outputs { get; } = outputs;

    /// <summary>Asks the session's Python, in JSON; null before the session has said how.</summary>
    public Func<string, CancellationToken, Task<string>>? AskPython { get; set; }

    /// <summary>Blocks until the person has answered.</summary>
    /// <exception cref="InvalidOperationException">The notebook runs unattended.</exception>
    public string ReadLine(string prompt, bool isPassword)
    {
        if (read is null)
            throw new InvalidOperationException(
                "This cell asks for input, and the notebook runs unattended: run it in an editor, or set the value in the cell.");
        // What was printed as the question must be on the screen before the box that waits for the answer.
        Outputs.Flush();
        return read(new InputRequest(prompt, isPassword), interrupt).GetAwaiter().GetResult();
    }
}
