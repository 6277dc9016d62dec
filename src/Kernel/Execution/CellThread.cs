namespace ConcurrencyLab.Kernel.Execution;

/// <summary>How a cell's run ended.</summary>
/// <param name="Exception">What the cell threw; null when it ran to its end or was interrupted.</param>
/// <param name="Interrupted">True when it was stopped from outside.</param>
/// <param name="LeftBehind">The rest of an asynchronous cell, which goes on without being awaited; null when there is none.</param>
/// <param name="IsUnstoppable">True when the cell's thread goes on in spite of everything.</param>
internal sealed record CellRun(Exception? Exception = null, bool Interrupted = false, Task? LeftBehind = null, bool IsUnstoppable = false);

/// <summary>The thread on which a session's cells run, one after the other, until one is interrupted.</summary>
/// <remarks>
/// No synchronisation context and no task scheduler of our own: cells behave as a console program's
/// <c>Main</c> does, which is what the chapters teach. Three mechanisms stop a cell: its endless loops end
/// (<see cref="Notebook.EndlessLoop"/>), the kernel refuses to work for it, and <see cref="Thread.Interrupt"/> wakes code
/// that blocks. When none helps within the grace period (a <c>finally</c> that never ends, native code, a loop whose
/// condition stays true), the thread is given up and goes on: it costs a core, where an abort
/// (<see cref="System.Runtime.ControlledExecution"/>) could cost the process and with it every variable.
/// </remarks>
internal sealed class CellThread : IDisposable
{
    private const int Pieces = 20;

    /// <summary>How long an interrupted cell may take to end before the session goes on without it.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(400);

    private readonly InterruptGate _gate = new();
    private readonly AutoResetEvent _wake = new(false);
    private readonly Thread _thread;
    private Action? _work;
    private CancellationToken _interrupt;
    private volatile bool _awaits;
    private volatile bool _closed;

    public CellThread()
    {
        using (ExecutionContext.SuppressFlow())
        {
            _thread = new Thread(Loop) { IsBackground = true, Name = "notebook" };
            _thread.Start();
        }
    }

    private bool IsStopping => _interrupt.IsCancellationRequested;

    /// <summary>True after an interrupt; the thread then takes no further work.</summary>
    public bool IsSpent { get; private set; }

    /// <summary>Runs a cell to its end, or until it is interrupted. Blocks; needs no pool thread, which a cell may have used up.</summary>
    /// <param name="start">Starts the cell; the task it returns is waited for.</param>
    /// <param name="listens">True when the cell's code has asked for <paramref name="interrupt"/>: what awaits may then end by itself.</param>
    /// <param name="interrupt">Asks the cell to stop.</param>
    public CellRun Run(Func<Task> start, Func<bool> listens, CancellationToken interrupt)
    {
        // Not disposed: a thread that is given up may still use it. Without spinning, which would take a core from the cell.
        var ended = new ManualResetEventSlim(initialState: false, spinCount: 0);
        CellRun? run = null;
        _interrupt = interrupt;
        _work = () =>
        {
            run = RunHere(start);
            ended.Set();
        };
        _wake.Set();
        try
        {
            ended.Wait(interrupt);
        }
        catch (OperationCanceledException)
        {
            _gate.RefuseKernel();
            // What listens may run on another thread before the cell's own has come to wait for it.
            if (listens() && SpinWait.SpinUntil(() => _awaits, Grace / 4)) WaitInPieces(ended, () => { });
            // Code that blocks is woken, and woken again if it catches everything and blocks again.
            WaitInPieces(ended, () => _gate.Interrupt(_thread));
        }

        IsSpent = IsStopping;
        if (IsSpent) Dispose();
        return ended.IsSet ? run! : new CellRun(Interrupted: true, IsUnstoppable: true);
    }

    /// <summary>Waits for the grace period, in pieces: where others keep the cores busy each takes longer, as the cell's end does.</summary>
    private static void WaitInPieces(ManualResetEventSlim ended, Action before)
    {
        for (var piece = 0; piece < Pieces && !ended.IsSet; piece++)
        {
            before();
            ended.Wait(Grace / Pieces, CancellationToken.None);
        }
    }

    public void Dispose()
    {
        _closed = true;
        _wake.Set();
    }

    private void Loop()
    {
        while (true)
        {
            _wake.WaitOne();
            if (_closed) return;
            Interlocked.Exchange(ref _work, null)?.Invoke();
        }
    }

    private CellRun RunHere(Func<Task> start)
    {
        Task? running = null;
        Exception? failure = null;
        _awaits = false;
        _gate.EnterCell();
        try
        {
            running = start();
            _awaits = true;
            if (!running.IsCompleted) ((IAsyncResult)running).AsyncWaitHandle.WaitOne();
            // Throws what the cell threw: of a cancelled task nothing else tells type, message and line.
            running.GetAwaiter().GetResult();
        }
        catch (Exception exception)
        {
            failure = exception;
        }
        finally
        {
            LeaveCell();
        }

        if (failure is null) return new CellRun();
        // What the cell made of being stopped is no error of its author's.
        if (IsStopping) return new CellRun(Interrupted: true, LeftBehind: running is { IsCompleted: false } ? running : null);
        return new CellRun(failure);
    }

    private void LeaveCell()
    {
        _gate.LeaveCell();
        if (!IsStopping) return;
        try
        {
            // Takes an interrupt that arrived after the code had already stopped; the kernel's own waits must not.
            Thread.Sleep(1);
        }
        catch (ThreadInterruptedException)
        {
        }
    }
}
