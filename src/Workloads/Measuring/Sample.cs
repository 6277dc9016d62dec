namespace ConcurrencyLab;

/// <summary>What one repeat of a run cost.</summary>
/// <param name="WallMilliseconds">Time on the wall clock.</param>
/// <param name="CpuMilliseconds">Processor time of this process and of its worker processes, all cores added up.</param>
/// <param name="AllocatedBytes">Bytes allocated on the managed heap by all threads.</param>
/// <param name="ProcessThreads">Threads of this process at the highest moment seen, the runtime's own included.</param>
public readonly record struct Sample(double WallMilliseconds, double CpuMilliseconds, double AllocatedBytes, int ProcessThreads);
