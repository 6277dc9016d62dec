using System.Globalization;
using System.Runtime;
using System.Runtime.InteropServices;

namespace ConcurrencyLab;

/// <summary>The machine and runtime that figures were measured on.</summary>
/// <param name="Cores">Logical processors that this process may use.</param>
/// <param name="Processor">The processor's own name, or its architecture where the system does not tell.</param>
/// <param name="MemoryGiB">Memory that this process may use, in GiB.</param>
/// <param name="System">Operating system.</param>
/// <param name="Runtime">.NET version.</param>
/// <param name="GarbageCollector">Workstation or server, concurrent or not.</param>
public sealed record Machine(int Cores, string Processor, double MemoryGiB, string System, string Runtime, string GarbageCollector)
{
    /// <summary>This machine.</summary>
    public static Machine Here { get; } = new(
        Environment.ProcessorCount,
        ProcessorName.Here,
        Math.Round(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (double)(1L << 30), 1),
        RuntimeInformation.OSDescription,
        RuntimeInformation.FrameworkDescription,
        (GCSettings.IsServerGC ? "server" : "workstation") + (GCSettings.LatencyMode == GCLatencyMode.Batch ? "" : ", concurrent"));

    /// <summary>The line under every chart's title: how many cores and which runtime.</summary>
    public string Subtitle => string.Create(CultureInfo.InvariantCulture, $"{Cores} {(Cores == 1 ? "core" : "cores")}, {Runtime}");
}
