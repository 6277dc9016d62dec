using System.Diagnostics;

namespace ConcurrencyLab;

/// <summary>The parent's end of one worker process.</summary>
internal sealed class WorkerProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Process _process;
    private readonly Task<string> _complaints;

    private WorkerProcess(Process process)
    {
        _process = process;
        // Read to its end always: a full pipe would stop the worker.
        _complaints = process.StandardError.ReadToEndAsync();
    }

    internal static WorkerProcess Start() => new(WorkerLaunch.Start());

    /// <summary>Sends one request and awaits its reply.</summary>
    /// <exception cref="WorkerEndedException">The process ended instead of answering.</exception>
    internal async Task<WorkerReply> AskAsync(WorkerRequest request, CancellationToken cancel)
    {
        string? line = null;
        try
        {
            await _process.StandardInput.WriteLineAsync(WorkerProtocol.Write(request).AsMemory(), cancel).ConfigureAwait(false);
            await _process.StandardInput.FlushAsync(cancel).ConfigureAwait(false);
            line = await _process.StandardOutput.ReadLineAsync(cancel).ConfigureAwait(false);
        }
        catch (IOException)
        {
            // The pipe broke: the process is gone, which the missing line says.
        }

        return line is null ? throw await EndedAsync().ConfigureAwait(false) : WorkerProtocol.Read<WorkerReply>(line);
    }

    private async Task<WorkerEndedException> EndedAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Patience).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var said = _complaints.IsCompletedSuccessfully ? _complaints.Result.Trim().Split('\n')[0] : "";
        var code = _process.HasExited ? $" with exit code {_process.ExitCode}" : "";
        return new WorkerEndedException($"The worker process ended{code}{(said.Length > 0 ? ": " + said : ".")}");
    }

    public void Dispose()
    {
        try
        {
            // A worker leaves when its input ends; one that is stuck is not waited for.
            _process.StandardInput.Close();
            if (!_process.WaitForExit(Patience))
            {
                _process.Kill(entireProcessTree: true);
            }
        }
        catch (Exception error) when (error is IOException or InvalidOperationException or ThreadInterruptedException)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }
}

/// <summary>A worker process ended before it answered: its work crashed it or something killed it.</summary>
public sealed class WorkerEndedException(string message) : Exception(message);
