using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace ConcurrencyLab;

/// <summary>
/// Another program that works for this process: this library started once more, the coffee shop, or a Python script. Its
/// input is its lifeline: the system closes that pipe when this process ends, however it ends, and the child leaves when it
/// reads the end of it.
/// </summary>
internal sealed class ChildProcess : IDisposable
{
    private static readonly TimeSpan ExitTimeout = TimeSpan.FromSeconds(2);

    private readonly Process _process;
    private readonly Task<string> _errors;

    private ChildProcess(Process process)
    {
        _process = process;
        Id = process.Id;
        // Read to its end always: a full pipe would stop the child.
        _errors = process.StandardError.ReadToEndAsync();
    }

    internal int Id { get; }

    /// <summary>The file that was started.</summary>
    internal string Program => _process.StartInfo.FileName;

    internal StreamWriter Input => _process.StandardInput;

    internal StreamReader Output => _process.StandardOutput;

    /// <summary>Starts this library as another process, on the same dotnet that runs this one.</summary>
    internal static ChildProcess Start(params string[] arguments) =>
        Start(new ProcessStartInfo(DotnetHost.Path, ["exec", typeof(ChildProcess).Assembly.Location, .. arguments]));

    /// <summary>Starts a program with all three streams redirected.</summary>
    /// <exception cref="Win32Exception">It cannot be started.</exception>
    internal static ChildProcess Start(ProcessStartInfo start)
    {
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        start.StandardOutputEncoding = start.StandardErrorEncoding = Encoding.UTF8;
        start.UseShellExecute = false;
        start.CreateNoWindow = true;
        // The ports for debuggers are files, which a process that is killed leaves behind.
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        return new ChildProcess(Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} could not be started."));
    }

    /// <summary>Whether it has ended, or ends before the time is over, which the calling thread waits for.</summary>
    internal bool EndsWithin(TimeSpan timeout)
    {
        var ended = true;
        UnlessGone(() => ended = _process.WaitForExit(timeout));
        return ended;
    }

    /// <summary>Whether it has ended, or ends before the time is over; no thread is held meanwhile.</summary>
    internal async Task<bool> EndsWithinAsync(TimeSpan timeout)
    {
        await _process.WaitForExitAsync().WaitAsync(timeout).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return EndsWithin(TimeSpan.Zero);
    }

    /// <summary>Why the child did not answer: its exit code in words, if it has one, and what it last wrote to its error stream.</summary>
    internal async Task<(string Code, string[] Said)> LastWordsAsync()
    {
        int? code = null;
        if (await EndsWithinAsync(ExitTimeout).ConfigureAwait(false)) UnlessGone(() => code = _process.ExitCode);
        // What it said may still be on its way when it is gone.
        await ((Task)_errors).WaitAsync(ExitTimeout).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return (code is null ? "" : $" with exit code {code}", _errors.IsCompletedSuccessfully ? _errors.Result.Trim().Split('\n') : []);
    }

    /// <summary>What to throw when a child that is this library did not answer.</summary>
    internal async Task<WorkerEndedException> EndedAsync()
    {
        var (code, lines) = await LastWordsAsync().ConfigureAwait(false);
        // A crash says why and then, line by line, where.
        var said = Quantity.Shortened(string.Join(' ', lines.TakeWhile(line => !line.StartsWith("   at", StringComparison.Ordinal))), 120);
        return new WorkerEndedException($"The worker process ended{code}{(said.Length > 0 ? ": " + said : ".")}");
    }

    /// <summary>Tells the child to leave.</summary>
    internal void Close() => UnlessGone(() => _process.StandardInput.Close());

    /// <summary>Ends the child and whatever it started.</summary>
    internal void Kill() => UnlessGone(() => _process.Kill(entireProcessTree: true));

    /// <summary>Ends the child and forgets it; one that is stuck is not waited for long.</summary>
    public void Dispose()
    {
        try
        {
            Close();
            if (!EndsWithin(ExitTimeout)) Kill();
        }
        catch (ThreadInterruptedException)
        {
            Kill();
        }

        _process.Dispose();
    }

    private static void UnlessGone(Action act)
    {
        try
        {
            act();
        }
        catch (Exception gone) when (gone is InvalidOperationException or IOException or Win32Exception or AggregateException)
        {
            // It has ended already, or was disposed meanwhile by another thread.
        }
    }
}

/// <summary>A worker process ended before it answered: its work crashed it or something killed it.</summary>
public sealed class WorkerEndedException(string message) : Exception(message);
