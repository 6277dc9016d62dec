using System.Collections.Concurrent;

namespace ConcurrencyLab.Kernel.Output;

/// <summary>The one thread that hands a session's outputs to its front end.</summary>
internal sealed class OutputDelivery : IDisposable
{
    /// <summary>Shortest time between two deliveries, the pace at which a page can be redrawn; what is written meanwhile is joined.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(30);

    private readonly Lock _delivering = new();
    private readonly BlockingCollection<CellOutputs?> _due = [];

    public OutputDelivery()
    {
        AppDomain.CurrentDomain.ProcessExit += OnProcessExit;
        using (ExecutionContext.SuppressFlow()) new Thread(Run) { IsBackground = true, Name = "cell output" }.Start();
    }

    /// <summary>Asks for a cell's outputs to be delivered soon; returns at once.</summary>
    public void Ask(CellOutputs outputs) => _due.Add(outputs);

    /// <summary>Delivers a cell's outputs now; they have all arrived when this returns.</summary>
    public void Deliver(CellOutputs outputs)
    {
        lock (_delivering) outputs.DeliverWaiting();
    }

    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= OnProcessExit;
        _due.Add(null);
    }

    private void Run()
    {
        while (_due.Take() is { } outputs)
        {
            Deliver(outputs);
            Thread.Sleep(Interval);
        }
    }

    // A cell that ends its process must not take what it has already shown with it.
    private void OnProcessExit(object? sender, EventArgs e)
    {
        while (_due.TryTake(out var outputs) && outputs is not null) Deliver(outputs);
    }
}
