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

    /// <summary>True when an exception says nothing but that its cell was stopped: its loops ended, or what blocked was woken.</summary>
    internal static bool IsAllOf(Exception exception) => exception is AggregateException several
        ? several.Flatten().InnerExceptions.All(IsAllOf)
        : exception is CellInterruptedException or ThreadInterruptedException;
}
