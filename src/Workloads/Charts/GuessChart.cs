namespace ConcurrencyLab;

/// <summary>Draws guesses beside what was measured.</summary>
internal static class GuessChart
{
    private const string Guess = "your guess";
    private const string Measured = "measured";
    private const string Saved = "saved, not measured here";

    /// <summary>A good guess is a ring around the dot, not hidden by it.</summary>
    private const double RingSize = 18, DotSize = 10;

    /// <param name="comparison">What was measured.</param>
    /// <param name="guessedMilliseconds">A guess of the wall time for some or all runs, by name in any case.</param>
    /// <exception cref="ArgumentException">A guess is not a time above 0 ms.</exception>
    public static Drawing Draw(Comparison comparison, IReadOnlyDictionary<string, double> guessedMilliseconds)
    {
        if (guessedMilliseconds.FirstOrDefault(guess => guess.Value <= 0 || !double.IsFinite(guess.Value)) is { Key: { } name, Value: var wrong })
        {
            throw new ArgumentException($"The guess for \"{name}\" is {Quantity.Plain(wrong)} ms; guess a time above 0 ms.", nameof(guessedMilliseconds));
        }

        var guesses = new Dictionary<string, double>(guessedMilliseconds, StringComparer.OrdinalIgnoreCase);
        var inks = WayColors.For(comparison.Runs);
        var rows = comparison.Runs.Select(run => (Run: run, Guess: guesses.TryGetValue(run.Name, out var guess) ? guess : (double?)null)).ToList();
        var values = rows.SelectMany(row => new[] { row.Guess, row.Run.Succeeded ? row.Run.Wall.Median : null }).OfType<double>().Where(value => value > 0).ToList();
        var (unit, per) = Quantity.TimeUnit(values.DefaultIfEmpty(0).Max());
        // Further apart than this the small ones would vanish on a linear axis.
        var log = values.Count > 1 && values.Max() / values.Min() > 20;
        var layers = new List<Layer>();
        var places = new NamedRows(rows.Select(row => (row.Run.Name, Verdict(row.Run, row.Guess))));
        foreach (var (row, (run, guess)) in rows.Index())
        {
            var ink = inks[run.Name];
            var at = places.At(row);
            if (guess is { } from && run.Succeeded)
            {
                layers.Add(new Points("", ink.Lighter(0.4), [new Point(from * per, at), new Point(run.Wall.Median * per, at)]) { Line = 3, Hover = "" });
            }

            if (run.Succeeded)
            {
                var source = Source(run);
                layers.Add(new Points(source, ink.Color, [new Point(run.Wall.Median * per, at, $"{run.Name}: {source}, {Quantity.Time(run.Wall.Median)}")]) { Symbol = run.SavedFrom is null ? Symbol.Circle : Symbol.Diamond, Size = DotSize });
            }

            if (guess is { } guessed)
            {
                layers.Add(new Points(Guess, ink.Color, [new Point(guessed * per, at, $"{run.Name}: guessed {Quantity.Time(guessed)}")]) { Symbol = Symbol.Ring, Size = RingSize });
            }
        }

        var unknown = guesses.Keys.Where(name => !comparison.Runs.Any(run => string.Equals(run.Name, name, StringComparison.OrdinalIgnoreCase))).ToList();
        var remark = unknown.Count > 0 ? $" · no run is named {string.Join(", ", unknown.Select(name => $"\"{name}\""))}" : "";
        var largest = values.DefaultIfEmpty(1).Max() * per;
        return new Drawing
        {
            Title = $"Guessed and measured: {comparison.Title}",
            Subtitle = comparison.Where + " · " + Summary(rows) + remark,
            X = log
                ? Axis.Times("wall time", values.Min(), values.Max(), (unit, per))
                : new Axis($"wall time, {unit}", 0, largest * 1.06),
            Y = places.Axis,
            Layers =
            [
                new Points(Guess, PageColors.Middle, []) { Symbol = Symbol.Ring, Size = RingSize, InLegend = true },
                .. comparison.Runs.Where(run => run.Succeeded).Select(Source).Distinct().Order()
                    .Select(source => new Points(source, PageColors.Middle, []) { Symbol = source == Measured ? Symbol.Circle : Symbol.Diamond, Size = DotSize, InLegend = true }),
                .. layers, places.Headings,
            ],
            PlotHeight = places.PlotHeight,
            Description = $"Guessed and measured wall times: {comparison.Title}. {comparison.Where}. {Summary(rows)}{remark}.\n"
                + string.Join("\n", rows.Select(row => $"{row.Run.Name}: {Verdict(row.Run, row.Guess)}")),
        };
    }

    private static string Verdict(RunResult run, double? guess)
    {
        if (!run.Succeeded)
        {
            return $"did not finish: {TimingsChart.Reason(run.Failure!)}" + (guess is { } hoped ? $" · guessed {Quantity.Time(hoped)}" : "");
        }

        var took = $"took {Quantity.Time(run.Wall.Median)}{run.Note}";
        return guess is not { } guessed ? $"{took} · no guess" : $"guessed {Quantity.Time(guessed)} · {took} · {Off(guessed, run.Wall.Median)}";
    }

    private static string Source(RunResult run) => run.SavedFrom is null ? Measured : Saved;

    private static string Off(double guess, double measured) => measured <= 0 ? "not comparable" : (guess / measured) switch
    {
        > 1.1 and var ratio => Quantity.Times(ratio) + " too high",
        < 1 / 1.1 and var ratio => Quantity.Times(1 / ratio) + " too low",
        _ => "well guessed",
    };

    private static string Summary(List<(RunResult Run, double? Guess)> rows)
    {
        var pairs = rows.Where(row => row.Guess is not null && row.Run.Succeeded && row.Run.Wall.Median > 0)
            .Select(row => (row.Run.Name, Off: Math.Abs(Math.Log(row.Guess!.Value / row.Run.Wall.Median)))).OrderBy(pair => pair.Off).ToList();
        return pairs.Count switch
        {
            0 => "no guess to compare",
            1 => $"one guess: {pairs[0].Name}",
            _ => $"closest guess: {pairs[0].Name}, furthest: {pairs[^1].Name}",
        };
    }
}
