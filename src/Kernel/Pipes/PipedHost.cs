using System.Runtime.InteropServices;
using System.Text.Json;
using System.Threading.Channels;
using ConcurrencyLab.Kernel.Session;

namespace ConcurrencyLab.Kernel.Pipes;

/// <summary>The inside of a chapter's process: a session, of whatever engine, that does what the runner asks over two pipes.</summary>
/// <param name="open">Opens the session.</param>
/// <param name="parentGone">Called when the runner has died.</param>
public sealed class PipedHost(Func<SessionOptions, Task<ISession>> open, Action parentGone)
{
    /// <summary>The word on the command line of a process that is one.</summary>
    public const string Verb = "execute";

    private readonly Channel<Request> _requests = Channel.CreateUnbounded<Request>();
    private readonly Lock _turn = new();
    private CancellationTokenSource? _running;

    /// <summary>Makes this process one: standard input and output are the pipes, signals are those of a kernel.</summary>
    /// <param name="open">Opens the session.</param>
    public static async Task ServeAsync(Func<SessionOptions, Task<ISession>> open)
    {
        ProcessTree.BecomeLeader();
        var host = new PipedHost(open, ProcessTree.Leave);
        // A terminal's Ctrl-C is the runner's affair; a signal to this process alone is meant for its cell, as with any kernel.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal =>
        {
            signal.Cancel = true;
            host.Interrupt();
        });
        // The runtime would end without letting anybody remove temporary files.
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
        {
            signal.Cancel = true;
            ProcessTree.LeaveTerminated();
        });
        await host.RunAsync(Console.OpenStandardInput(), Console.OpenStandardOutput()).ConfigureAwait(false);
    }

    /// <summary>Serves requests until it is told to close, or its session has come to its end.</summary>
    /// <param name="input">Requests; its end without a <see cref="Request.Close"/> means that the runner died.</param>
    /// <param name="output">Reports.</param>
    public async Task RunAsync(Stream input, Stream output)
    {
        var writer = new MessageWriter(output);
        // A thread of its own: cells may keep the thread pool busy for ever, and the runner's death must still be noticed.
        new Thread(() => Listen(input)) { IsBackground = true, Name = "lab requests" }.Start();
        ISession? session = null;
        try
        {
            await foreach (var request in _requests.Reader.ReadAllAsync().ConfigureAwait(false))
            {
                if (request is Request.Open wanted)
                {
                    session = await open(new SessionOptions { WorkingFolder = wanted.Folder }).ConfigureAwait(false);
                    writer.Write<Report>(new Report.Ready());
                }
                else if (request is Request.Execute cell)
                {
                    writer.Write<Report>(new Report.Finished(cell.Number, await ExecuteAsync(session!, cell, writer).ConfigureAwait(false)));
                    if (session!.IsLost) break;
                }
            }
        }
        finally
        {
            if (session is not null) await session.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task<CellResult> ExecuteAsync(ISession session, Request.Execute cell, MessageWriter writer)
    {
        using var interrupt = new CancellationTokenSource();
        lock (_turn) _running = interrupt;
        try
        {
            return await session.ExecuteAsync(new Cell(cell.Source, cell.Number) { Language = cell.Language }, shown => writer.Write<Report>(new Report.Shown(shown)), interrupt.Token).ConfigureAwait(false);
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
