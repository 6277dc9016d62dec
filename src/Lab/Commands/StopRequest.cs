using System.Runtime.InteropServices;

namespace ConcurrencyLab.Lab.Commands;

/// <summary>
/// Ctrl-C, a request to terminate, or a terminal that closes. Heard from the program's first moment on: the command line's
/// own listener begins only after the first chapter's process has been started, and a signal before that would just kill.
/// </summary>
internal sealed class StopRequest : IDisposable
{
    /// <summary>How long a command that heeds <see cref="Token"/> may take to end: a chapter has one second to tidy up.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(3);

    private readonly CancellationTokenSource _asked = new();
    private readonly PosixSignalRegistration[] _registrations;
    private Timer? _end;

    public StopRequest() => _registrations = [.. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP }.Select(signal => PosixSignalRegistration.Create(signal, Hear))];

    /// <summary>Cancelled by the first request.</summary>
    public CancellationToken Token => _asked.Token;

    /// <summary>Whether the command that runs heeds <see cref="Token"/>; one that does not is ended at once.</summary>
    public bool IsHeeded { get; set; }

    public void Dispose()
    {
        foreach (var registration in _registrations) registration.Dispose();
        _end?.Dispose();
        _asked.Dispose();
    }

    private void Hear(PosixSignalContext signal)
    {
        signal.Cancel = true;
        // Asked twice means at once.
        if (!IsHeeded || _end is not null) End();
        _end = new Timer(_ => End(), null, Grace, Timeout.InfiniteTimeSpan);
        _ = _asked.CancelAsync();
    }

    private static void End()
    {
        Console.Error.WriteLine("Stopped.");
        Environment.Exit(ExitCodes.Stopped);
    }
}
