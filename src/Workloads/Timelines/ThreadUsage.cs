using System.Runtime.InteropServices;

namespace ConcurrencyLab;

/// <summary>
/// What the operating system says the calling thread has used so far. It lets a timeline tell a thread that blocks from
/// one that computes without the code having to announce it. Linux only (getrusage(2), RUSAGE_THREAD); elsewhere only
/// announced waits are seen, see <see cref="Spans.Blocking"/>.
/// </summary>
internal readonly record struct ThreadUsage(long ProcessorMicroseconds, long GaveUpCore, long WasPreempted)
{
    private const int CurrentThread = 1;

    internal static bool IsSupported { get; } = OperatingSystem.IsLinux() && Environment.Is64BitProcess;

    internal static ThreadUsage Read()
    {
        if (!IsSupported || GetResourceUsage(CurrentThread, out var usage) != 0)
        {
            return default;
        }

        var micros = (usage.UserSeconds + usage.SystemSeconds) * 1_000_000 + usage.UserMicroseconds + usage.SystemMicroseconds;
        return new ThreadUsage(micros, usage.VoluntarySwitches, usage.InvoluntarySwitches);
    }

    /// <summary>
    /// True when most of the time since <paramref name="earlier"/> went by off the processor because the thread itself
    /// gave it up. A thread that was pushed off a crowded core had work to do and counts as running.
    /// </summary>
    internal bool MostlyBlockedSince(ThreadUsage earlier, TimeSpan wall) =>
        ProcessorMicroseconds - earlier.ProcessorMicroseconds < wall.TotalMicroseconds / 2
        && GaveUpCore - earlier.GaveUpCore > WasPreempted - earlier.WasPreempted;

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
        internal readonly long VoluntarySwitches, InvoluntarySwitches;
    }
}
