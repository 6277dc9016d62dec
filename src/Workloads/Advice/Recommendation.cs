using System.Globalization;

namespace ConcurrencyLab;

/// <summary>The way that an adviser recommends.</summary>
/// <param name="Way">The name of the way in the comparison that follows.</param>
/// <param name="Reason">Why, in a sentence or two.</param>
/// <param name="Threads">Threads at a time where the work both waits and computes.</param>
public sealed record Recommendation(string Way, string Reason, int Threads)
{
    /// <summary>Handing an item to another thread and getting its result back costs about that much.</summary>
    private const double HandOverMilliseconds = 0.001;

    /// <summary>Starting and ending a parallel loop costs about that much.</summary>
    private const double LoopMilliseconds = 0.1;

    /// <summary>More threads than that at one time say more about threads than about the work.</summary>
    internal const int MostThreads = 256;

    /// <summary>The way called so for a number of threads that take items in turn.</summary>
    internal static string SomeThreads(int threads) => string.Create(CultureInfo.InvariantCulture, $"{threads} threads at a time");

    /// <summary>The rules, the narrowest first.</summary>
    internal static Recommendation For(Profile profile, int items, int cores)
    {
        // An item that computes a tenth of its time leaves room for ten times as many threads as cores.
        var threads = (int)Math.Clamp(Math.Ceiling(cores / Math.Max(profile.CpuUtilization, 0.01)), 1, MostThreads);
        var item = Quantity.Time(profile.ItemMilliseconds);
        var busy = Quantity.Percent(profile.CpuUtilization);
        Recommendation Say(string way, string reason) => new(way, reason, threads);

        if (items == 1)
        {
            return Say("sequential", "There is one item only: nothing to do at the same time.");
        }

        if (profile.ItemMilliseconds < 5 * HandOverMilliseconds || profile.ItemMilliseconds * items < 2 * LoopMilliseconds)
        {
            return Say("sequential", $"An item takes {item}: handing it to another thread costs about as much as doing it.");
        }

        if (profile.CpuUtilization > 1.5)
        {
            return Say("sequential", $"One item alone keeps {Quantity.Digits(profile.CpuUtilization)} cores busy: the work is parallel inside, more at once would only queue.");
        }

        if (profile.HasTwoSteps)
        {
            return Say("pipeline", $"A core is busy for {busy} of an item's time and fetching is apart from computing: fetch many at once, compute as many as there are cores, and let neither wait for the other.");
        }

        return (profile.Kind, profile.IsAsynchronous && !profile.HoldsItsCaller) switch
        {
            (WorkKind.Waits, true) => Say("async", $"A core is busy for {busy} of an item's time; for the rest nothing is needed, not even a thread. Start all, then await all."),
            (WorkKind.Waits, false) => items <= MostThreads
                ? Say("threads", $"A core is busy for {busy} of an item's time, and the work holds its thread{(profile.IsAsynchronous ? " although it is called asynchronous" : "")}: let as many threads wait as there are items.")
                : Say(SomeThreads(threads), $"A core is busy for {busy} of an item's time, and the work holds its thread: so {threads} threads keep {cores} cores busy, where one for each of {items} items would cost more than it brings."),
            (WorkKind.Both, true) => Say("async", $"A core is busy for {busy} of an item's time: what waits needs no thread, and what computes after an await goes on on any thread of the pool."),
            (WorkKind.Both, false) => threads < items && threads > cores
                ? Say(SomeThreads(threads), $"A core is busy for {busy} of an item's time: {cores} {(cores == 1 ? "core" : "cores")} ÷ {busy} makes {threads} threads, so that while some wait the others compute.")
                : Say("threads", $"A core is busy for {busy} of an item's time: with a thread each, some compute while others wait."),
            _ when cores == 1 => Say("sequential", "It computes, and there is one core: it is busy already."),
            (_, true) => Say("parallel async", $"It computes, and awaiting does not compute: share the items among {cores} cores."),
            _ => Say("parallel", $"A core is busy for {busy} of an item's time: it computes, and only more cores compute more. Share the items among {cores}."),
        };
    }
}
