using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace ConcurrencyLab;

/// <summary>
/// The shop's process. We hold the write end of its standard input and never write: the system closes that pipe however we
/// end, and the shop takes the end of its input as its closing time.
/// </summary>
internal sealed class ShopProcess : IDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private volatile bool _closed;

    private ShopProcess(Process process, string address)
    {
        _process = process;
        Address = address;
    }

    /// <summary>Where it answers, such as <c>http://127.0.0.1:46431</c>.</summary>
    public string Address { get; }

    /// <summary>The number by which the system knows it.</summary>
    public int Id => _process.Id;

    /// <summary>Whether it still runs.</summary>
    public bool IsAlive
    {
        get
        {
            try
            {
                return !_closed && !_process.HasExited;
            }
            catch (InvalidOperationException)
            {
                return false; // closed by somebody else in between
            }
        }
    }

    /// <summary>Waits for its end, at most as long as said, and tells whether it has ended.</summary>
    public bool EndsWithin(TimeSpan timeout)
    {
        try
        {
            return !IsAlive || _process.WaitForExit(timeout);
        }
        catch (InvalidOperationException)
        {
            return true;
        }
    }

    /// <inheritdoc cref="EndsWithin"/>
    public async Task<bool> EndsWithinAsync(TimeSpan timeout)
    {
        if (!IsAlive) return true;
        using var enough = new CancellationTokenSource(timeout);
        try
        {
            await _process.WaitForExitAsync(enough.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return !IsAlive;
        }
        catch (InvalidOperationException)
        {
            return true;
        }
    }

    /// <summary>Starts a shop and waits until it takes orders. Throws <see cref="InvalidOperationException"/> with what it said when it does not.</summary>
    public static ShopProcess Start()
    {
        try
        {
            return StartOnce();
        }
        catch (EndedEarlyException ended) when (ended.SaidNothing)
        {
            // An interrupt meant for a cell can hit the child before it has learnt to ignore it.
            return StartOnce();
        }
    }

    private static ShopProcess StartOnce()
    {
        var start = new ProcessStartInfo(DotnetHost.Path)
        {
            ArgumentList = { "exec", ShopLocation.Find() },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        var process = Process.Start(start)!;
        try
        {
            // Read on this thread and not asynchronously: a pool whose threads all wait for the shop has none left to read.
            // Killing it at the time limit ends the read.
            string? line;
            var late = false;
            using (new Timer(_ => { late = true; Kill(process); }, null, StartLimit, Timeout.InfiniteTimeSpan)) line = process.StandardOutput.ReadLine();
            if (late) throw new InvalidOperationException($"The coffee shop did not open within {StartLimit.TotalSeconds:0} s: the machine may be busy; run the cell again.");
            if (line is not null) return new ShopProcess(process, JsonSerializer.Deserialize(line, ShopJson.Default.ShopReady)!.Address);
            var said = process.StandardError.ReadToEnd().Trim();
            process.WaitForExit();
            throw new EndedEarlyException(process.ExitCode, said);
        }
        catch
        {
            Close(process);
            throw;
        }
    }

    /// <summary>Closes the shop; orders in flight are lost.</summary>
    public void Dispose()
    {
        _closed = true;
        Close(_process);
    }

    private static void Close(Process process)
    {
        try
        {
            process.StandardInput.Close();
            if (!process.WaitForExit(TimeSpan.FromSeconds(5))) process.Kill();
        }
        catch (Exception gone) when (gone is InvalidOperationException or IOException)
        {
            // It has ended by itself.
        }
        process.Dispose();
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself, just now.
        }
    }

    private sealed class EndedEarlyException(int exitCode, string said) : InvalidOperationException(
        $"The coffee shop ended with code {exitCode} before it opened{(said.Length == 0 ? "." : ": " + said)}")
    {
        public bool SaidNothing { get; } = said.Length == 0;
    }
}
