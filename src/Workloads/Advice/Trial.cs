namespace ConcurrencyLab;

/// <summary>Tries every way that applies: each once on its own, with a time limit, then those that ended against each other.</summary>
internal static class Trial
{
    private const double WantedMilliseconds = 200;
    private const int MostItems = 50_000;

    /// <summary>More spans than that are no picture any more, and tiny items would be slowed down by them.</summary>
    private const int MostSpans = 1000;

    internal static async Task<Advice> Hold<TItem, TResult>(
        string title, TItem[] all, Job<TItem, TResult> job, Profile profile, TimeSpan limit, CancellationToken cancel)
    {
        var recommended = Recommendation.For(profile, all.Length, Environment.ProcessorCount);
        var notes = new List<string>();
        var wanted = (int)Math.Clamp(WantedMilliseconds / profile.ItemMilliseconds, 2, MostItems);
        var items = all[..Math.Min(wanted, all.Length)];
        if (items.Length < all.Length)
        {
            notes.Add($"Tried on the first {items.Length} of {all.Length} items, so that it ends soon.");
        }

        var advice = new Advice(title, profile, recommended, null, notes) { TriedItems = items.Length };
        var ways = new List<Run>();
        object? expected = null;
        // One after the other first, then what was recommended, then the rest.
        foreach (var (_, way) in job.Ways(items, recommended, profile.HoldsItsCaller).Index().OrderBy(way => way.Index == 0 ? 0 : way.Item.Name == recommended.Way ? 1 : 2))
        {
            var (results, problem, stuck) = await Once(way, limit, cancel).ConfigureAwait(false);
            if (problem is not null)
            {
                notes.Add(problem);
                if (stuck)
                {
                    // Its threads may be held for ever, and what it left behind is not what the others should find.
                    notes.Add("Nothing more was tried after that. To free what may still hang, restart the notebook.");
                    return advice with { Stuck = way.Name };
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

        if (!job.HasAnswer)
        {
            notes.Add("It gives no answer, so it cannot be checked that every way did the same.");
        }

        if (expected is Results<TItem, TResult> { Failures: [var one, ..] failures } answers)
        {
            notes.Add($"{failures.Count} of {answers.Count} items threw, the first one {one.Error.GetType().Name}: {Quantity.Shortened(one.Error.Message, 100)}");
        }

        return ways.Count == 0 ? advice : advice with { Comparison = await Compete(title, ways, items.Length <= MostSpans, limit, notes, cancel).ConfigureAwait(false) };
    }

    private static async Task<(object? Results, string? Problem, bool Stuck)> Once(Run way, TimeSpan limit, CancellationToken cancel)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        stop.CancelAfter(limit);
        try
        {
            return (await MainThread.Run(token => way.Body(token).GetAwaiter().GetResult(), stop.Token).ConfigureAwait(false), null, false);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return (null, $"{way.Name}: had not ended after {Quantity.Time(limit.TotalMilliseconds)} and was given up; items may wait for each other. What it began may go on and disturb what is measured later.", true);
        }
        catch (Exception error) when (!cancel.IsCancellationRequested)
        {
            var inner = error is AggregateException { InnerExceptions: [var only] } ? only : error;
            return (null, $"{way.Name}: threw {inner.GetType().Name}: {Quantity.Shortened(inner.Message, 100)}", false);
        }
    }

    private static async Task<Comparison?> Compete(string title, List<Run> ways, bool record, TimeSpan limit, List<string> notes, CancellationToken cancel)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        stop.CancelAfter(limit * 3);
        var options = new MeasureOptions { Budget = TimeSpan.FromSeconds(0.6), RecordSpans = record, Cancel = stop.Token };
        try
        {
            return await Compare.Runs(title, options, [.. ways]).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            notes.Add($"Together the ways took longer than {Quantity.Time(limit.TotalMilliseconds * 3)} and were given up: give a longer limit, or fewer items. What they began may go on and disturb what is measured later.");
            return null;
        }
    }
}
