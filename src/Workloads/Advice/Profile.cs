using System.Diagnostics;

namespace ConcurrencyLab;

/// <summary>What was seen of a few items, one at a time.</summary>
/// <param name="ItemMilliseconds">Wall time of an item.</param>
/// <param name="CpuUtilization">Processor time over wall time.</param>
/// <param name="HeldShare">Share of its wall time for which asynchronous work held its caller; 0 for other work.</param>
/// <param name="IsAsynchronous">Whether the work can wait without a thread.</param>
/// <param name="HasTwoSteps">Whether waiting and computing are apart already.</param>
/// <param name="Problem">Why there is nothing to advise, in a sentence; null when there is.</param>
public sealed record Profile(double ItemMilliseconds, double CpuUtilization, double HeldShare, bool IsAsynchronous, bool HasTwoSteps, string? Problem = null)
{
    /// <summary>Whether an item waits or computes.</summary>
    public WorkKind Kind => WorkKinds.Of(CpuUtilization);

    /// <summary>Whether it is called asynchronous and yet holds its caller for most of its time.</summary>
    public bool HoldsItsCaller => IsAsynchronous && !HasTwoSteps && HeldShare > 0.5;
}

/// <summary>Measures a few items, one at a time, by the same means as every comparison.</summary>
internal static class Profiler
{
    private const int EnoughItems = 8;

    /// <summary>One thread can have no more than one core; what is above that by so much is other threads' work.</summary>
    private const double SeveralCores = 1.5;

    private static readonly MeasureOptions Briefly = new()
    {
        Budget = TimeSpan.FromSeconds(0.25),
        MinRepeats = 1,
        MaxRepeats = EnoughItems,
        RecordSpans = false,
    };

    internal static async Task<Profile> Profile<TItem, TResult>(TItem[] items, Job<TItem, TResult> job, TimeSpan limit, CancellationToken cancel)
    {
        var none = new Profile(0, 0, 0, job.IsAsynchronous, job.HasTwoSteps);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var begun = -1;
        var (held, all) = (0L, 0L);
        var item = Run.As("an item", () =>
        {
            begun = (begun + 1) % items.Length;
            // The limit is the item's: waiting for the rest of the process to be quiet is not its doing.
            stop.CancelAfter(limit);
            try
            {
                var start = Stopwatch.GetTimestamp();
                var answer = job.Do(items[begun], out var back);
                all += Stopwatch.GetTimestamp() - start;
                held += back == 0 ? 0 : back - start;
                return answer;
            }
            finally
            {
                stop.CancelAfter(Timeout.InfiniteTimeSpan);
            }
        });
        try
        {
            var measured = (await Compare.Runs("one item at a time", Briefly with { Cancel = stop.Token }, item).ConfigureAwait(false)).Baseline;
            if (measured.Failure is { } failure)
            {
                return none with { Problem = $"Item {Named(items, begun)} threw {Quantity.Shortened(failure, 120)} No way makes work right that fails: mend it first." };
            }

            var seen = none with { ItemMilliseconds = measured.Samples.Average(sample => sample.WallMilliseconds), HeldShare = all == 0 ? 0 : (double)held / all };
            return seen with { CpuUtilization = Utilization(measured, holdsItsThread: !seen.IsAsynchronous || seen.HoldsItsCaller) };
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return none with
            {
                Problem = $"Item {Named(items, begun)} had not ended after {Quantity.Time(limit.TotalMilliseconds)}, and was given up. It never ends, waits for something that never comes, or needs a longer limit. What it began may go on and disturb what is measured later; restart the notebook to end it.",
            };
        }
    }

    /// <summary>
    /// What holds its thread computes on it, unless it has several at work: then that thread's own clock says more than the
    /// process's, whose other threads may be busy with something else. Time in which the thread was ready but other programs
    /// had the cores is neither waiting nor computing; and what never gave up its core did not wait, whatever its clock says.
    /// </summary>
    private static double Utilization(RunResult measured, bool holdsItsThread)
    {
        double Sum(Func<Sample, double> figure) => measured.Samples.Sum(figure);
        var (wall, process) = (Sum(sample => sample.WallMilliseconds), Sum(sample => sample.CpuMilliseconds));
        if (!holdsItsThread || process > SeveralCores * wall || Sum(sample => sample.MainThread.CpuMilliseconds) <= 0) return process / wall;
        static double Had(Sample sample) => Math.Max(sample.WallMilliseconds - sample.MainThread.ReadyMilliseconds, 1e-6);
        return Sum(sample => sample.MainThread.GaveUpCore ? sample.MainThread.CpuMilliseconds : Had(sample)) / Sum(Had);
    }

    private static string Named<TItem>(TItem[] items, int index) =>
        index < 0 ? "1" : $"{index + 1} of {items.Length} ({Quantity.Shortened(items[index]?.ToString() ?? "null", 40)})";
}
