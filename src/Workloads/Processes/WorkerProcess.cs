using System.Text.Json;

namespace ConcurrencyLab;

/// <summary>The parent's end of one worker process.</summary>
internal sealed class WorkerProcess : IDisposable
{
    private readonly ChildProcess _child = ChildProcess.Start(WorkerProgram.Verb);
    private readonly Lock _turn = new();
    private WorkerJob? _told;
    private long _processorTicks;

    /// <summary>
    /// Has it do a job on an item and waits for the reply on the calling thread, which only the end of the process wakes
    /// earlier. The reply's processor time is what has passed since the one before.
    /// </summary>
    /// <exception cref="WorkerEndedException">The process ended instead of answering.</exception>
    internal WorkerReply Ask<TItem>(WorkerJob job, TItem item)
    {
        // Two at once would read each other's replies.
        lock (_turn)
        {
            var request = new WorkerRequest(job == _told ? null : job, JsonSerializer.SerializeToElement(item, WorkerJson.Options));
            string? line = null;
            try
            {
                _child.Input.WriteLine(JsonSerializer.Serialize(request));
                _child.Input.Flush();
                line = _child.Output.ReadLine();
            }
            catch (Exception gone) when (gone is IOException or ObjectDisposedException)
            {
                // The pipe broke or was closed: the process is gone, which the missing line says.
            }

            var reply = line is null ? throw _child.EndedAsync().GetAwaiter().GetResult() : JsonSerializer.Deserialize<WorkerReply>(line)!;
            // A job that could not be found is told again.
            _told = reply.Error is null ? job : null;
            var before = _processorTicks;
            _processorTicks = reply.ProcessorTicks;
            return reply with { ProcessorTicks = reply.ProcessorTicks - before };
        }
    }

    /// <summary>Tells it to leave.</summary>
    internal void Close() => _child.Close();

    /// <summary>Ends the process; a thread that waits for its answer hears of it.</summary>
    public void Dispose() => _child.Dispose();
}
