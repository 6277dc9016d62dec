using System.Runtime.InteropServices;

namespace ConcurrencyLab.CoffeeShop;

/// <summary>
/// The shop lives exactly as long as its parent holds the other end of standard input: a pipe closes however the parent
/// ends, SIGKILL included. SIGTERM ends it too; SIGINT, which a front end sends to the whole process group to stop a cell,
/// does not (unless a person runs the shop in a terminal and presses Ctrl+C).
/// </summary>
internal sealed class ParentBoundLifetime : IHostLifetime, IDisposable
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly PosixSignalRegistration _interrupt;
    private readonly PosixSignalRegistration _terminate;

    public ParentBoundLifetime()
    {
        var alone = !Console.IsInputRedirected;
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal =>
        {
            signal.Cancel = true;
            if (alone) _ended.TrySetResult();
        });
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
        {
            signal.Cancel = true;
            _ended.TrySetResult();
        });
        new Thread(WatchParent) { IsBackground = true, Name = "parent watch" }.Start();
    }

    /// <summary>Completes when the shop has to close.</summary>
    public Task Ended => _ended.Task;

    private void WatchParent()
    {
        try
        {
            using var input = Console.OpenStandardInput();
            Span<byte> ignored = stackalloc byte[64];
            while (input.Read(ignored) > 0) { }
        }
        catch (IOException)
        {
            // A broken pipe says the same as its end.
        }
        _ended.TrySetResult();
    }

    Task IHostLifetime.WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    Task IHostLifetime.StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        _interrupt.Dispose();
        _terminate.Dispose();
    }
}
