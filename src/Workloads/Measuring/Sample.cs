namespace ConcurrencyLab;

/// <summary>What one repeat of a run cost.</summary>
/// <param name="WallMilliseconds">Time on the wall clock.</param>
/// <param name="CpuMilliseconds">Processor time of this process, the runtime's compiler left out, and of its worker processes; all cores added up.</param>
/// <param name="AllocatedBytes">Bytes allocated on the managed heap by all threads.</param>
/// <param name="ProcessThreads">Threads of this process at the highest moment seen, the runtime's own included.</param>
public readonly record struct Sample(double WallMilliseconds, double CpuMilliseconds, double AllocatedBytes, int ProcessThreads)
{
    /// <summary>What the system says of the thread that ran it; zero where it does not tell.</summary>
    internal ThreadTime MainThread { get; init; }
}

/// <summary>What the system's scheduler says of one thread.</summary>
/// <param name="CpuMilliseconds">Time on a core.</param>
/// <param name="ReadyMilliseconds">Time in which it was ready to run but other programs had the cores.</param>
/// <param name="GaveUpCore">Whether it ever stopped to wait for something. Where it did not, all its time was computing, also what a
/// virtual machine's host took from it.</param>
internal readonly record struct ThreadTime(double CpuMilliseconds, double ReadyMilliseconds, bool GaveUpCore);
