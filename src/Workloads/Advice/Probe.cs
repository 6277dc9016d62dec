using System.Diagnostics;

namespace ConcurrencyLab;

/// <summary>What was seen of a few items, one at a time.</summary>
/// <param name="ItemMilliseconds">Wall time of an item.</param>
/// <param name="CpuUtilization">Processor time over wall time.</param>
/// <param name="HeldShare">Share of its wall time for which asynchronous work held its caller; 0 for other work.</param>
/// <param name="Items">Items looked at, repeats included.</param>
/// <param name="IsAsynchronous">Whether the work can wait without a thread.</param>
/// <param name="HasTwoSteps">Whether waiting and computing are apart already.</param>
/// <param name="Problem">Why there is nothing to advise, in a sentence; null when there is.</param>
public sealed record Profile(double ItemMilliseconds, double CpuUtilization, double HeldShare, int Items, bool IsAsynchronous, bool HasTwoSteps, string? Problem = null)
{
    /// <summary>Whether an item waits or computes.</summary>
    public WorkKind Kind => WorkKinds.Of(CpuUtilization);

    /// <summary>Whether it is called asynchronous and yet holds its caller for most of its time.</summary>
    public bool HoldsItsCaller => IsAsynchronous && !HasTwoSteps && HeldShare > 0.5;
}

/// <summary>Looks at a few items.</summary>
internal static class Probe
{
    private const double EnoughMilliseconds = 250;
    private const double LeastMilliseconds = 20;
    private const int EnoughItems = 8;

    /// <summary>One thread can have no more than one core; what is above that by so much is other threads' work.</summary>
    private const double SeveralCores = 1.5;

    private static readonly TimeSpan LongestQuiet = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan NoiseTime = TimeSpan.FromMilliseconds(60);

    internal static async Task<Profile> ProfileAsync<TItem, TResult>(TItem[] items, Job<TItem, TResult> job, TimeSpan limit, CancellationToken cancel)
    {
        var none = new Profile(0, 0, 0, 0, job.IsAsynchronous, job.HasTwoSteps);
        using var stop = Deadline.After(limit, cancel);
        var begun = new StrongBox { Item = -1 };
        try
        {
            return await MainThread.Run(token => ProfileNow(items, job, begun, none, stop, token), stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return none with
            {
                Problem = $"Item {Named(items, begun.Item)} had not ended after {Quantity.Time(limit.TotalMilliseconds)}, and was given up. It never ends, waits for something that never comes, or needs a longer limit.",
            };
        }
    }

    private static Profile ProfileNow<TItem, TResult>(TItem[] items, Job<TItem, TResult> job, StrongBox begun, Profile none, Deadline stop, CancellationToken cancel)
    {
        // The first item is compiled while it runs, so it only counts where there is no time for more.
        var first = new Tally();
        if (Measure(first, 0, 1) is { } failure)
        {
            return none with { Problem = failure };
        }

        if (first.Wall >= EnoughMilliseconds)
        {
            return first.ToProfile(none);
        }

        // What looks like several cores may be the compiler, which just now learns of the item: look again.
        Profile? seen = null;
        for (var attempt = 0; attempt < 3 && seen is null or { CpuUtilization: > SeveralCores, Problem: null }; attempt++)
        {
            var look = LookOnce();
            seen = seen is null || look.CpuUtilization < seen.CpuUtilization ? look : seen;
        }

        return seen!;

        Profile LookOnce()
        {
            // Waiting for the rest of the process to be quiet is not the reader's doing.
            var all = new Tally { NoiseBusy = stop.Uncounted(() => Noise(cancel)) };
            for (int next = 1, chunk = 1; all.Wall < LeastMilliseconds || (all.Items < EnoughItems && all.Wall < EnoughMilliseconds); next += chunk)
            {
                // Where an item takes nanoseconds, the clock would take longer than the item.
                chunk = all.Items > 0 && all.Wall / all.Items < 0.01 ? chunk * 2 : 1;
                if (Measure(all, next, chunk) is { } wrong)
                {
                    return none with { Problem = wrong };
                }
            }

            return all.ToProfile(none);
        }

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
            catch (Exception error) when (!cancel.IsCancellationRequested)
            {
                return $"Item {Named(items, begun.Item)} threw {error.GetType().Name}: {Quantity.Shortened(error.Message, 120)} No way makes work right that fails: mend it first.";
            }
        }
    }

    /// <summary>How many cores the rest of this process keeps busy, just now: not the item's doing.</summary>
    private static double Noise(CancellationToken cancel)
    {
        Quiet.Wait(LongestQuiet, cancel);
        var (start, before) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        cancel.WaitHandle.WaitOne(NoiseTime);
        return (Environment.CpuUsage.TotalTime - before) / Stopwatch.GetElapsedTime(start);
    }

    private static string Named<TItem>(TItem[] items, int index) =>
        index < 0 ? "1" : $"{index + 1} of {items.Length} ({Quantity.Shortened(items[index]?.ToString() ?? "null", 40)})";

    private sealed class StrongBox
    {
        internal int Item { get; set; }
    }

    /// <summary>Adds up the clocks: the wall's, this process's and, where the system tells, this thread's own.</summary>
    private sealed class Tally
    {
        private (TimeSpan Process, ThreadClock Thread) _before;
        private double _process;
        private double _thread;
        private double _queued;
        private double _held;

        internal double Wall { get; private set; }

        internal int Items { get; private set; }

        internal double NoiseBusy { get; init; }

        internal void Begin() => _before = (Environment.CpuUsage.TotalTime, ThreadClock.Now);

        internal void End(long start, long held, int items)
        {
            var end = Stopwatch.GetTimestamp();
            var (process, thread) = (Environment.CpuUsage.TotalTime, ThreadClock.Now);
            var wall = Milliseconds(start, end);
            Wall += wall;
            Items += items;
            _process += (process - _before.Process).TotalMilliseconds;
            _thread += thread.Running - _before.Thread.Running;
            _queued += thread.Queued - _before.Thread.Queued;
            _held += held == 0 || items > 1 ? 0 : Milliseconds(start, held);
        }

        internal Profile ToProfile(Profile none)
        {
            // Other programs may keep the cores: time in which this thread was ready but got none is neither waiting nor computing.
            var own = Math.Max(Wall - _queued, 1e-6);
            var process = Math.Max(0, _process - NoiseBusy * Wall);
            // What holds its thread computes on it, unless it has several at work.
            var onItsThread = !none.IsAsynchronous && ThreadClock.IsKnown && process <= SeveralCores * Wall;
            var busy = onItsThread ? _thread / own : process / Wall;
            return none with { ItemMilliseconds = Wall / Items, CpuUtilization = busy, HeldShare = Wall <= 0 ? 0 : _held / Wall, Items = Items };
        }

        private static double Milliseconds(long from, long to) => (to - from) * 1000.0 / Stopwatch.Frequency;
    }
}
