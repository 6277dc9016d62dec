namespace ConcurrencyLab;

/// <summary>The parent's end of one worker process.</summary>
internal sealed class WorkerProcess : IDisposable
{
    private readonly ChildProcess _child = ChildProcess.Start(WorkerProgram.Verb);

    private WorkerProcess()
    {
    }

    internal static WorkerProcess Start() => new();

    /// <summary>Sends one request and awaits its reply.</summary>
    /// <exception cref="WorkerEndedException">The process ended instead of answering.</exception>
    internal async Task<WorkerReply> AskAsync(WorkerRequest request, CancellationToken cancel)
    {
        string? line = null;
        try
        {
            await _child.Input.WriteLineAsync(WorkerProtocol.Write(request).AsMemory(), cancel).ConfigureAwait(false);
            await _child.Input.FlushAsync(cancel).ConfigureAwait(false);
            line = await _child.Output.ReadLineAsync(cancel).ConfigureAwait(false);
        }
        catch (IOException)
        {
            // The pipe broke: the process is gone, which the missing line says.
        }

        return line is null ? throw await _child.EndedAsync().ConfigureAwait(false) : WorkerProtocol.Read<WorkerReply>(line);
    }

    public void Dispose() => _child.Dispose();
}
