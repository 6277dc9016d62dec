using ConcurrencyLab.Kernel.Output;

namespace Microsoft.DotNet.Interactive;

/// <summary>The running cell, by the name that it has in .NET Interactive: the same code hears of the stop button in both.</summary>
public sealed class KernelInvocationContext
{
    private KernelInvocationContext()
    {
    }

    /// <summary>The cell to which the calling code belongs.</summary>
    public static KernelInvocationContext Current { get; } = new();

    /// <summary>Cancelled when the user stops the cell to which the calling code belongs; never outside of any cell.</summary>
    public CancellationToken CancellationToken => ConsoleCapture.Current?.Interrupt ?? default;
}
