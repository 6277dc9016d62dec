using System.Diagnostics;

namespace ConcurrencyLab.Kernel.Execution;

/// <summary>
/// Where a cell's thread is: in the reader's code, which may be woken from any wait, or in the kernel's,
/// which holds locks and must be left to finish.
/// </summary>
internal sealed class CellPlace
{
    private const int Elsewhere = 0, InCell = 1, BeingStopped = 2, InKernel = 3;

    /// <summary>Whoever stops the thread has long finished by then.</summary>
    private static readonly TimeSpan PollTimeout = TimeSpan.FromMilliseconds(100);

    [ThreadStatic]
    private static CellPlace? _current;

    private int _state;
    private int _depth;
    private volatile bool _refusesKernel;

    /// <summary>Marks the calling thread as running a reader's code.</summary>
    public void EnterCell()
    {
        _current = this;
        Volatile.Write(ref _state, InCell);
    }

    /// <summary>Marks the calling thread as done with the reader's code; after this nobody stops it.</summary>
    public void LeaveCell()
    {
        SpinFromCellTo(Elsewhere);
        Volatile.Write(ref _state, Elsewhere);
        _current = null;
    }

    /// <summary>Shields a piece of the kernel that a reader's code calls, on this thread, until disposed of.</summary>
    public static Shield EnterKernel()
    {
        var place = _current;
        if (place is null) return default;
        // A loop that prints ends here.
        if (place._refusesKernel) throw new OperationCanceledException("The cell was interrupted.");
        if (place._depth++ == 0 && !place.SpinFromCellTo(InKernel)) Volatile.Write(ref place._state, InKernel);
        return new Shield(place);
    }

    /// <summary>From now on the kernel refuses to work for the cell.</summary>
    public void RefuseKernel() => _refusesKernel = true;

    /// <summary>Does something to the thread, but only while it is in the reader's code.</summary>
    public void WhileInCell(Action stop)
    {
        if (Interlocked.CompareExchange(ref _state, BeingStopped, InCell) != InCell) return;
        stop();
        Interlocked.CompareExchange(ref _state, InCell, BeingStopped);
    }

    private bool SpinFromCellTo(int state)
    {
        // Spinning, not waiting: a wait would take the interrupt that is just being sent.
        var started = Stopwatch.GetTimestamp();
        while (Interlocked.CompareExchange(ref _state, state, InCell) != InCell)
        {
            if (Stopwatch.GetElapsedTime(started) > PollTimeout) return false;
            Thread.SpinWait(20);
        }

        return true;
    }

    /// <summary>Ends the shelter of <see cref="EnterKernel"/>.</summary>
    internal readonly ref struct Shield(CellPlace? place)
    {
        public void Dispose()
        {
            if (place is not null && --place._depth == 0) Volatile.Write(ref place._state, InCell);
        }
    }
}
