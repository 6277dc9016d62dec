namespace ConcurrencyLab;

/// <summary>Charts of figures that are not a comparison; each is a pure function of what it is given.</summary>
public static class Charts
{
    /// <summary>Bars of named values, the first on top: memory a waiting task, say.</summary>
    /// <param name="title">The chart's title.</param>
    /// <param name="axis">What is measured and its unit. Figures read as KiB and MiB when it begins with <c>bytes</c>, as times when it ends in <c> ms</c>.</param>
    /// <param name="bars">Names and finite values of at least 0.</param>
    /// <exception cref="ArgumentException">A value is negative or no number, a name is null, or there is no bar.</exception>
    public static Figure Bars(string title, string axis, params (string Name, double Value)[] bars) =>
        Figure.Of(BarsChart.Draw(title, Machine.Here.Subtitle, axis, bars, Inks(bars.Select(bar => bar.Name))));

    /// <summary>How something changes while time passes, one stepped line a series: threads of the pool while it starves, say.</summary>
    /// <param name="title">The chart's title.</param>
    /// <param name="axis">What is counted and its unit.</param>
    /// <param name="series">Each value holds from its moment (since the start) until the next.</param>
    public static Figure OverTime(string title, string axis, params (string Name, IReadOnlyList<(TimeSpan At, double Value)> Values)[] series) =>
        Figure.Of(OverTimeChart.Draw(title, Machine.Here.Subtitle, axis, series, Inks(series.Select(line => line.Values is null ? null : line.Name))));

    /// <summary>The ticks of clocks as marks on one time axis, the longest gap of each marked and named.</summary>
    /// <param name="title">The chart's title.</param>
    /// <param name="clocks">One a program; ticks since the start, in any order.</param>
    public static Figure Ticks(string title, params (string Name, IReadOnlyList<TimeSpan> Ticks)[] clocks) =>
        Figure.Of(TicksChart.Draw(title, Machine.Here.Subtitle, clocks, Inks(clocks.Select(clock => clock.Ticks is null ? null : clock.Name))));

    /// <summary>Runs on a map of processor time over wall time: near the line of one core they compute, far below it they wait.</summary>
    /// <param name="comparison">The measured runs; those that failed are named but not placed.</param>
    public static Figure CpuMap(Comparison comparison)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        return Figure.Of(CpuMapChart.Draw(comparison));
    }

    /// <exception cref="ArgumentException">There is nothing to draw, or something without a name or values.</exception>
    private static IReadOnlyDictionary<string, Ink> Inks(IEnumerable<string?> names)
    {
        var all = names.ToList();
        if (all.Count == 0) throw new ArgumentException("There is nothing to draw. Where runs failed, their comparison says why.");
        return all.IndexOf(null) is >= 0 and var place
            ? throw new ArgumentException($"Number {place + 1} of what is to be drawn is null, or a part of it is.")
            : WayColors.For(all!);
    }

    /// <summary>Guesses of the wall times beside what was measured.</summary>
    /// <exception cref="ArgumentException">A guess is not a time above 0 ms.</exception>
    internal static Figure GuessFigure(Comparison comparison, IReadOnlyDictionary<string, double> guessedMilliseconds) =>
        Figure.Of(GuessChart.Draw(comparison, guessedMilliseconds));
}
