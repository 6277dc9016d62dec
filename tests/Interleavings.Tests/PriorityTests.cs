namespace ConcurrencyLab.Tests;

/// <summary>Priorities drawn by lot: how often a mistake is met, against the guarantee of the paper.</summary>
public class PriorityTests
{
    private const int Runs = 2_000;

    [Theory]
    [InlineData("after all", 1)]
    [InlineData("lost update", 2)]
    [InlineData("interrupted twice", 3)]
    public void A_mistake_is_met_at_least_as_often_as_the_guarantee_says(string kind, int depth)
    {
        var program = Named(kind);
        using var player = new Player(program, new ExploreOptions(), CancellationToken.None);
        player.Play(new Prefer([]), recording: false);
        var (tasks, steps) = (player.Notes.Names.Count, player.Notes.Longest);
        var least = 1.0 / (tasks * Math.Pow(steps, depth - 1));
        Assert.InRange(Met(player, new PriorityPolicy(seed: 1, depth)), least, 1);
    }

    [Fact]
    public void What_a_random_walk_hardly_ever_meets_priorities_meet_at_once()
    {
        var program = Named("after all");
        using var player = new Player(program, new ExploreOptions(), CancellationToken.None);
        Assert.Equal(0, Met(player, new RandomWalk(seed: 1)));
        var exploration = program.ExploreByPriority(seed: 1, depth: 1);
        Assert.Equal(Outcome.BrokenInvariant, exploration.Outcome);
        Assert.InRange(exploration.Schedules, 1, 50);
        Assert.Equal(exploration.Schedule, program.ExploreByPriority(seed: 1, depth: 1).Schedule);
    }

    [Fact]
    public void Where_nothing_is_met_the_guarantee_is_said_and_is_no_proof()
    {
        var exploration = Programs.AtomicUpdate.ExploreByPriority(seed: 5, depth: 2, schedules: 40);
        Assert.Equal((true, false, 40), (exploration.Holds, exploration.Complete, exploration.Schedules));
        Assert.Contains("40 schedules by priorities drawn by lot with seed 5, each of which meets a mistake of depth 2 with a chance of 1 in 4", exploration.Coverage, StringComparison.Ordinal);
    }

    [Fact]
    public void A_task_that_waits_in_a_loop_does_not_keep_the_others_from_going() =>
        Assert.Equal(500, Programs.Peterson(right: true).ExploreByPriority(seed: 1, depth: 3, schedules: 500).Schedules);

    private static double Met(Player player, IPolicy policy) =>
        Enumerable.Range(0, Runs).Count(_ => player.Broken(player.Play(policy, recording: false)) is not null) / (double)Runs;

    private static ConcurrentProgram Named(string kind) => kind switch
    {
        "after all" => ConcurrentProgram.OfThreads(kind, program =>
        {
            var (steps, done) = (program.Shared("steps", 0), program.Shared("done", 0));
            var seen = -1;
            program.Task("A", () =>
            {
                for (var i = 0; i < 20; i++)
                {
                    steps.Increment();
                }
            });
            program.Task("B", () =>
            {
                seen = steps.Value;
                done.Value = 1;
            });
            program.Postcondition("B is not after all of A", () => seen < 20);
        }),
        "lost update" => Programs.LostUpdate,
        _ => ConcurrentProgram.OfThreads(kind, program =>
        {
            var (x, y) = (program.Shared("x", 0), program.Shared("y", 0));
            var seen = (-1, -1);
            program.Task("A", () =>
            {
                x.Value = 1;
                y.Value = 1;
                x.Value = 2;
                y.Value = 2;
            });
            program.Task("B", () => seen = (x.Value, y.Value));
            program.Postcondition("never 1, then 2", () => seen is not (1, 2));
        }),
    };
}
