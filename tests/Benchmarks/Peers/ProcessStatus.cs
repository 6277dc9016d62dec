using System.Globalization;

namespace ConcurrencyLab.Benchmarks.Peers;

/// <summary>What Linux says of this process: proc(5), status. Elsewhere the figures that need it are 0.</summary>
internal static class ProcessStatus
{
    internal static double ResidentBytes() => Kilobytes("VmRSS") * 1024;

    /// <summary>The most that was resident since <see cref="ForgetPeak"/>.</summary>
    internal static double PeakBytes() => Kilobytes("VmHWM") * 1024;

    internal static int Threads() => (int)Kilobytes("Threads");

    /// <summary>From now on the peak is counted anew.</summary>
    internal static void ForgetPeak()
    {
        if (OperatingSystem.IsLinux())
        {
            File.WriteAllText("/proc/self/clear_refs", "5");
        }
    }

    private static double Kilobytes(string name) => !OperatingSystem.IsLinux() ? 0 : double.Parse(
        File.ReadLines("/proc/self/status").First(line => line.StartsWith(name + ":", StringComparison.Ordinal)).Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1],
        CultureInfo.InvariantCulture);
}
