namespace ConcurrencyLab;

/// <summary>Charts of figures that are not a comparison; each is a pure function of what it is given.</summary>
public static class Charts
{
    /// <summary>Bars of named values, the first on top: memory a waiting task, say.</summary>
    /// <param name="title">The chart's title.</param>
    /// <param name="axis">What is measured and its unit. Figures read as KiB and MiB when it begins with <c>bytes</c>, as times when it ends in <c> ms</c>.</param>
    /// <param name="bars">Names and finite values of at least 0.</param>
    /// <exception cref="ArgumentException">A value is negative or no number.</exception>
    public static Figure Bars(string title, string axis, params (string Name, double Value)[] bars) =>
        Figure.Of(BarsChart.Draw(title, Machine.Here.Subtitle, axis, bars, WayColors.For(bars.Select(bar => bar.Name))));

    /// <summary>How something changes while time passes, one stepped line a series: threads of the pool while it starves, say.</summary>
    /// <param name="title">The chart's title.</param>
    /// <param name="axis">What is counted and its unit.</param>
    /// <param name="series">Each value holds from its moment (since the start) until the next.</param>
    public static Figure OverTime(string title, string axis, params (string Name, IReadOnlyList<(TimeSpan At, double Value)> Values)[] series) =>
        Figure.Of(OverTimeChart.Draw(title, Machine.Here.Subtitle, axis, series, WayColors.For(series.Select(line => line.Name))));

    /// <summary>The ticks of clocks as marks on one time axis, the longest gap of each marked and named.</summary>
    /// <param name="title">The chart's title.</param>
    /// <param name="clocks">One a program; ticks since the start, in any order.</param>
    public static Figure Ticks(string title, params (string Name, IReadOnlyList<TimeSpan> Ticks)[] clocks) =>
        Figure.Of(TicksChart.Draw(title, Machine.Here.Subtitle, clocks, WayColors.For(clocks.Select(clock => clock.Name))));

    /// <summary>Runs on a map of processor time over wall time: near the line of one core they compute, far below it they wait.</summary>
    /// <param name="comparison">The measured runs; those that failed are named but not placed.</param>
    public static Figure CpuMap(Comparison comparison)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        return Figure.Of(CpuMapChart.Draw(comparison));
    }

    /// <summary>Guesses of the wall times beside what was measured.</summary>
    /// <exception cref="ArgumentException">A guess is not a time above 0 ms.</exception>
    internal static Figure GuessFigure(Comparison comparison, IReadOnlyDictionary<string, double> guessedMilliseconds) =>
        Figure.Of(GuessChart.Draw(comparison, guessedMilliseconds));
}
