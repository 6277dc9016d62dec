namespace ConcurrencyLab;

/// <summary>Runs the same work in several ways and measures each.</summary>
public static class Compare
{
    /// <summary>Measures with the usual care: one warm-up, then repeats in turn until the figures are steady or four seconds are spent.</summary>
    /// <param name="title">What is compared, for example <c>40 orders of 50 ms</c>.</param>
    /// <param name="runs">The ways; the first one is what the others are compared to.</param>
    /// <exception cref="ArgumentException">There is no run, one is null, or two have the same name.</exception>
    public static Task<Comparison> Runs(string title, params Run[] runs) => Runs(title, new MeasureOptions(), runs);

    /// <summary>Measures different pieces of work, one after the other each: what they answer is not compared, only what they cost.</summary>
    /// <param name="title">What they have in common, for example <c>a dozen kinds of work</c>.</param>
    /// <param name="works">Each by a name of its own.</param>
    /// <exception cref="ArgumentException">There is no work, or two have the same name.</exception>
    public static Task<Comparison> Costs(string title, params (string Name, Action Work)[] works)
    {
        ArgumentNullException.ThrowIfNull(works);
        // Processor time is what this is about: more patience with whatever else uses it.
        var options = new MeasureOptions { Budget = TimeSpan.FromSeconds(3), Spread = 0.1, Settle = TimeSpan.FromSeconds(8) };
        return Runs(title, options, [.. works.Select(work => Run.As(work.Name, work.Work))]);
    }

    /// <summary>Measures with the care that is asked for.</summary>
    /// <inheritdoc cref="Runs(string, Run[])"/>
    /// <param name="title">What is compared.</param>
    /// <param name="options">How carefully.</param>
    /// <param name="runs">The ways; the first one is what the others are compared to.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static Task<Comparison> Runs(string title, MeasureOptions options, params Run[] runs)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(title);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(runs);
        if (runs.Length == 0)
        {
            throw new ArgumentException("There is nothing to compare: give at least one run.", nameof(runs));
        }

        if (Array.IndexOf(runs, null) is >= 0 and var place)
        {
            throw new ArgumentException($"Run {place + 1} of {runs.Length} is null.", nameof(runs));
        }

        if (runs.GroupBy(run => run.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new ArgumentException($"Two runs are named \"{twice.Key}\": give each a name of its own.", nameof(runs));
        }

        return MainThread.Run(cancel => new Measurement(title, options, runs, cancel).Hold(), options.Cancel);
    }
}
