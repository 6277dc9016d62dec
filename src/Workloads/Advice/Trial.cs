namespace ConcurrencyLab;

/// <summary>Tries every way that applies: each once on its own, with a time limit, then those that ended against each other.</summary>
internal static class Trial
{
    private const double WantedMilliseconds = 200;
    private const int MostItems = 50_000;

    /// <summary>More spans than that are no picture any more, and tiny items would be slowed down by them.</summary>
    private const int MostSpans = 1000;

    /// <summary>What came of it.</summary>
    /// <param name="Comparison">The ways against each other; null when there was none.</param>
    /// <param name="Notes">What else there is to say.</param>
    /// <param name="Items">Items it was tried on.</param>
    /// <param name="Stuck">The way that did not end; null when all did.</param>
    internal sealed record Outcome(Comparison? Comparison, IReadOnlyList<string> Notes, int Items, string? Stuck = null);

    internal static async Task<Outcome> Hold<TItem, TResult>(
        string title, TItem[] all, Job<TItem, TResult> job, Profile profile, Recommendation recommended, TimeSpan limit, CancellationToken cancel)
    {
        var notes = new List<string>();
        var wanted = (int)Math.Clamp(WantedMilliseconds / profile.ItemMilliseconds, 2, MostItems);
        var items = all[..Math.Min(wanted, all.Length)];
        if (items.Length < all.Length)
        {
            notes.Add($"Tried on the first {items.Length} of {all.Length} items, so that it ends soon.");
        }

        var ways = new List<WayToTry<TItem, TResult>>();
        Results<TItem, TResult>? expected = null;
        // One after the other first, then what was recommended, then the rest.
        foreach (var way in job.Ways(items, recommended, profile.HoldsItsCaller).Index().OrderBy(way => way.Index == 0 ? 0 : way.Item.Name == recommended.Way ? 1 : 2).Select(way => way.Item))
        {
            var (results, problem, stuck) = await Once(way, limit, cancel).ConfigureAwait(false);
            if (problem is not null)
            {
                notes.Add(problem);
                if (stuck)
                {
                    // Its threads may be held for ever, and what it left behind is not what the others should find.
                    notes.Add("Nothing more was tried after that. To free what may still hang, restart the notebook.");
                    return new Outcome(null, notes, items.Length, way.Name);
                }

                continue;
            }

            if (expected is null && job.HasAnswer)
            {
                // Once more, before another way has run: only work that repeats its answer can be checked.
                var (again, _, _) = await Once(way, limit, cancel).ConfigureAwait(false);
                if (again is not null && !Answers.Same(results, again))
                {
                    notes.Add("One after the other, twice, it gave two different answers: it depends on chance, on the time or on what ran before, or its results cannot be compared. So another way's answer cannot be checked.");
                }
            }

            expected ??= results;
            ways.Add(way);
        }

        Note(job, expected, notes);
        return new Outcome(ways.Count == 0 ? null : await Compete(title, ways, items.Length <= MostSpans, limit, notes, cancel).ConfigureAwait(false), notes, items.Length);
    }

    private static void Note<TItem, TResult>(Job<TItem, TResult> job, Results<TItem, TResult>? expected, List<string> notes)
    {
        if (!job.HasAnswer)
        {
            notes.Add("It gives no answer, so it cannot be checked that every way did the same.");
        }

        if (expected is { Failures: [var one, ..] failures })
        {
            notes.Add($"{failures.Count} of {expected.Count} items threw, the first one {one.Error.GetType().Name}: {Quantity.Shortened(one.Error.Message, 100)}");
        }
    }

    private static async Task<(Results<TItem, TResult>? Results, string? Problem, bool Stuck)> Once<TItem, TResult>(WayToTry<TItem, TResult> way, TimeSpan limit, CancellationToken cancel)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        stop.CancelAfter(limit);
        try
        {
            return (await MainThread.Run(token => way.Map(token).GetAwaiter().GetResult(), stop.Token).ConfigureAwait(false), null, false);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return (null, $"{way.Name}: had not ended after {Quantity.Time(limit.TotalMilliseconds)} and was given up; items may wait for each other. What it began may still be running.", true);
        }
        catch (Exception error) when (!cancel.IsCancellationRequested)
        {
            var inner = error is AggregateException { InnerExceptions: [var only] } ? only : error;
            return (null, $"{way.Name}: threw {inner.GetType().Name}: {Quantity.Shortened(inner.Message, 100)}", false);
        }
    }

    private static async Task<Comparison?> Compete<TItem, TResult>(string title, List<WayToTry<TItem, TResult>> ways, bool record, TimeSpan limit, List<string> notes, CancellationToken cancel)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        stop.CancelAfter(limit * 3);
        var options = new MeasureOptions { Budget = TimeSpan.FromSeconds(0.6), RecordSpans = record, Cancel = stop.Token };
        try
        {
            return await Compare.Runs(title, options, [.. ways.Select(way => Run.As(way.Name, way.Map, way.Workers))]).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            notes.Add($"Together the ways took longer than {Quantity.Time(limit.TotalMilliseconds * 3)} and were given up: give a longer limit, or fewer items.");
            return null;
        }
    }
}
