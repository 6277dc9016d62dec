namespace ConcurrencyLab.Tests.ChartTests;

/// <summary>A chart says of each figure where it is from, and of what is missing why.</summary>
public class HonestChartsTests
{
    [Fact]
    public void What_cannot_be_drawn_is_named()
    {
        static string Refusal(Func<Figure> draw) => Assert.Throws<ArgumentException>(draw).Message;

        Assert.Contains("nothing to draw", Refusal(() => ConcurrencyLab.Charts.Bars("t", "a")), StringComparison.Ordinal);
        Assert.Contains("Number 2", Refusal(() => ConcurrencyLab.Charts.Bars("t", "a", ("x", 1), (null!, 1))), StringComparison.Ordinal);
        Assert.Contains("Number 1", Refusal(() => ConcurrencyLab.Charts.OverTime("t", "a", ("x", null!))), StringComparison.Ordinal);
        Assert.Contains("Number 1", Refusal(() => ConcurrencyLab.Charts.Ticks("t", (null!, []))), StringComparison.Ordinal);
    }

    [Fact]
    public void Saved_figures_are_never_shown_as_measured()
    {
        var saved = Known.Run("Python threads", [23.6], 5, null) with { SavedFrom = new SavedFrom("2026-11-23", 16, "a server") };
        var comparison = Known.Of(Known.Run("sequential", [50], 5, null), saved);
        var guess = new Guess { ["Python threads"] = 30 }.Beside(comparison);

        Assert.Contains("took 23.6 ms · saved", guess.Description, StringComparison.Ordinal);
        Assert.Contains("saved, not measured here", Known.Traces(guess).Where(trace => (bool?)trace["showlegend"] == true).Select(trace => (string?)trace["name"]));
        var kinds = new WorkKindGuess().Beside(comparison).ToString();
        Assert.Contains("23.6 ms · saved", kinds, StringComparison.Ordinal);
        Assert.All(
            [guess.Description, kinds, ConcurrencyLab.Charts.CpuMap(comparison).Description, comparison.Timings.Description, comparison.Table.ToString()],
            text => Assert.Contains("Python 3 (saved: 2026-11-23, 16 cores, a server)", text, StringComparison.Ordinal));
        Assert.Matches("Python threads: .* · saved", ConcurrencyLab.Charts.CpuMap(comparison).Description);
        Assert.Matches(@"23\.6 ms.* · saved", Guide.Of(("waits", comparison)).ToString().Replace('\u00A0', ' '));
    }

    [Fact]
    public void A_run_that_failed_says_why_on_every_chart()
    {
        var comparison = Known.Of(Known.Run("sequential", [50], 5, null), Known.Failed("a big file", "IOException: The file is too long"));

        Assert.Contains("The file is too long", ConcurrencyLab.Charts.CpuMap(comparison).Description, StringComparison.Ordinal);
        Assert.Contains("The file is too long", new Guess { ["sequential"] = 30 }.Beside(comparison).Description, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_point_to_fit_there_is_no_fit()
    {
        var scaling = Known.Scaling(cores: 2, 1, 10_000) with { SerialShare = null };
        var text = scaling.SpeedUp.Description;

        Assert.Contains("no fit of Amdahl's law: measure 2 workers, too", text, StringComparison.Ordinal);
        Assert.DoesNotContain("serial", text, StringComparison.Ordinal);
        Assert.Null(scaling.Predict(2));
        Assert.True(scaling.SpeedUpXPlot.Png.Length > 1000);
    }
}
