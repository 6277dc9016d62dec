using System.Diagnostics;
using System.Globalization;

namespace ConcurrencyLab;

/// <summary>
/// Waits for the rest of this process to be quiet: the compiler still optimises in the background what the cells before
/// have run, and on few cores that would be measured as the user's work.
/// </summary>
internal static class Quiet
{
    private const double Busy = 0.2;

    /// <summary>Whether this runtime has tiers: what is run often is compiled once more, in the background.</summary>
    internal static bool CompilesTwice { get; } = !AppContext.TryGetSwitch("System.Runtime.TieredCompilation", out var tiers) || tiers;

    // The second compilation begins a tenth of a second after the last new method was called: a shorter silence proves nothing.
    private static readonly int Enough = CompilesTwice ? 3 : 1;
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(50);

    /// <summary>The last half second tells: before it, what the cells before have begun may have come to its end.</summary>
    private const int Late = 10;

    /// <summary>Returns when it is quiet, or after that long: a user's own background work may never end.</summary>
    /// <returns>How many cores that work kept busy or wanted of late, the runtime's compiler left out; 0 when it is quiet.</returns>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    internal static double Wait(TimeSpan longest, CancellationToken cancel)
    {
        var quiet = 0;
        var looks = new List<(long At, TimeSpan Processor)>();
        var wanted = new List<int>();
        for (var waited = TimeSpan.Zero; waited < longest; waited += Slice)
        {
            looks.Add((Stopwatch.GetTimestamp(), Meter.ProcessorTime()));
            var before = Environment.CpuUsage.TotalTime;
            cancel.WaitHandle.WaitOne(Slice);
            cancel.ThrowIfCancellationRequested();
            var used = Environment.CpuUsage.TotalTime - before;
            wanted.Add(RunnableThreads.Others ?? 0);
            quiet = used < Slice * Busy && wanted[^1] == 0 ? quiet + 1 : 0;
            if (quiet == Enough) return 0;
        }

        if (looks.Count == 0) return 0;
        var (at, processor) = looks[^Math.Min(looks.Count, Late)];
        var busy = Math.Max((Meter.ProcessorTime() - processor) / Stopwatch.GetElapsedTime(at), IsWanted(wanted.TakeLast(Late)) ? 1 : 0);
        return busy < Busy ? 0 : Math.Min(busy, Environment.ProcessorCount);
    }

    /// <summary>True when some thread wanted a core at nearly every look. Not how many: on a busy machine those that only wake now and then stand in line, too.</summary>
    private static bool IsWanted(IEnumerable<int> looks) => looks.Order().Skip(1).FirstOrDefault() > 0;

    /// <summary>What to tell a reader of figures that were measured beside other work; null when it was quiet.</summary>
    internal static string? Warning(double busyCores) => busyCores == 0 ? null
        : string.Create(CultureInfo.InvariantCulture, $"something else in this notebook kept {busyCores:0.0} cores busy");
}
