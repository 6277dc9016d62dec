namespace ConcurrencyLab.Tests;

/// <summary>What programs use besides variables and locks: each in a program that is right, in one that is wrong, and for real.</summary>
public class ToolsOfProgramsTests
{
    public static TheoryData<string, Outcome> Kinds => new()
    {
        { "joined", Outcome.Holds },
        { "not joined", Outcome.BrokenInvariant },
        { "a thread that throws", Outcome.UnhandledException },
        { "a task that throws, waited for", Outcome.Holds },
        { "a result", Outcome.Holds },
        { "children of children", Outcome.Holds },
        { "a source that two complete", Outcome.UnhandledException },
        { "a source that two try to complete", Outcome.Holds },
        { "a source that nobody completes", Outcome.Deadlock },
        { "awaited", Outcome.Holds },
        { "awaited together", Outcome.BrokenInvariant },
        { "a signal", Outcome.Holds },
        { "a signal for one of two", Outcome.Deadlock },
        { "an open door for both", Outcome.Holds },
        { "a door closed too early", Outcome.Deadlock },
        { "a barrier", Outcome.Holds },
        { "a barrier for one more", Outcome.Deadlock },
        { "a countdown", Outcome.Holds },
        { "a countdown below nought", Outcome.UnhandledException },
        { "readers and a writer", Outcome.Holds },
        { "a reader who writes", Outcome.BrokenInvariant },
        { "a reader who enters twice", Outcome.UnhandledException },
        { "several permits", Outcome.Holds },
        { "too few permits", Outcome.Deadlock },
        { "an open channel", Outcome.Holds },
        { "a channel looked into", Outcome.BrokenInvariant },
        { "a wait without a loop", Outcome.Holds },
        { "a wait without a loop, woken spuriously", Outcome.BrokenInvariant },
        { "a wait in a loop, woken spuriously", Outcome.Holds },
        { "cancelled while it waits", Outcome.Holds },
        { "cancelled too late", Outcome.BrokenInvariant },
        { "a timeout that is not looked at", Outcome.UnhandledException },
        { "a timeout that is looked at", Outcome.Holds },
        { "two conditions", Outcome.Holds },
        { "one condition for two", Outcome.LostWakeUp },
        { "a choice", Outcome.BrokenInvariant },
        { "sleeping instead of waiting", Outcome.BrokenInvariant },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Each_has_its_verdict_and_the_failing_schedule_replays(string kind, Outcome outcome)
    {
        var program = ConcurrentProgram.OfThreads(kind, program => ToolsOfPrograms.Build(program, kind));
        var exploration = program.Explore();
        Assert.True(outcome == exploration.Outcome, exploration.ToString());
        Assert.True(exploration.Complete || outcome != Outcome.Holds, exploration.Sentence);
        Assert.Equal(outcome == Outcome.Holds ? Outcome.Unfinished : outcome, program.Run(exploration.Schedule).Outcome);
        if (outcome == Outcome.Holds)
        {
            var real = program.StressTest(times: 20, seconds: 20);
            Assert.True(real.Failures == 0, real.ToString());
        }
    }

    [Fact]
    public void Tasks_that_tasks_start_have_names_of_their_own_in_every_order_and_in_schedules_by_hand()
    {
        var program = ConcurrentProgram.OfThreads("names", program =>
        {
            var x = program.Shared("x", 0);
            program.Task("A", () => program.Start("child", () => x.Value = 1));
            program.Task("B", () => program.Start("child", () => x.Value = 2));
            program.Postcondition("B's was last", () => x.Value == 2);
        });
        var failing = program.Explore().Failing!;
        Assert.Contains("child#2", failing.Tasks);
        Assert.Equal(Outcome.BrokenInvariant, program.Run(failing.Schedule).Outcome);
        Assert.Contains("child#3", Assert.Throws<ArgumentException>(() => program.Run("child#3")).Message, StringComparison.Ordinal);
        Assert.True(failing.Figure.Png.Length > 1000);
    }

    [Fact]
    public void More_than_sixteen_tasks_are_explored_and_more_than_sixty_four_are_refused()
    {
        ConcurrentProgram Starting(int count) => ConcurrentProgram.OfThreads("many", program =>
        {
            var own = Enumerable.Range(0, count).Select(i => program.Shared($"x{i}", 0)).ToArray();
            program.Task("first", () =>
            {
                for (var i = 1; i < count; i++)
                {
                    var me = i;
                    program.Start("more", () => own[me].Value = 1);
                }
            });
        });
        Assert.Equal((1, Outcome.Holds), (Starting(60).Explore().Schedules, Starting(60).Explore().Outcome));
        Assert.Contains("At most 64 tasks", Starting(65).Explore().Failing!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_number_is_chosen_and_a_schedule_says_which()
    {
        HashSet<int> chosen = [];
        var program = ConcurrentProgram.OfThreads("chooses", program =>
        {
            var x = program.Shared("x", 0);
            program.Task("A", () => x.Value = program.Choose(5));
            program.Postcondition("noted", () => chosen.Add(x.Value) || true);
        });
        Assert.Equal(5, program.Explore(new ExploreOptions { StopAtFailure = false }).Schedules);
        Assert.Equal([0, 1, 2, 3, 4], chosen.Order());
        Assert.Contains("choose 3 of 5", program.Run("A:3 A").ToString(), StringComparison.Ordinal);
        Assert.Contains("5 ways", program.Run("A:5 A").Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Threads_are_started_by_tasks_of_programs_of_threads_only()
    {
        var early = ConcurrentProgram.OfThreads("early", program => program.Start("A", () => { }));
        Assert.Contains("program.Task", Assert.Throws<InvalidOperationException>(() => early.Explore()).Message, StringComparison.Ordinal);
        var loop = ConcurrentProgram.OnEventLoop("loop", program => program.Task("A", () => program.Start("B", () => { })));
        Assert.Contains("only one", loop.Explore().Failing!.Reason, StringComparison.Ordinal);
    }
}
