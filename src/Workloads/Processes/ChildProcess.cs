using System.Diagnostics;

namespace ConcurrencyLab;

/// <summary>This library started as another process, on the same dotnet that runs this one. It ends with this process.</summary>
internal sealed class ChildProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Process _process;
    private readonly Task<string> _complaints;

    private ChildProcess(Process process)
    {
        _process = process;
        Id = process.Id;
        // Read to its end always: a full pipe would stop the child.
        _complaints = process.StandardError.ReadToEndAsync();
    }

    internal int Id { get; }

    internal StreamWriter Input => _process.StandardInput;

    internal StreamReader Output => _process.StandardOutput;

    internal bool HasEnded => _process.HasExited;

    /// <summary>
    /// Starts a child with all three streams redirected. Its input is its lifeline: the system closes that pipe when
    /// this process ends, however it ends, and the child leaves when it reads the end of it.
    /// </summary>
    internal static ChildProcess Start(params string[] arguments)
    {
        var start = new ProcessStartInfo(DotnetHost.Path)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        foreach (var argument in (string[])["exec", typeof(ChildProcess).Assembly.Location, .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        return new ChildProcess(Process.Start(start) ?? throw new InvalidOperationException("A worker process could not be started."));
    }

    /// <summary>What to throw when the child did not answer: how it ended and what it said last.</summary>
    internal async Task<WorkerEndedException> EndedAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Patience).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        // What it said may still be on its way when it is gone.
        await ((Task)_complaints).WaitAsync(Patience).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        // A crash says why and then, line by line, where.
        var said = !_complaints.IsCompletedSuccessfully ? ""
            : Quantity.Short(string.Join(' ', _complaints.Result.Split('\n').TakeWhile(line => !line.StartsWith("   at", StringComparison.Ordinal))), 120);
        var code = _process.HasExited ? $" with exit code {_process.ExitCode}" : "";
        return new WorkerEndedException($"The worker process ended{code}{(said.Length > 0 ? ": " + said : ".")}");
    }

    public void Dispose()
    {
        try
        {
            // A child leaves when its input ends; one that is stuck is not waited for.
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
