namespace ConcurrencyLab.Tests;

/// <summary>The same order gives the same run, here and elsewhere; orders given by hand; seeds.</summary>
public class ReplayTests
{
    /// <summary>Everything a replay shows, and what a seed draws, in one line.</summary>
    private static string Fingerprint(string schedule)
    {
        var replay = Programs.BoundedBuffer(pulseAll: false).Run(schedule);
        var random = Programs.BoundedBuffer(pulseAll: false).ExploreAtRandom(seed: 7);
        return $"{replay} | {random.Schedules} {random.Schedule} {random.Outcome}".ReplaceLineEndings(" / ");
    }

    [Fact]
    public void A_schedule_replays_exactly_again_and_again()
    {
        var schedule = Programs.BoundedBuffer(pulseAll: false).Explore().Schedule;
        var here = Fingerprint(schedule);
        Assert.Contains("lost wake-up", here, StringComparison.Ordinal);
        Assert.Equal(here, Fingerprint(schedule));
        Assert.Equal(here, Fingerprint(schedule));
    }

    [Fact]
    public void A_seed_draws_the_same_schedules_and_what_it_finds_is_made_simple()
    {
        var (one, two) = (Programs.LostUpdate.ExploreAtRandom(seed: 3), Programs.LostUpdate.ExploreAtRandom(seed: 3));
        Assert.Equal((one.Schedules, one.Schedule), (two.Schedules, two.Schedule));
        Assert.Equal((Outcome.BrokenInvariant, 1), (one.Outcome, one.Failing!.Preemptions));
        var nothing = Programs.AtomicUpdate.ExploreAtRandom(seed: 3, schedules: 50);
        Assert.Equal((true, 50, false), (nothing.Holds, nothing.Schedules, nothing.Complete));
        Assert.Contains("50 schedules drawn by lot with seed 3", nothing.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void An_order_given_by_hand_runs_as_far_as_it_goes()
    {
        Assert.Equal(Outcome.Holds, Programs.LostUpdate.Run("A A B B").Outcome);
        Assert.Equal(Outcome.BrokenInvariant, Programs.LostUpdate.Run(" A  B\tA B ").Outcome);
        Assert.Equal((Outcome.Holds, "A A B B"), (Programs.LostUpdate.Run("A*2 B*2").Outcome, Programs.LostUpdate.Run("A*2 B*2").Schedule));
        var part = Programs.LostUpdate.Run("A B");
        Assert.Equal((Outcome.Unfinished, 2), (part.Outcome, part.Steps));
        Assert.Contains("A: write count = 1; B: write count = 1", part.ToString(), StringComparison.Ordinal);
        var none = Programs.LostUpdate.Run("");
        Assert.Equal((Outcome.Unfinished, 0), (none.Outcome, none.Steps));
    }

    [Fact]
    public void An_order_that_is_not_possible_says_who_was_in_the_way()
    {
        var run = Programs.TwoLocks(sameOrder: true).Run("A B");
        Assert.Equal((Outcome.Infeasible, 1), (run.Outcome, run.Steps));
        Assert.Contains("step 2: B cannot go, it waits for left, which A holds", run.Reason, StringComparison.Ordinal);
        Assert.Contains("B is done", Programs.LostUpdate.Run("B B B").Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("A C")]
    [InlineData("A*0")]
    [InlineData("A*x")]
    [InlineData("A*2*3")]
    [InlineData("a")]
    [InlineData("A*999999999999")]
    public void An_order_with_a_word_that_is_no_step_names_it_and_the_tasks(string order)
    {
        var error = Assert.Throws<ArgumentException>(() => Programs.LostUpdate.Run(order));
        Assert.Contains($"\"{order.Split(' ')[^1]}\" is no step", error.Message, StringComparison.Ordinal);
        Assert.Contains("the tasks are A, B", error.Message, StringComparison.Ordinal);
    }
}
