using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using ConcurrencyLab.Common;
using ConcurrencyLab.Kernel.Output;
using ConcurrencyLab.Kernel.Pipes;
using ConcurrencyLab.Kernel.Session;
using ConcurrencyLab.Lab.Files;

namespace ConcurrencyLab.Lab.Execution;

/// <summary>
/// A session in a process of its own: whatever a cell does to its process costs that chapter alone, and the measurements
/// of one chapter are not disturbed by what another left behind.
/// </summary>
internal sealed class ChapterProcess : IAsyncDisposable
{
    /// <summary>How long an interrupted cell, or a session asked to close, may take before its process is killed.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    /// <summary>How long a session may take to open; on an idle machine it takes one to two seconds.</summary>
    private static readonly TimeSpan OpeningLimit = TimeSpan.FromSeconds(60);

    /// <summary>The workload library's switch; the two share no code.</summary>
    private const string SavePython = "CONCURRENCYLAB_SAVE_PYTHON";

    private readonly Process _process;
    private readonly MessageWriter _requests;
    private readonly Task _reading;
    private readonly Task _exited;
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _turn = new();
    private readonly StringBuilder _rawError = new();
    private TaskCompletionSource<CellResult>? _running;
    private Action<CellOutput>? _show;

    private ChapterProcess(Process process)
    {
        _process = process;
        _requests = new MessageWriter(process.StandardInput.BaseStream);
        _reading = Task.WhenAll(
            new MessageReader(process.StandardOutput.BaseStream).ReadToEndAsync<Report>(Receive, text => Show(new StreamOutput(false, text))),
            ReadErrorAsync(process.StandardError));
        _exited = process.WaitForExitAsync(CancellationToken.None);
    }

    /// <summary>False when a cell has ended the process or it had to be killed.</summary>
    public bool IsAlive => !_process.HasExited;

    /// <summary>What it has run out of, in brackets; empty when that is nothing or the system does not tell.</summary>
    public string Shortage() => IsAlive ? OpenFiles.UsedUpBy(_process.Id) : "";

    /// <summary>Starts a process and opens a session for notebooks of a folder.</summary>
    /// <param name="save">Whether figures of Python are kept for learners who have none.</param>
    /// <param name="program">What runs in it: a program that serves a session over pipes; the lab itself when null.</param>
    /// <exception cref="ChapterProcessException">It could not be started, ended before it was ready, or never got ready; the message says why.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; the process is gone.</exception>
    public static async Task<ChapterProcess> StartAsync(string folder, bool save, CancellationToken cancel, string? program = null)
    {
        var start = new ProcessStartInfo(DotnetHost.Path, [program ?? typeof(ChapterProcess).Assembly.Location, PipedHost.Verb])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardErrorEncoding = Encoding.UTF8,
        };
        // One that was set by hand is not meant for this run.
        start.Environment[SavePython] = save ? "1" : null;
        // The ports for debuggers are files, which a process that is killed leaves behind.
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        var chapter = new ChapterProcess(Started(start));
        try
        {
            // One that has ended already is found out below, with what it said.
            chapter.Send(new Request.Open(folder));
            await Task.WhenAny(chapter._ready.Task, chapter._exited).WaitAsync(OpeningLimit, cancel);
            if (chapter._ready.Task.IsCompleted) return chapter;
            throw Failures.NeverStarted(chapter._process.ExitCode, await chapter.LastWordsAsync());
        }
        catch (Exception fault)
        {
            var suspended = ProcessTree.Suspended(chapter._process.Id);
            ProcessTree.End(chapter._process);
            await chapter.DisposeAsync();
            if (fault is TimeoutException) throw Failures.NeverReady(OpeningLimit, suspended);
            throw;
        }
    }

    private static Process Started(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Exception cannot) when (cannot is Win32Exception or IOException)
        {
            throw Failures.CannotStart(cannot);
        }
    }

    /// <param name="show">Receives its outputs in order, on other threads, one at a time.</param>
    /// <param name="limit">Time after which the cell is interrupted and, when that does not help, its process killed.</param>
    /// <param name="cancel">Kills the process at once.</param>
    /// <exception cref="OperationCanceledException">Cancelled; the process is gone.</exception>
    public async Task<CellResult> ExecuteAsync(Cell cell, Action<CellOutput> show, TimeSpan limit, CancellationToken cancel)
    {
        var clock = Stopwatch.StartNew();
        var finished = new TaskCompletionSource<CellResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_turn) (_running, _show) = (finished, show);
        try
        {
            Send(new Request.Execute(cell.Number, cell.Source, cell.Language));
            if (await EndsWithinAsync(limit, finished.Task, cancel)) return await ConcludeAsync(finished.Task, clock.Elapsed);
            var suspended = ProcessTree.Suspended(_process.Id);
            Send(new Request.Interrupt());
            var stopped = await EndsWithinAsync(Grace, finished.Task, cancel);
            if (!stopped) await DismissAsync();
            var error = finished.Task.IsCompletedSuccessfully ? finished.Task.Result.Error : null;
            return new CellResult(Failures.TimeLimit(limit, error, killed: !stopped, suspended), clock.Elapsed);
        }
        catch (OperationCanceledException)
        {
            await DismissAsync();
            throw;
        }
        finally
        {
            lock (_turn) (_running, _show) = (null, null);
        }
    }

    /// <summary>Closes the session and ends the process and whatever the cells have left running.</summary>
    public async ValueTask DisposeAsync()
    {
        if (IsAlive)
        {
            Send(new Request.Close());
            await Task.WhenAny(_exited, Task.Delay(Grace));
        }
        ProcessTree.End(_process);
        await Task.WhenAny(Task.WhenAll(_exited, _reading), Task.Delay(Grace));
        _process.Dispose();
    }

    /// <summary>Ends the process whatever its cell is doing; it has a moment to remove its temporary files.</summary>
    private async Task DismissAsync()
    {
        try
        {
            // It takes the end of its input for our death and leaves.
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It is gone already.
        }
        await Task.WhenAny(_exited, Task.Delay(ProcessTree.Farewell));
        ProcessTree.End(_process);
    }

    private async Task<bool> EndsWithinAsync(TimeSpan limit, Task<CellResult> finished, CancellationToken cancel)
    {
        try
        {
            await Task.WhenAny(finished, _exited).WaitAsync(limit, cancel);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private async Task<CellResult> ConcludeAsync(Task<CellResult> finished, TimeSpan elapsed)
    {
        // A cell that ends the process has often reported before; the report may still be on its way.
        if (!finished.IsCompleted) await Task.WhenAny(_reading, finished, Task.Delay(Grace));
        if (!finished.IsCompletedSuccessfully)
            return new CellResult(Failures.ProcessEnded(_process.ExitCode, await LastWordsAsync()), elapsed);
        if (TakeRawError() is { Length: > 0 } text) Show(new StreamOutput(true, text));
        return await finished;
    }

    private async Task<string> LastWordsAsync()
    {
        await Task.WhenAny(_reading, Task.Delay(Grace));
        return TakeRawError();
    }

    private void Send(Request request)
    {
        try
        {
            _requests.Write(request);
        }
        catch (Exception gone) when (gone is IOException or ObjectDisposedException)
        {
            // The process has ended or was dismissed, which its caller is about to see.
        }
    }

    private void Receive(Report report)
    {
        switch (report)
        {
            case Report.Ready:
                _ready.TrySetResult();
                break;
            case Report.Shown shown:
                Show(shown.Output);
                break;
            case Report.Finished finished:
                lock (_turn) _running?.TrySetResult(finished.Result);
                break;
        }
    }

    // Under the lock, so that nothing is shown any more once the cell's time is over.
    private void Show(CellOutput output)
    {
        lock (_turn) _show?.Invoke(output);
    }

    private async Task ReadErrorAsync(StreamReader reader)
    {
        var block = new char[4096];
        int count;
        while ((count = await reader.ReadAsync(block)) > 0)
        {
            lock (_rawError)
            {
                if (_rawError.Length < OutputCollector.MostText) _rawError.Append(block, 0, count);
            }
        }
    }

    private string TakeRawError()
    {
        lock (_rawError)
        {
            var text = _rawError.ToString();
            _rawError.Clear();
            return text;
        }
    }
}
