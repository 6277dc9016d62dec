using System.Buffers.Text;
using System.Runtime.InteropServices;

namespace ConcurrencyLab;

/// <summary>
/// What the operating system says the calling thread has used so far. It lets a timeline tell a thread that blocks from
/// one that computes without the code having to announce it. Linux only (getrusage(2), RUSAGE_THREAD); elsewhere only
/// announced waits are seen, see <see cref="Spans.Blocking"/>.
/// </summary>
internal readonly record struct ThreadUsage(long ProcessorMicroseconds, long GaveUpCore)
{
    private const int CurrentThread = 1;
    private const string Schedule = "/proc/thread-self/schedstat";

    internal static bool IsSupported { get; } = OperatingSystem.IsLinux() && Environment.Is64BitProcess;

    internal static ThreadUsage Read()
    {
        if (!IsSupported || GetResourceUsage(CurrentThread, out var usage) != 0)
        {
            return default;
        }

        var micros = (usage.UserSeconds + usage.SystemSeconds) * 1_000_000 + usage.UserMicroseconds + usage.SystemMicroseconds;
        return new ThreadUsage(micros, usage.VoluntarySwitches);
    }

    /// <summary>
    /// How long the calling thread has been ready but found no core, since it began: the second figure of /proc/.../schedstat,
    /// in nanoseconds there. Costs some microseconds, so it is asked only where it decides.
    /// </summary>
    internal static double ReadyMicroseconds()
    {
        if (!IsSupported)
        {
            return 0;
        }

        Span<byte> buffer = stackalloc byte[128];
        try
        {
            using var file = File.OpenHandle(Schedule);
            ReadOnlySpan<byte> text = buffer[..RandomAccess.Read(file, buffer, 0)];
            return Utf8Parser.TryParse(text[(text.IndexOf((byte)' ') + 1)..], out long ready, out _) ? ready / 1000.0 : 0;
        }
        catch (IOException)
        {
            return 0; // A kernel without scheduler statistics.
        }
    }

    /// <summary>Processor time since <paramref name="earlier"/>, in microseconds; null when the thread never gave its core up.</summary>
    internal double? RanSince(ThreadUsage earlier) =>
        GaveUpCore == earlier.GaveUpCore ? null : ProcessorMicroseconds - earlier.ProcessorMicroseconds;

    [DllImport("libc", EntryPoint = "getrusage")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int GetResourceUsage(int who, out ResourceUsage usage);

    /// <summary>struct rusage of 64-bit Linux: two timevals and fourteen longs.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly struct ResourceUsage
    {
        internal readonly long UserSeconds, UserMicroseconds, SystemSeconds, SystemMicroseconds;
        private readonly long _maxResident, _sharedText, _unsharedData, _unsharedStack, _minorFaults, _majorFaults, _swaps;
        private readonly long _blockIn, _blockOut, _messagesSent, _messagesReceived, _signals;
        internal readonly long VoluntarySwitches;
        private readonly long _involuntarySwitches;
    }
}
