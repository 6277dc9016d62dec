using System.Diagnostics;

namespace ConcurrencyLab.Kernel.Execution;

/// <summary>
/// Tells whether a cell's thread is in the user's code, which may be interrupted in any wait, or in the kernel's, which
/// holds locks and must be left to finish.
/// </summary>
internal sealed class InterruptGate
{
    private const int Outside = 0, InCell = 1, BeingInterrupted = 2, InKernel = 3;

    /// <summary>An interrupt is sent in microseconds.</summary>
    private static readonly TimeSpan SpinTimeout = TimeSpan.FromMilliseconds(100);

    [ThreadStatic]
    private static InterruptGate? _current;

    private int _state;
    private int _depth;
    private volatile bool _refusesKernel;

    /// <summary>Marks the calling thread as running a user's code.</summary>
    public void EnterCell()
    {
        _current = this;
        Volatile.Write(ref _state, InCell);
    }

    /// <summary>Marks the calling thread as done with the user's code; it is not interrupted after this.</summary>
    public void LeaveCell()
    {
        SpinFromCellTo(Outside);
        Volatile.Write(ref _state, Outside);
        _current = null;
    }

    /// <summary>Shields a piece of the kernel that a user's code calls, on this thread, until disposed of.</summary>
    public static Shield EnterKernel()
    {
        var gate = _current;
        if (gate is null) return default;
        // A loop that prints ends here.
        if (gate._refusesKernel) throw new CellInterruptedException();
        if (gate._depth++ == 0 && !gate.SpinFromCellTo(InKernel)) Volatile.Write(ref gate._state, InKernel);
        return new Shield(gate);
    }

    /// <summary>From now on the kernel refuses to work for the cell.</summary>
    public void RefuseKernel() => _refusesKernel = true;

    /// <summary>Interrupts the thread, but only while it is in the user's code.</summary>
    public void Interrupt(Thread thread)
    {
        if (Interlocked.CompareExchange(ref _state, BeingInterrupted, InCell) != InCell) return;
        thread.Interrupt();
        Interlocked.CompareExchange(ref _state, InCell, BeingInterrupted);
    }

    private bool SpinFromCellTo(int state)
    {
        // Spinning, not waiting: a wait would take the interrupt that is just being sent.
        var started = Stopwatch.GetTimestamp();
        while (Interlocked.CompareExchange(ref _state, state, InCell) != InCell)
        {
            if (Stopwatch.GetElapsedTime(started) > SpinTimeout) return false;
            Thread.SpinWait(20);
        }

        return true;
    }

    /// <summary>Ends the shelter of <see cref="EnterKernel"/>.</summary>
    internal readonly ref struct Shield(InterruptGate? gate)
    {
        public void Dispose()
        {
            if (gate is not null && --gate._depth == 0) Volatile.Write(ref gate._state, InCell);
        }
    }
}
