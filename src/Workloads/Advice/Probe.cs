using System.Diagnostics;

namespace ConcurrencyLab;

/// <summary>What was seen of a few items, one at a time.</summary>
/// <param name="ItemMilliseconds">Wall time of an item.</param>
/// <param name="BusyCores">Processor time over wall time.</param>
/// <param name="HeldShare">Share of its wall time for which asynchronous work held its caller; 0 for other work.</param>
/// <param name="Items">Items looked at, repeats included.</param>
/// <param name="IsAsynchronous">Whether the work can wait without a thread.</param>
/// <param name="HasTwoSteps">Whether waiting and computing are apart already.</param>
/// <param name="Problem">Why there is nothing to advise, in a sentence; null when there is.</param>
public sealed record Look(double ItemMilliseconds, double BusyCores, double HeldShare, int Items, bool IsAsynchronous, bool HasTwoSteps, string? Problem = null)
{
    /// <summary>Whether an item waits or computes.</summary>
    public WorkKind Kind => WorkKinds.Of(BusyCores);

    /// <summary>Whether it is called asynchronous and yet holds its caller for most of its time.</summary>
    public bool HoldsItsCaller => IsAsynchronous && !HasTwoSteps && HeldShare > 0.5;
}

/// <summary>Looks at a few items.</summary>
internal static class Probe
{
    private const double EnoughMilliseconds = 250;
    private const double LeastMilliseconds = 20;
    private const int EnoughItems = 8;

    internal static async Task<Look> Look<TItem, TResult>(TItem[] items, Job<TItem, TResult> job, TimeSpan limit, CancellationToken cancel)
    {
        var none = new Look(0, 0, 0, 0, job.IsAsynchronous, job.HasTwoSteps);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        stop.CancelAfter(limit);
        var begun = new StrongBox { Item = -1 };
        try
        {
            return await MainThread.Run(token => LookNow(items, job, begun, none, token), stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return none with
            {
                Problem = $"Item {Named(items, begun.Item)} had not ended after {Quantity.Time(limit.TotalMilliseconds)}, and was given up. It never ends, waits for something that never comes, or needs a longer limit.",
            };
        }
    }

    private static Look LookNow<TItem, TResult>(TItem[] items, Job<TItem, TResult> job, StrongBox begun, Look none, CancellationToken cancel)
    {
        // The first item is compiled while it runs, so it only counts where there is no time for more.
        var first = new Tally();
        if (Measure(first, 0, 1) is { } failure)
        {
            return none with { Problem = failure };
        }

        if (first.Wall >= EnoughMilliseconds)
        {
            return first.ToLook(none);
        }

        Quiet.Wait(TimeSpan.FromSeconds(1), cancel);
        var all = new Tally();
        for (int next = 1, chunk = 1; all.Wall < LeastMilliseconds || (all.Items < EnoughItems && all.Wall < EnoughMilliseconds); next += chunk)
        {
            // Where an item takes nanoseconds, the clock would take longer than the item.
            chunk = all.Items > 0 && all.Wall / all.Items < 0.01 ? chunk * 2 : 1;
            if (Measure(all, next, chunk) is { } wrong)
            {
                return none with { Problem = wrong };
            }
        }

        return all.ToLook(none);

        string? Measure(Tally tally, int from, int count)
        {
            try
            {
                cancel.ThrowIfCancellationRequested();
                tally.Begin();
                long held = 0;
                var start = Stopwatch.GetTimestamp();
                for (var i = 0; i < count; i++)
                {
                    begun.Item = (from + i) % items.Length;
                    job.Do(items[begun.Item], out held);
                }

                tally.End(start, held, count);
                return null;
            }
            catch (Exception error) when (error is not (OperationCanceledException or ThreadInterruptedException) || !cancel.IsCancellationRequested)
            {
                return $"Item {Named(items, begun.Item)} threw {error.GetType().Name}: {Quantity.Short(error.Message, 120)} No way makes work right that fails: mend it first.";
            }
        }
    }

    private static string Named<TItem>(TItem[] items, int index) =>
        index < 0 ? "1" : $"{index + 1} of {items.Length} ({Quantity.Short(items[index]?.ToString() ?? "null", 40)})";

    private sealed class StrongBox
    {
        internal int Item { get; set; }
    }

    /// <summary>Adds up the clocks.</summary>
    private sealed class Tally
    {
        private const string SchedStat = "/proc/thread-self/schedstat";
        private static readonly bool HasSchedStat = File.Exists(SchedStat);
        private TimeSpan _processorBefore;
        private double _queuedBefore;
        private double _processor;
        private double _queued;
        private double _held;

        internal double Wall { get; private set; }

        internal int Items { get; private set; }

        internal void Begin() => (_queuedBefore, _processorBefore) = (Queued(), Environment.CpuUsage.TotalTime);

        internal void End(long start, long held, int items)
        {
            var end = Stopwatch.GetTimestamp();
            _processor += (Environment.CpuUsage.TotalTime - _processorBefore).TotalMilliseconds;
            _queued += Queued() - _queuedBefore;
            Wall += Milliseconds(start, end);
            _held += held == 0 || items > 1 ? 0 : Milliseconds(start, held);
            Items += items;
        }

        internal Look ToLook(Look none)
        {
            // Other programs may keep the cores: time in which this thread was ready but got none is neither waiting nor computing.
            var own = Math.Max(Wall - _queued, _processor);
            return none with { ItemMilliseconds = Wall / Items, BusyCores = own <= 0 ? 0 : _processor / Math.Min(own, Wall), HeldShare = Wall <= 0 ? 0 : _held / Wall, Items = Items };
        }

        private static double Milliseconds(long from, long to) => (to - from) * 1000.0 / Stopwatch.Frequency;

        /// <summary>Milliseconds that this thread was ready to run but had no core (Linux, proc/schedstat: second field); 0 elsewhere.</summary>
        private static double Queued()
        {
            try
            {
                return HasSchedStat && File.ReadAllText(SchedStat).Split(' ') is [_, var queued, ..] && double.TryParse(queued, System.Globalization.CultureInfo.InvariantCulture, out var nanoseconds)
                    ? nanoseconds / 1e6
                    : 0;
            }
            catch (IOException)
            {
                return 0;
            }
        }
    }
}
