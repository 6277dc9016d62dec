namespace ConcurrencyLab.Tests;

public class RecommendationTests
{
    private static Profile Profile(double milliseconds, double busy, bool async = false, double held = 0, bool twoSteps = false) => new(milliseconds, busy, held, async, twoSteps);

    [Theory]
    [InlineData(25, 0.02, false, 0, 40, "threads")]
    [InlineData(25, 0.02, true, 0, 40, "async")]
    [InlineData(25, 0.02, true, 0.99, 40, "threads")]
    [InlineData(25, 0.02, false, 0, 10_000, "200 threads at a time")]
    [InlineData(25, 0.5, false, 0, 40, "8 threads at a time")]
    [InlineData(25, 0.5, false, 0, 6, "threads")]
    [InlineData(25, 0.5, true, 0, 40, "async")]
    [InlineData(25, 1.0, false, 0, 40, "parallel")]
    [InlineData(25, 1.0, true, 0.1, 40, "parallel async")]
    [InlineData(25, 1.0, true, 0.99, 40, "parallel")]
    [InlineData(25, 3.5, false, 0, 40, "sequential")]
    [InlineData(25, 0.02, false, 0, 1, "sequential")]
    [InlineData(0.0001, 1, false, 0, 1_000_000, "sequential")]
    [InlineData(0.01, 1, false, 0, 10, "sequential")]
    public void The_rules_follow_the_guide(double milliseconds, double busy, bool async, double held, int items, string way) =>
        Assert.Equal(way, Recommendation.For(Profile(milliseconds, busy, async, held), items, cores: 4).Way);

    [Fact]
    public void One_core_is_told_that_it_cannot_compute_faster() =>
        Assert.Contains("one core", Recommendation.For(Profile(25, 1), 40, cores: 1).Reason, StringComparison.Ordinal);

    [Fact]
    public void Two_steps_make_a_pipeline() =>
        Assert.Equal("pipeline", Recommendation.For(Profile(25, 0.5, async: true, twoSteps: true), 40, cores: 4).Way);

    [Theory]
    [InlineData(0, WorkKind.Waits)]
    [InlineData(0.3, WorkKind.Waits)]
    [InlineData(0.5, WorkKind.Both)]
    [InlineData(0.7, WorkKind.Computes)]
    [InlineData(8, WorkKind.Computes)]
    public void Busy_cores_tell_the_kind(double busy, WorkKind kind) => Assert.Equal(kind, WorkKinds.Of(busy));

    [Fact]
    public void A_guess_is_set_beside_what_was_measured()
    {
        var works = ChartTests.Known.Of(ChartTests.Known.Run("network", [50], 1, null), ChartTests.Known.Run("primes", [50], 49, null), ChartTests.Known.Failed("files", "no disk"));
        var guess = new WorkKindGuess { ["network"] = "waits", ["PRIMES"] = "both", ["files"] = "waits" };
        var text = guess.Beside(works).ToString();

        Assert.Contains("You guessed 1 of 2.", text, StringComparison.Ordinal);
        Assert.Contains("a surprise", text, StringComparison.Ordinal);
        Assert.Contains("no disk", text, StringComparison.Ordinal);
        Assert.Contains("\"sleeps\"", Assert.Throws<ArgumentException>(() => guess["network"] = "sleeps").Message, StringComparison.Ordinal);
        Assert.Contains("\"disks\"", Assert.Throws<ArgumentException>(() => new WorkKindGuess { ["disks"] = "waits" }.Beside(works)).Message, StringComparison.Ordinal);
    }
}
