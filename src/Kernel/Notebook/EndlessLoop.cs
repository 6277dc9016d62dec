using System.ComponentModel;
using System.Runtime.CompilerServices;
using ConcurrencyLab.Kernel.Execution;
using ConcurrencyLab.Kernel.Output;

namespace ConcurrencyLab.Kernel.Notebook;

/// <summary>Where the endless loops of cells ask whether they are to end. The kernel adds the calls; users write none.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class EndlessLoop
{
    /// <summary>How many cells are being stopped, or have left something that goes on; 0 nearly always.</summary>
    private static volatile int _stopping;

    /// <summary>Ends the loop when the cell that started the calling thread is being stopped.</summary>
    /// <exception cref="CellInterruptedException">The cell is being stopped.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Check()
    {
        if (_stopping > 0) EndIfInterrupted();
    }

    /// <summary>From now on the loops of interrupted cells end, on whatever threads they run.</summary>
    internal static void BeginStopping() => Interlocked.Increment(ref _stopping);

    /// <summary>Ends what <see cref="BeginStopping"/> began.</summary>
    internal static void EndStopping() => Interlocked.Decrement(ref _stopping);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void EndIfInterrupted()
    {
        if (ConsoleCapture.Current is { IsInterrupted: true }) throw new CellInterruptedException();
    }
}
