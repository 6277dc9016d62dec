using System.Collections.Concurrent;
using ConcurrencyLab.Kernel.Execution;

namespace ConcurrencyLab.Kernel.Output;

/// <summary>The one thread that hands a session's outputs to its front end.</summary>
internal sealed class OutputDelivery : IDisposable
{
    /// <summary>Shortest time between two deliveries, the pace at which a page can be redrawn; what is written meanwhile is joined.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(30);

    private readonly Lock _delivering = new();
    private readonly ConcurrentQueue<CellOutputs> _due = new();
    private readonly SemaphoreSlim _asked = new(0);
    private volatile bool _closed;

    public OutputDelivery()
    {
        AppDomain.CurrentDomain.ProcessExit += OnProcessExit;
        KernelThread.Start("cell output", Run);
    }

    /// <summary>Asks for a cell's outputs to be delivered soon; returns at once.</summary>
    public void Ask(CellOutputs outputs)
    {
        _due.Enqueue(outputs);
        _asked.Release();
    }

    /// <summary>Delivers a cell's outputs now; they have all arrived when this returns.</summary>
    public void Deliver(CellOutputs outputs)
    {
        lock (_delivering) outputs.DeliverWaiting();
    }

    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= OnProcessExit;
        _closed = true;
        _asked.Release();
    }

    private void Run()
    {
        while (true)
        {
            _asked.Wait();
            if (_closed) return;
            // Before, not after: else a cell's first line is delivered alone or with the next ones, by chance.
            Thread.Sleep(Interval);
            DeliverNext();
        }
    }

    // Taken and delivered in one hold of the lock: what is in neither the queue nor the front end is lost when the process ends.
    private bool DeliverNext()
    {
        lock (_delivering)
        {
            if (!_due.TryDequeue(out var outputs)) return false;
            outputs.DeliverWaiting();
            return true;
        }
    }

    // A cell that ends its process must not take what it has already shown with it.
    private void OnProcessExit(object? sender, EventArgs e)
    {
        while (DeliverNext())
        {
        }
    }
}
