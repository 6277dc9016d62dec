namespace ConcurrencyLab;

/// <summary>Draws the wall times of a comparison.</summary>
internal static class TimingsChart
{
    public static Drawing Draw(Comparison comparison)
    {
        var inks = WayColors.For(comparison.Runs);
        var measured = comparison.Runs.Where(run => run.Succeeded).ToList();
        var longest = measured.Select(run => Math.Max(run.Wall.Median, run.Wall.High)).DefaultIfEmpty(0).Max();
        var (unit, per) = Quantity.TimeUnit(longest);
        var layers = new List<Layer>();
        var rows = new NamedRows(comparison.Runs.Select(run => (run.Name, Verdict(comparison, run))));
        foreach (var (row, run) in comparison.Runs.Index().Where(row => row.Item.Succeeded))
        {
            var ink = inks[run.Name];
            var spread = run.Wall.Count > 1;
            layers.Add(new Bars(run.Name, ink.Color,
            [
                new Bar(0, run.Wall.Median * per, rows.At(row), rows.BarThickness, $"{run.Name}: {Verdict(comparison, run)}{Interval(run.Wall)}",
                    spread ? run.Wall.Low * per : null, spread ? run.Wall.High * per : null),
            ])
            { Texture = run.SavedFrom is null ? ink.Texture : Texture.Pale });
        }

        layers.Add(rows.Headings);
        return new Drawing
        {
            Title = comparison.Title,
            Subtitle = $"{comparison.Where} · {Wording.Repeats(measured.Select(run => run.Wall))}",
            X = new Axis($"wall time, {unit}", 0, longest > 0 ? longest * per * 1.04 : 1),
            Y = rows.Axis,
            Layers = layers,
            PlotHeight = rows.PlotHeight,
            Description = Describe(comparison),
        };
    }

    /// <summary>A run's figure and how it compares, in words.</summary>
    internal static string Verdict(Comparison comparison, RunResult run)
    {
        if (run.Failure is { } failure)
        {
            return "did not finish: " + Reason(failure);
        }

        var time = Quantity.Time(run.Wall.Median) + run.Note;
        var answer = run.Agreement == Agreement.Different ? " · a different answer" : "";
        return comparison.IsBaseline(run)
            ? comparison.Runs.Count > 1 ? $"{time} · baseline{answer}" : time + answer
            : run.SpeedUp is { } speedUp ? $"{time} · {Wording.Faster(speedUp)}{answer}" : time + answer;
    }

    /// <summary>Why a run failed, without the exception's type, which says less than its message.</summary>
    internal static string Reason(string failure)
    {
        var colon = failure.IndexOf(": ", StringComparison.Ordinal);
        return Quantity.Shortened(colon > 0 && failure[..colon].EndsWith("Exception", StringComparison.Ordinal) ? failure[(colon + 2)..] : failure, 90);
    }

    internal static string Interval(MedianInterval wall) =>
        wall.Count > 1 ? $" ({Quantity.Time(wall.Low)} to {Quantity.Time(wall.High)})" : "";

    private static string Describe(Comparison comparison)
    {
        var runs = comparison.Runs.Select(run => $"{run.Name}: {Verdict(comparison, run)}{(run.Succeeded ? Interval(run.Wall) : $" ({Quantity.Shortened(run.Failure!, 300)})")}");
        var repeats = Wording.Repeats(comparison.Runs.Where(run => run.Succeeded).Select(run => run.Wall));
        return $"Bar chart, wall time of {Quantity.Count(comparison.Runs.Count, "run")}: {comparison.Title}. "
            + $"{comparison.Where}; {repeats}.\n{string.Join("\n", runs)}";
    }
}
