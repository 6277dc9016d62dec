using System.Runtime;

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
/// <c>Main</c> does, which is what the chapters teach. Two mechanisms stop a cell. <see cref="ControlledExecution"/>
/// aborts code that computes; <see cref="Thread.Interrupt"/> wakes code that blocks. When neither helps within the
/// grace period (a <c>finally</c> that never ends, native code), the thread is given up.
/// A thread takes one abort in its life: a second one does not reach it (.NET 10.0), and leaves it where not even the
/// garbage collector can suspend it. So after every interrupt the next cell gets a new thread.
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
        // Not disposed: a thread that is given up may still use them.
        // Without spinning: that would take a core from the cell.
        var ended = new ManualResetEventSlim(initialState: false, spinCount: 0);
        var abort = new CancellationTokenSource();
        CellRun? run = null;
        _interrupt = interrupt;
        _work = () =>
        {
            run = RunHere(start, abort.Token);
            ended.Set();
        };
        _wake.Set();

        try
        {
            ended.Wait(interrupt);
        }
        catch (OperationCanceledException)
        {
            Stop(abort, ended, grace);
        }

        IsSpent = IsStopping;
        if (IsSpent) Dispose();
        return ended.IsSet ? run! : new CellRun(null, null, Interrupted: true, null, IsUnstoppable: true);
    }

    private void Stop(CancellationTokenSource abort, ManualResetEventSlim ended, TimeSpan grace)
    {
        _place.RefuseKernel();
        const int Nudges = 20, WakesBeforeAbort = 4;
        var aborting = false;
        for (var nudge = 0; nudge < Nudges; nudge++)
        {
            // Code that blocks is woken, again if it catches everything and blocks again.
            var blocked = Wake();
            if (ended.Wait(grace / Nudges, CancellationToken.None)) return;
            if (aborting || (blocked && nudge < WakesBeforeAbort)) continue;
            // Code that computes is aborted. Aborting blocks until the thread is reached, so it happens aside.
            aborting = true;
            new Thread(() => Abort(abort)) { IsBackground = true, Name = "interrupt" }.Start();
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

    private CellRun RunHere(Func<Task<object?>> start, CancellationToken abort)
    {
        Task<object?>? running = null;
        Exception? failure = null;
        try
        {
#pragma warning disable SYSLIB0046 // Aborting may leave a broken state behind: the price of getting control back, which the reader asked for.
            ControlledExecution.Run(
                () =>
                {
                    _place.EnterCell();
                    try
                    {
                        running = start();
                        if (!running.IsCompleted) ((IAsyncResult)running).AsyncWaitHandle.WaitOne();
                    }
                    catch (Exception exception) when (!IsStopping)
                    {
                        failure = exception;
                    }
                    finally
                    {
                        LeaveCell();
                    }
                },
                abort);
#pragma warning restore SYSLIB0046
        }
        catch (OperationCanceledException)
        {
            // The abort; what there is to say about it is said below.
        }
        catch (Exception) when (IsStopping)
        {
            // What the cell made of being stopped is no error of the reader's.
        }

        if (running is { IsCompletedSuccessfully: true }) return new CellRun(running.Result, null, Interrupted: false, null);
        if (IsStopping) return new CellRun(null, null, Interrupted: true, running is { IsCompleted: false } ? running : null);
        return new CellRun(
            null,
            failure ?? (running is { IsFaulted: true } ? running.Exception!.InnerException : new TaskCanceledException(running)),
            Interrupted: false,
            null);
    }

    private void Abort(CancellationTokenSource abort)
    {
        while (!_place.WhileInCell(abort.Cancel) && !_place.IsElsewhere) Thread.Sleep(1);
    }

    /// <summary>
    /// Wakes the cell's code if it blocks. Only there: woken inside the runtime's own abort machinery, the thread
    /// would be lost with an abort pending, and the garbage collector would wait for it for ever.
    /// </summary>
    private bool Wake() =>
        _thread.ThreadState.HasFlag(ThreadState.WaitSleepJoin)
        && _place.WhileInCell(
            () =>
            {
                _woken = true;
                _thread.Interrupt();
            },
            alsoBeingStopped: true);

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
