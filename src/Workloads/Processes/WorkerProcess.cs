namespace ConcurrencyLab;

/// <summary>The parent's end of one worker process.</summary>
internal sealed class WorkerProcess : IDisposable
{
    private readonly ChildProcess _child = ChildProcess.Start(WorkerProgram.Verb);

    private WorkerProcess()
    {
    }

    internal static WorkerProcess Start() => new();

    /// <summary>Sends one request and waits for its reply on the calling thread, which only the end of the process wakes earlier.</summary>
    /// <exception cref="WorkerEndedException">The process ended instead of answering.</exception>
    internal WorkerReply Ask(WorkerRequest request)
    {
        string? line = null;
        try
        {
            _child.Input.WriteLine(WorkerProtocol.Write(request));
            _child.Input.Flush();
            line = _child.Output.ReadLine();
        }
        catch (Exception gone) when (gone is IOException or ObjectDisposedException)
        {
            // The pipe broke or was closed: the process is gone, which the missing line says.
        }

        return line is null ? throw _child.EndedAsync().GetAwaiter().GetResult() : WorkerProtocol.Read<WorkerReply>(line);
    }

    /// <summary>Sends one request and awaits its reply.</summary>
    /// <exception cref="WorkerEndedException">The process ended instead of answering.</exception>
    internal async Task<WorkerReply> AskAsync(WorkerRequest request)
    {
        string? line = null;
        try
        {
            await _child.Input.WriteLineAsync(WorkerProtocol.Write(request)).ConfigureAwait(false);
            await _child.Input.FlushAsync().ConfigureAwait(false);
            line = await _child.Output.ReadLineAsync().ConfigureAwait(false);
        }
        catch (IOException)
        {
            // The pipe broke: the process is gone, which the missing line says.
        }

        return line is null ? throw await _child.EndedAsync().ConfigureAwait(false) : WorkerProtocol.Read<WorkerReply>(line);
    }

    /// <summary>Ends the process; whoever waits for its answer hears of it.</summary>
    internal void End() => _child.End();

    public void Dispose() => _child.Dispose();
}
