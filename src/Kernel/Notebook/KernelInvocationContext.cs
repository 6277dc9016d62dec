using ConcurrencyLab.Kernel.Output;

namespace Microsoft.DotNet.Interactive;

/// <summary>A cell that runs, by the name that it has in .NET Interactive: the same code hears of the stop button in both.</summary>
public sealed class KernelInvocationContext
{
    private readonly CellConsole _console;

    private KernelInvocationContext(CellConsole console) => _console = console;

    /// <summary>The cell to which the calling code belongs; null outside of any cell.</summary>
    public static KernelInvocationContext? Current => ConsoleCapture.Current is { } console ? new(console) : null;

    /// <summary>Cancelled when the user stops the cell.</summary>
    public CancellationToken CancellationToken => _console.Interrupt;
}
