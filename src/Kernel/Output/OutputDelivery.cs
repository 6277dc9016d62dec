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
        _closed = true;
        _wake.Set();
    }

    private void Run()
    {
        while (!_closed)
        {
            _wake.WaitOne();
            CellOutputs[] due;
            lock (_gate)
            {
                due = [.. _asked];
                _asked.Clear();
            }

            var started = Stopwatch.GetTimestamp();
            foreach (var outputs in due) Deliver(outputs);
            if (due.Length == 0) continue;
            var pause = due.Max(outputs => outputs.Interval) - Stopwatch.GetElapsedTime(started);
            // Not a wait for something: the pace at which a page can be redrawn.
            if (pause > TimeSpan.Zero) Thread.Sleep(pause);
        }
    }
}
