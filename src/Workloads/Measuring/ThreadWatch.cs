using System.Buffers.Text;
using System.Diagnostics;
using Microsoft.Win32.SafeHandles;

namespace ConcurrencyLab;

/// <summary>Watches how many threads this process has, from a thread of its own that it does not count.</summary>
internal sealed class ThreadWatch : IDisposable
{
    private const string Stat = "/proc/self/stat";
    private static readonly bool HasProc = File.Exists(Stat);
    // Counting through the process list costs milliseconds, through /proc some microseconds.
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(HasProc ? 10 : 100);

    private readonly ManualResetEventSlim _stop = new();
    private readonly Lock _gate = new();
    private readonly Thread _thread;
    // Kept open: what is measured may use up all files that this process may have, and nobody could catch what the thread throws.
    private readonly SafeFileHandle? _stat = HasProc ? File.OpenHandle(Stat) : null;
    private int _peak;

    internal ThreadWatch()
    {
        _thread = new Thread(() =>
        {
            while (!_stop.Wait(Interval)) Look();
        })
        { IsBackground = true, Name = "thread watch" };
        _thread.Start();
    }

    /// <summary>The highest count since <see cref="Reset"/>, looked at once more now.</summary>
    internal int Peak => Look();

    internal void Reset()
    {
        lock (_gate) _peak = 0;
        Look();
    }

    public void Dispose()
    {
        _stop.Set();
        _thread.Join();
        _stop.Dispose();
        _stat?.Dispose();
    }

    private int Look()
    {
        lock (_gate) return _peak = Math.Max(_peak, Count());
    }

    private int Count()
    {
        if (_stat is null)
        {
            using var process = Process.GetCurrentProcess();
            return process.Threads.Count - 1;
        }

        // Read without allocating: what is measured counts allocations, too.
        System.Span<byte> buffer = stackalloc byte[1024];
        ReadOnlySpan<byte> stat = buffer[..RandomAccess.Read(_stat, buffer, 0)];
        // proc(5): the 20th field; the second one, the name, may hold spaces and ends at the last parenthesis.
        stat = stat[(stat.LastIndexOf((byte)')') + 2)..];
        for (var field = 3; field < 20; field++)
        {
            stat = stat[(stat.IndexOf((byte)' ') + 1)..];
        }

        return Utf8Parser.TryParse(stat, out int threads, out _) ? threads - 1 : 0;
    }
}
