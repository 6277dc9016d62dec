namespace ConcurrencyLab.Kernel.Execution;

/// <summary>How a cell's run ended.</summary>
/// <param name="Value">The value of the last expression.</param>
/// <param name="Exception">What the cell threw; null when it ran to its end or was interrupted.</param>
/// <param name="Interrupted">True when it was stopped from outside.</param>
/// <param name="LeftBehind">
/// Null when the cell is over. Otherwise its asynchronous rest, which goes on without anybody waiting.
/// </param>
/// <param name="IsUnstoppable">True when the cell's thread goes on in spite of everything.</param>
internal sealed record CellRun(
    object? Value, Exception? Exception, bool Interrupted, Task? LeftBehind, bool IsUnstoppable = false);

/// <summary>
/// The thread on which a session's cells run, one after the other, and from which each can be torn away.
/// </summary>
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
    private readonly CellPlace _place = new();
    private readonly AutoResetEvent _wake = new(false);
    private readonly Thread _thread;
    private Action? _work;
    private volatile bool _woken;
    private CancellationToken _interrupt;
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
    /// <param name="grace">How long an interrupted cell may take to stop.</param>
    /// <param name="interrupt">Asks the cell to stop.</param>
    public CellRun Run(Func<Task<object?>> start, TimeSpan grace, CancellationToken interrupt)
    {
        // Not disposed: a thread that is given up may still use it.
        // Without spinning: that would take a core from the cell.
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
            Stop(ended, grace);
        }

        IsSpent = IsStopping;
        if (IsSpent) Dispose();
        return ended.IsSet ? run! : new CellRun(null, null, Interrupted: true, null, IsUnstoppable: true);
    }

    private void Stop(ManualResetEventSlim ended, TimeSpan grace)
    {
        _place.RefuseKernel();
        const int Nudges = 20;
        for (var nudge = 0; nudge < Nudges; nudge++)
        {
            // Code that blocks is woken, again if it catches everything and blocks again.
            Wake();
            if (ended.Wait(grace / Nudges, CancellationToken.None)) return;
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

    private CellRun RunHere(Func<Task<object?>> start)
    {
        Task<object?>? running = null;
        Exception? failure = null;
        _place.EnterCell();
        try
        {
            running = start();
            if (!running.IsCompleted) ((IAsyncResult)running).AsyncWaitHandle.WaitOne();
        }
        catch (Exception exception)
        {
            // What the cell made of being stopped is no error of the reader's.
            if (!IsStopping) failure = exception;
        }
        finally
        {
            LeaveCell();
        }

        if (running is { IsCompletedSuccessfully: true }) return new CellRun(running.Result, null, Interrupted: false, null);
        if (IsStopping) return new CellRun(null, null, Interrupted: true, running is { IsCompleted: false } ? running : null);
        return new CellRun(
            null,
            failure ?? (running is { IsFaulted: true } ? running.Exception!.InnerException : new TaskCanceledException(running)),
            Interrupted: false,
            null);
    }

    private void Wake() => _place.WhileInCell(
        () =>
        {
            _woken = true;
            _thread.Interrupt();
        });

    private void LeaveCell()
    {
        _place.LeaveCell();
        if (!_woken) return;
        _woken = false;
        try
        {
            // An interrupt that arrived after the code had already stopped must not hit the next cell.
            Thread.Sleep(1);
        }
        catch (ThreadInterruptedException)
        {
            // Taken here, so that nobody else gets it.
        }
    }
}
