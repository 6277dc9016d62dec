using System.ComponentModel;

namespace ConcurrencyLab.Kernel.Execution;

/// <summary>The user stopped the cell.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class CellInterruptedException : OperationCanceledException
{
    /// <summary>Says so.</summary>
    public CellInterruptedException()
        : base("The cell was interrupted.")
    {
    }

    /// <summary>True when an exception says nothing but that its cell was stopped.</summary>
    internal static bool IsAllOf(Exception exception) =>
        exception is CellInterruptedException
        || (exception is AggregateException several && several.Flatten().InnerExceptions.All(
            // Of the threads that run tasks only a cell's own is ever interrupted, and that by the kernel.
            static inner => inner is CellInterruptedException or ThreadInterruptedException));
}
