using System.Globalization;

namespace ConcurrencyLab;

/// <summary>Makes the table of a comparison.</summary>
internal static class ComparisonTable
{
    private static readonly string[] Head =
    [
        "run", "workers", "wall time", "interval", "speed-up", "efficiency", "busy cores", "threads at work", "process threads",
        "allocated", "answer",
    ];

    public static ResultTable Make(Comparison comparison) => new(
        $"{comparison.Title} ({comparison.Where})",
        Head,
        [.. comparison.Runs.Select(run => Row(comparison, run))],
        [
            $"Wall time: {Wording.Repeats(comparison.Runs.Where(run => run.Succeeded).Select(run => run.Wall)).Replace("whiskers: ", "", StringComparison.Ordinal)}. "
                + "Busy cores: processor time over wall time, 0 waits, 1 computes on one core.",
            $"Measuring adds about {Quantity.Time(comparison.Cost.PerRunNanoseconds / 1e6)} to a run and "
                + $"{Nanoseconds(comparison.Cost.PerSpanNanoseconds)} to each recorded item.",
        ]);

    private static IReadOnlyList<string> Row(Comparison comparison, RunResult run)
    {
        var workers = run.Workers is { } count ? Quantity.Count(count) : "";
        if (run.Failure is { } failure)
        {
            return [run.Name, workers, "failed", "", "", "", "", "", "", "", "did not finish: " + Quantity.Shortened(failure, 60)];
        }

        var baseline = comparison.IsBaseline(run);
        return
        [
            run.Name,
            workers,
            Quantity.Time(run.Wall.Median),
            run.Wall.Count > 1 ? $"{Quantity.Time(run.Wall.Low)} – {Quantity.Time(run.Wall.High)}" : "",
            baseline || run.SpeedUp is null ? "" : SpeedUp(run.SpeedUp.Value.Median),
            baseline || run.Efficiency is not { } efficiency ? "" : Quantity.Percent(efficiency),
            run.CpuUtilization.ToString("0.00", CultureInfo.InvariantCulture),
            run.ThreadsAtWork is { } threads ? Quantity.Count(threads) : "",
            run.ProcessThreads is > 0 and var all ? Quantity.Count(all) : "",
            double.IsFinite(run.AllocatedBytes) ? Quantity.Memory(run.AllocatedBytes) : "",
            run.SavedFrom is not null ? "saved" : ReferenceEquals(run, comparison.Baseline) ? "baseline" : run.Agreement switch { Agreement.Same => "same", Agreement.Different => "different", _ => "not checked" },
        ];
    }

    /// <summary>Below one a digit more, so that 0.03× does not read as nothing.</summary>
    private static string SpeedUp(double speedUp) =>
        speedUp < 0.995 ? speedUp.ToString("0.00", CultureInfo.InvariantCulture) + "×" : Quantity.Times(speedUp);

    private static string Nanoseconds(double cost) => cost < 1000
        ? $"{Math.Round(cost)} ns"
        : Quantity.Time(cost / 1e6);
}
