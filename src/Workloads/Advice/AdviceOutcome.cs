namespace ConcurrencyLab;

/// <summary>Says what came of an advice, and where it was wrong the likely reason.</summary>
internal static class AdviceOutcome
{
    internal static string Of(Advice advice)
    {
        if (advice.Stuck is { } stuck)
        {
            return stuck == "sequential" ? "It did not end even one after the other: give a longer limit, or fewer items."
                : $"{stuck} did not end, one after the other did: the items wait for each other, or for something that only one may hold.";
        }

        if (advice is not { Recommendation: { } recommendation, Comparison: { } comparison, Best: { } best })
        {
            return "Nothing could be measured.";
        }

        var differing = comparison.Runs.Where(run => run.Succeeded && run.Agreement == Agreement.Different).Select(run => run.Name).ToList();
        var shared = differing.Count == 0 ? ""
            : $" Another answer than one after the other: {string.Join(", ", differing)}. The items share something that they change (a variable, a buffer, a collection), or their results cannot be compared.";
        if (advice.Recommended is not { } recommended)
        {
            return $"{recommendation.Way} could not be tried.{shared}";
        }

        if (!Advice.IsUsable(recommended))
        {
            return recommended.Succeeded
                ? $"However fast {recommended.Name} is, its answer is wrong.{shared} Let the items share nothing, or lock; until then stay with {best.Name}."
                : $"{recommended.Name} failed: {Quantity.Shortened(recommended.Failure!, 100)}.{shared}";
        }

        var gain = comparison.IsBaseline(recommended) ? "" : $"{recommended.Name} is {Quantity.Times(recommended.SpeedUp?.Median ?? 0)} as fast as one after the other";
        var over = best.Wall.Median <= 0 ? 1 : recommended.Wall.Median / best.Wall.Median;
        if (advice.WasRight == true)
        {
            var rest = best.Name == recommended.Name ? "no other way is faster" : $"{best.Name} is as fast within the noise";
            return $"{(gain.Length > 0 ? gain + ", and " + rest : char.ToUpperInvariant(rest[0]) + rest[1..])}.{shared}";
        }

        return $"{best.Name} is {Quantity.Times(over)} as fast as {recommended.Name}. {Reason(advice, best.Kind, recommended.Kind)}{shared}";
    }

    private static string Reason(Advice advice, WayKind best, WayKind recommended) => (recommended, best) switch
    {
        (WayKind.Sequential, _) => "The items add up to more than handing them out costs here.",
        (WayKind.Async, WayKind.Threads or WayKind.ThreadPool or WayKind.Parallel or WayKind.ParallelAsync) => "Likely it computes more than it seemed, or holds its thread before it first awaits.",
        (_, WayKind.Sequential) when advice.Profile.Kind == WorkKind.Computes => "Likely the items queue for one thing (a lock, the memory), the cores are busy with other programs, or the items are too small.",
        (_, WayKind.Sequential) => "Likely the items wait for one and the same thing (a lock, one connection, one disk), so they wait one after the other however many threads wait.",
        (WayKind.Parallel or WayKind.ParallelAsync, _) => "Likely it also waits: then more threads than cores are worth having.",
        (WayKind.Threads, WayKind.Parallel or WayKind.ThreadPool) => "Likely the wait was short, so starting a thread for each item cost more than it gained.",
        (_, WayKind.Threads or WayKind.Async) => "Likely it waits more than it seemed, so more at once is better still.",
        _ => "Likely the items are few or uneven, so the luck of who gets which decides.",
    };
}
