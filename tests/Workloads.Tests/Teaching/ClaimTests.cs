using System.Text.Json;

namespace ConcurrencyLab.Tests;

[Collection(Alone.Name)]
public class ClaimTests
{
    [Fact]
    public void A_claim_holds_up_to_its_bound_and_says_what_was_measured()
    {
        Assert.True(Claim.AtLeast("as fast", 5, 5).Holds);
        Assert.False(Claim.AtLeast("as fast", 4.99, 5).Holds);
        Assert.True(Claim.AtMost("few", 1, 1, "thread").Holds);
        var broken = Claim.AtMost("few", 3, 1, "threads", otherwise: "busy");
        Assert.Equal(("3.0 threads", "at most 1.0 threads", false, "busy"), (broken.Measured, broken.Bound, broken.Holds, broken.Reason));
    }

    [Theory]
    [InlineData(0.0043, "0.0043 ×")]
    [InlineData(0.994, "0.99 ×")]
    [InlineData(6.97, "6.97 ×")]
    [InlineData(12345, "12,345 ×")]
    [InlineData(0, "0.0 ×")]
    public void What_was_measured_is_shown_with_the_digits_that_matter(double measured, string shown) =>
        Assert.Equal(shown, Claim.AtLeast("as fast", measured, 1).Measured);

    [Theory]
    [InlineData(4.996, 5, "4.996 ×", "at least 5.0 ×")]
    [InlineData(4.9999996, 5, "4.9999996 ×", "at least 5.0 ×")]
    [InlineData(99.7, 100, "99.7 ×", "at least 100 ×")]
    [InlineData(0.0498, 0.05, "0.0498 ×", "at least 0.05 ×")]
    [InlineData(-0.001, 0, "-0.001 ×", "at least 0.0 ×")]
    public void What_misses_its_bound_does_not_look_as_if_it_met_it(double measured, double bound, string shown, string boundShown)
    {
        var claim = Claim.AtLeast("as fast", measured, bound);
        Assert.Equal((shown, boundShown, false), (claim.Measured, claim.Bound, claim.Holds));
    }

    [Fact]
    public void A_null_among_claims_is_named() =>
        Assert.Contains("Claim 2 of 2 is null", Assert.Throws<ArgumentException>(() => Claims.Check(Claim.AtLeast("a", 2, 1), null!)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(null)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void What_was_not_measured_never_holds(double? measured)
    {
        var claim = Claim.AtLeast("anything", measured, 0);
        Assert.False(claim.Holds);
        Assert.Equal("not measured", claim.Measured);
    }

    [Fact]
    public async Task A_way_that_failed_or_gave_another_answer_has_no_speed()
    {
        var comparison = await Compare.Runs(
            "claims",
            new MeasureOptions { MinRepeats = 1, MaxRepeats = 1 },
            Run.As("sequential", () => { Thread.Sleep(30); return 1; }),
            Run.As("wrong", () => 2),
            Run.As("broken", new Func<int>(() => throw new InvalidOperationException("no milk"))),
            Run.As("quick", () => 1));
        Assert.False(Claim.Faster("wrong", comparison, "wrong", "sequential", 1).Holds);
        Assert.Contains("no milk", Claim.Faster("broken", comparison, "broken", "sequential", 1).Reason, StringComparison.Ordinal);
        Assert.True(Claim.Faster("quick", comparison, "quick", "sequential", 2).Holds);
        Assert.False(Claim.Faster("turned round", comparison, "sequential", "quick", 1).Holds);
    }

    [Fact]
    public void The_runner_reads_claims_from_their_own_mime_type()
    {
        var claims = Claims.Check(Claim.AtLeast("a < b", 2, 1), Claim.AtLeast("b", 1, 2, otherwise: "slow"));
        using var json = JsonDocument.Parse(((IMimeBundle)claims).Show(MimeTypes.Claims)!);
        var all = json.RootElement.GetProperty("claims");
        Assert.Equal([true, false], all.EnumerateArray().Select(claim => claim.GetProperty("holds").GetBoolean()));
        Assert.Equal("slow", all[1].GetProperty("reason").GetString());
        Assert.Contains("| ✔ holds | a \\< b | ", claims.ToMarkdown(), StringComparison.Ordinal);
        Assert.Contains("| ✘ not here | b *slow* | ", claims.ToMarkdown(), StringComparison.Ordinal);
        Assert.Contains("not here", claims.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_guess_for_a_run_that_does_not_exist_is_named()
    {
        var comparison = await Compare.Runs("guess", new MeasureOptions { MinRepeats = 1, MaxRepeats = 1 }, Run.As("sequential", () => 1));
        var guess = new Guess { ["sequental"] = 3 };
        Assert.Contains("\"sequental\"", Assert.Throws<ArgumentException>(() => guess.Beside(comparison)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => guess["sequential"] = -1);
    }
}
