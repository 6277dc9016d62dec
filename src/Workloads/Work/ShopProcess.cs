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
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _closed;

    private ShopProcess(Process process, string address)
    {
        _process = process;
        Address = address;
        process.Exited += (_, _) => _ended.TrySetResult();
        process.EnableRaisingEvents = true; // raises at once when it has already ended
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

    /// <summary>Completes when it has ended.</summary>
    public Task Ended => _ended.Task;

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
            var complaint = new StringBuilder();
            process.ErrorDataReceived += (_, line) => { lock (complaint) complaint.AppendLine(line.Data); };
            process.BeginErrorReadLine();
            var first = process.StandardOutput.ReadLineAsync();
            if (!first.Wait(StartLimit)) throw new InvalidOperationException($"The coffee shop did not open within {StartLimit.TotalSeconds:0} s: the machine may be busy; run the cell again.");
            if (first.Result is { } line) return new ShopProcess(process, JsonSerializer.Deserialize(line, ShopJson.Default.ShopReady)!.Address);
            process.WaitForExit(); // also waits for the last of what it complained about
            string said;
            lock (complaint) said = complaint.ToString().Trim();
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
        _ended.TrySetResult();
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

    private sealed class EndedEarlyException(int exitCode, string said) : InvalidOperationException(
        $"The coffee shop ended with code {exitCode} before it opened{(said.Length == 0 ? "." : ": " + said)}")
    {
        public bool SaidNothing { get; } = said.Length == 0;
    }
}
