using System.Text.Json;
using System.Threading.Channels;
using ConcurrencyLab.Kernel.Session;

namespace ConcurrencyLab.Lab.Execution;

/// <summary>The inside of a chapter's process: a session that does what the runner asks over two pipes.</summary>
internal sealed class ChapterHost(Func<SessionOptions, Task<ISession>> open, Action parentGone)
{
    /// <summary>The word on the command line of a process that is one.</summary>
    public const string Verb = "execute";

    private readonly Channel<Request> _requests = Channel.CreateUnbounded<Request>();
    private readonly Lock _turn = new();
    private CancellationTokenSource? _running;

    /// <summary>Serves requests until it is told to close.</summary>
    /// <param name="input">Requests; its end without a <see cref="Request.Close"/> means that the runner died.</param>
    public async Task RunAsync(Stream input, Stream output)
    {
        var writer = new MessageWriter(output);
        // A thread of its own: cells may keep the thread pool busy for ever, and the runner's death must still be noticed.
        new Thread(() => Listen(input)) { IsBackground = true, Name = "lab requests" }.Start();
        ISession? session = null;
        try
        {
            await foreach (var request in _requests.Reader.ReadAllAsync())
            {
                if (request is Request.Open wanted)
                {
                    session = await open(new SessionOptions { WorkingFolder = wanted.Folder });
                    writer.Write<Report>(new Report.Ready());
                }
                else if (request is Request.Execute cell)
                {
                    writer.Write<Report>(new Report.Finished(cell.Number, await ExecuteAsync(session!, cell, writer)));
                }
            }
        }
        finally
        {
            if (session is not null) await session.DisposeAsync();
        }
    }

    private async Task<CellResult> ExecuteAsync(ISession session, Request.Execute cell, MessageWriter writer)
    {
        using var interrupt = new CancellationTokenSource();
        lock (_turn) _running = interrupt;
        try
        {
            return await session.ExecuteAsync(new Cell(cell.Source, cell.Number) { Language = cell.Language }, shown => writer.Write<Report>(new Report.Shown(shown)), interrupt.Token);
        }
        finally
        {
            lock (_turn) _running = null;
        }
    }

    private void Listen(Stream input)
    {
        using var lines = new StreamReader(input);
        while (lines.ReadLine() is { } line)
        {
            var request = JsonSerializer.Deserialize<Request>(line.TrimStart((char)MessageWriter.Separator), MessageJson.Options);
            switch (request)
            {
                case Request.Close:
                    _requests.Writer.Complete();
                    return;
                case Request.Interrupt:
                    Interrupt();
                    break;
                case not null:
                    _requests.Writer.TryWrite(request);
                    break;
            }
        }
        parentGone();
    }

    /// <summary>Asks the running cell to stop; without one it does nothing.</summary>
    public void Interrupt()
    {
        CancellationTokenSource? running;
        lock (_turn) running = _running;
        try
        {
            // Not under the lock: what the session does on cancellation is its own affair.
            running?.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The cell ended in the same moment.
        }
        catch (AggregateException)
        {
            // Thrown by callbacks of the cell's own; all of them have run, and the cell is interrupted.
        }
    }
}
