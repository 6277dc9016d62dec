using System.Runtime.InteropServices;

namespace ConcurrencyLab;

/// <summary>
/// An espresso machine that explodes at order 13 and takes the process with it, the way a fault in native code, a stack
/// overflow or the system's memory killer does: no <c>catch</c> helps. Worker processes are for work like this.
/// <code>var cups = await Processes.Map([11, 12, 13, 14], FaultyMachine.Brew, workers: 1);</code>
/// </summary>
public static class FaultyMachine
{
    /// <summary>The order that makes it explode.</summary>
    public const int FatalOrder = 13;

    private static readonly AsyncLocal<Observer?> Watched = new();

    /// <summary>A cup, or the end of the worker process in which it runs.</summary>
    /// <exception cref="InvalidOperationException">
    /// Order 13 was to be brewed outside a worker process: it would have ended the notebook and everything in it.
    /// </exception>
    public static string Brew(int order)
    {
        Watched.Value?.Brew();
        if (order != FatalOrder)
        {
            return FormattableString.Invariant($"cup {order}");
        }

        if (!WorkerProgram.IsThisProcess)
        {
            throw new InvalidOperationException("Order 13 ends the process it is brewed in, and on a thread that would be this notebook. Give it to Processes.Map.");
        }

        LeaveNoCoreFile();
        Environment.FailFast("the espresso machine exploded");
        return "";
    }

    /// <summary>Counts what the calling code, on whatever threads, brews in this process instead of in a worker.</summary>
    internal static Observer WatchThisProcess() => Watched.Value = new Observer();

    internal sealed class Observer : IDisposable
    {
        private int _brewed;

        internal int Brewed => Volatile.Read(ref _brewed);

        internal void Brew() => Interlocked.Increment(ref _brewed);

        public void Dispose() => Watched.Value = null;
    }

    /// <summary>Where the limit allows it, the system writes the memory of a crashed process into a file beside the notebook.</summary>
    private static void LeaveNoCoreFile()
    {
        const int CoreFileSize = 4;
        if (OperatingSystem.IsLinux() || OperatingSystem.IsMacOS())
        {
            var none = default(Limit);
            _ = SetLimit(CoreFileSize, in none);
        }
    }

    [DllImport("libc", EntryPoint = "setrlimit")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetLimit(int resource, in Limit limit);

    /// <summary>POSIX <c>struct rlimit</c> of 64-bit systems.</summary>
    private readonly record struct Limit(ulong Soft, ulong Hard);
}
