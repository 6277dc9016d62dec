namespace ConcurrencyLab.Tests;

/// <summary>Loops that wait, loops that give up, and tasks that only look at a lot: each is told from the others.</summary>
public class WaitingTests
{
    [Theory]
    [InlineData(3)]
    [InlineData(24)]
    [InlineData(25)]
    [InlineData(100)]
    public void However_often_a_task_reads_before_it_writes_the_order_that_breaks_it_is_found(int reads)
    {
        ConcurrentProgram Reads(bool sameOne) => ConcurrentProgram.OfThreads("reads, then writes", program =>
        {
            var board = Enumerable.Range(0, sameOne ? 1 : 25).Select(i => program.Shared($"cell{i}", 0)).ToArray();
            var last = program.Shared("last", 0);
            program.Task("A", () =>
            {
                for (var i = 0; i < reads; i++)
                {
                    _ = board[i % board.Length].Value;
                }

                last.Value = 1;
            });
            program.Task("B", () => board[0].Value = last.Value == 1 ? 2 : 1);
            program.Postcondition("B was first", () => board[0].Value == 1);
        });
        foreach (var sameOne in new[] { true, false })
        {
            var exploration = Reads(sameOne).Explore();
            Assert.Equal(Outcome.BrokenInvariant, exploration.Outcome);
            var all = Reads(sameOne).Explore(new ExploreOptions { StopAtFailure = false, MaxSteps = 1000 });
            Assert.Equal((true, 1), (all.Complete, all.Failures > 0 ? 1 : 0));
        }
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(3, true)]
    [InlineData(3, false)]
    [InlineData(30, true)]
    [InlineData(30, false)]
    public void Trying_some_times_and_giving_up_is_no_livelock_and_the_giving_up_is_seen(int times, bool spins)
    {
        ConcurrentProgram Patient(bool setter, bool mayGiveUp) => ConcurrentProgram.OfThreads("patient", program =>
        {
            var (flag, gaveUp) = (program.Shared("flag", false), program.Shared("gave up", false));
            program.Task("A", () =>
            {
                for (var i = 0; i < times; i++)
                {
                    if (flag.Value)
                    {
                        return;
                    }

                    if (spins)
                    {
                        program.SpinOnce();
                    }
                }

                gaveUp.Value = true;
            });
            program.Task("B", () => flag.Value = setter);
            program.Postcondition("A was served", () => mayGiveUp || !gaveUp.Value);
        });
        var alone = Patient(setter: false, mayGiveUp: true).Explore();
        Assert.True(alone is { Outcome: Outcome.Holds, Complete: true }, alone.ToString());
        var polled = Patient(setter: true, mayGiveUp: false).Explore();
        Assert.Equal(Outcome.BrokenInvariant, polled.Outcome);
        Assert.True(Patient(setter: true, mayGiveUp: true).Explore().Complete);
    }

    [Fact]
    public void A_wait_is_over_only_when_what_it_waits_for_changes_and_a_swap_that_fails_changes_nothing()
    {
        var program = ConcurrentProgram.OfThreads("waits", program =>
        {
            var (flag, other, noise) = (program.Shared("flag", 0), program.Shared("other", 0), program.Shared("noise", 0));
            program.Task("A", () =>
            {
                while (flag.Value != 2)
                {
                    program.SpinOnce();
                }

                other.Value = noise.Value;
            });
            program.Task("B", () =>
            {
                for (var i = 1; i <= 5; i++)
                {
                    noise.Value = i;
                    flag.CompareExchange(7, comparand: 3);
                }

                flag.Value = 2;
            });
            program.Postcondition("A came last", () => other.Value == 5);
        });
        var exploration = program.Explore(new ExploreOptions { StopAtFailure = false });
        // A reads in vain, waits for flag and nothing else, and reads again; or B was first.
        Assert.Equal((2, true, Outcome.Holds), (exploration.Schedules, exploration.Complete, exploration.Outcome));
        var swaps = ConcurrentProgram.OfThreads("swaps", program =>
        {
            var x = program.Shared("x", 0);
            foreach (var name in new[] { "A", "B", "C" })
            {
                program.Task(name, () => x.CompareExchange(1, comparand: 9));
            }
        });
        Assert.Equal(1, swaps.Explore(new ExploreOptions { StopAtFailure = false }).Schedules);
    }

    [Fact]
    public void A_run_that_only_an_unfair_order_makes_long_is_no_livelock_and_no_proof()
    {
        var program = ConcurrentProgram.OfThreads("unfair", program =>
        {
            var (flag, rounds) = (program.Shared("flag", false), program.Shared("rounds", 0));
            program.Task("A", () =>
            {
                while (!flag.Value)
                {
                    rounds.Increment();
                }
            });
            program.Task("B", () => flag.Value = true);
        });
        var exploration = program.Explore(new ExploreOptions { MaxSteps = 60 });
        Assert.Equal((Outcome.Holds, false), (exploration.Outcome, exploration.Complete));
        Assert.Contains(exploration.NotSeen, unseen => unseen.StartsWith("runs of more than 30 steps", StringComparison.Ordinal));
        var longOne = Programs.Steps(250, (task, _) => $"own{task}").Explore();
        Assert.Equal((Outcome.Holds, false), (longOne.Outcome, longOne.Complete));
    }
}
