using System.Diagnostics;

namespace ConcurrencyLab.Kernel.Output;

/// <summary>The one thread that hands a session's outputs to its front end.</summary>
internal sealed class OutputDelivery : IDisposable
{
    private readonly Lock _delivering = new();
    private readonly Lock _gate = new();
    private readonly HashSet<CellOutputs> _asked = [];
    private readonly AutoResetEvent _wake = new(false);
    private readonly Thread _thread;
    private volatile bool _closed;

    public OutputDelivery()
    {
        AppDomain.CurrentDomain.ProcessExit += OnProcessExit;
        using (ExecutionContext.SuppressFlow())
        {
            _thread = new Thread(Run) { IsBackground = true, Name = "cell output" };
            _thread.Start();
        }
    }

    /// <summary>Asks for a cell's outputs to be delivered soon; returns at once.</summary>
    public void Ask(CellOutputs outputs)
    {
        lock (_gate)
        {
            if (!_asked.Add(outputs)) return;
        }

        _wake.Set();
    }

    /// <summary>Delivers a cell's outputs now.</summary>
    public void Deliver(CellOutputs outputs)
    {
        lock (_delivering) outputs.DeliverWaiting();
    }

    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= OnProcessExit;
        _closed = true;
        _wake.Set();
    }

    // One hold of the lock for taking and delivering: whoever gets it next finds nothing half delivered.
    private CellOutputs[] DeliverAsked()
    {
        lock (_delivering)
        {
            CellOutputs[] due;
            lock (_gate)
            {
                due = [.. _asked];
                _asked.Clear();
            }

            foreach (var outputs in due) outputs.DeliverWaiting();
            return due;
        }
    }

    // A cell that ends its process must not take what it has already shown with it.
    private void OnProcessExit(object? sender, EventArgs e) => DeliverAsked();

    private void Run()
    {
        while (!_closed)
        {
            _wake.WaitOne();
            var started = Stopwatch.GetTimestamp();
            var due = DeliverAsked();
            if (due.Length == 0) continue;
            var pause = due.Max(outputs => outputs.Interval) - Stopwatch.GetElapsedTime(started);
            // Not a wait for something: the pace at which a page can be redrawn.
            if (pause > TimeSpan.Zero) Thread.Sleep(pause);
        }
    }
}
