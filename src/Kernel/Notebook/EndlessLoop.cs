using System.ComponentModel;
using System.Runtime.CompilerServices;
using ConcurrencyLab.Kernel.Output;

namespace ConcurrencyLab.Kernel.Notebook;

/// <summary>Where the endless loops of cells ask whether they are to end. The kernel adds the calls; users write none.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class EndlessLoop
{
    private static readonly Lock Gate = new();

    /// <summary>The cells that are being stopped; null nearly always.</summary>
    private static volatile CellConsole[]? _stopping;

    /// <summary>Ends the loop when the cell that started the calling thread is being stopped.</summary>
    /// <exception cref="CellInterruptedException">The cell is being stopped.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Check()
    {
        if (_stopping is not null) EndIfStopping();
    }

    /// <summary>From now on the cell's loops end, on whatever threads they run.</summary>
    internal static void Stop(CellConsole cell)
    {
        lock (Gate) _stopping = [.. _stopping ?? [], cell];
    }

    /// <summary>Ends what <see cref="Stop"/> began.</summary>
    internal static void Resume(CellConsole cell)
    {
        lock (Gate) _stopping = _stopping?.Where(other => other != cell).ToArray() is { Length: > 0 } others ? others : null;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void EndIfStopping()
    {
        if (ConsoleCapture.Current is { } mine && _stopping is { } stopping && stopping.Contains(mine)) throw new CellInterruptedException();
    }
}

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
        || (exception is AggregateException several && several.Flatten().InnerExceptions.All(inner => inner is CellInterruptedException));
}
