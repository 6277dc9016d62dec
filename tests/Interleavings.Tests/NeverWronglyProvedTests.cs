namespace ConcurrencyLab.Tests;

/// <summary>Programs of which not all is seen, or that only some orders break: nothing is called proved that is not.</summary>
public class NeverWronglyProvedTests
{
    [Fact]
    public void Looking_at_a_semaphore_is_a_step_with_and_without_reduction()
    {
        var program = ConcurrentProgram.OfThreads("looks", program =>
        {
            var permits = program.Semaphore("permits", 1);
            var seen = program.Shared("seen", 1);
            program.Task("A", () =>
            {
                permits.Wait();
                permits.Release();
            });
            program.Task("B", () => seen.Value = permits.CurrentCount);
            program.Postcondition("it was there", () => seen.Value == 1);
        });
        Assert.Equal(Outcome.BrokenInvariant, program.Explore().Outcome);
        Assert.Equal(Outcome.BrokenInvariant, program.Explore(new ExploreOptions { Reduce = false }).Outcome);
        Assert.Equal(Outcome.BrokenInvariant, program.Explore(new ExploreOptions { Reduce = true }).Outcome);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Two_halves_of_one_task_that_are_awaited_together_run_in_every_order(bool onOneThread)
    {
        ConcurrentProgram Halves(bool apart) => Make(onOneThread, "halves", program =>
        {
            var count = program.Shared("count", 0);
            async Task Add()
            {
                if (apart)
                {
                    await program.Yield();
                }

                var seen = count.Value;
                await program.Yield();
                count.Value = seen + 1;
            }

            program.Task("A", async () => await Task.WhenAll(Add(), Add()));
            program.Postcondition("count is 2", () => count.Value == 2);
        });
        Assert.Equal(Outcome.BrokenInvariant, Halves(apart: true).Explore().Outcome);
        Assert.Equal(Outcome.BrokenInvariant, Halves(apart: false).Explore().Outcome);
        var failing = Halves(apart: true).Explore();
        Assert.Equal(Outcome.BrokenInvariant, Halves(apart: true).Run(failing.Schedule).Outcome);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_is_left_behind_without_being_awaited_still_runs_and_what_throws_on_the_way_ends_nothing_but_the_run(bool onOneThread)
    {
        var left = Make(onOneThread, "left behind", program =>
        {
            var count = program.Shared("count", 0);
            async Task Add()
            {
                await program.Yield();
                count.Increment();
            }

            program.Task("A", () =>
            {
                _ = Add();
                return Task.CompletedTask;
            });
            program.Task("B", async () => await Task.WhenAll(Add(), Add()));
            program.Postcondition("count is 3", () => count.Value == 3);
        });
        Assert.Equal(Outcome.Holds, left.Explore().Outcome);
        var throws = Make(onOneThread, "throws", program =>
        {
            var count = program.Shared("count", 0);
            async Task Add(int most)
            {
                await program.Yield();
                if (count.Increment() > most)
                {
                    throw new InvalidOperationException("too many");
                }
            }

            program.Task("A", async () => await Task.WhenAll(Add(1), Add(1), Add(5)));
        });
        Assert.Contains("too many", throws.Explore().Failing!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_step_on_a_foreign_thread_is_told_with_what_to_do_even_where_the_end_check_fails_too()
    {
        var program = ConcurrentProgram.OfThreads("foreign", program =>
        {
            var x = program.Shared("x", 0);
            program.Task("A", () =>
            {
                var escaped = Task.Run(() => x.Value = 1);
                ((IAsyncResult)escaped).AsyncWaitHandle.WaitOne();
            });
            program.Task("B", () => x.Value = 2);
            program.Postcondition("never", () => false);
        });
        var exploration = program.Explore();
        Assert.Contains("none of the tasks'", exploration.Failing!.Reason, StringComparison.Ordinal);
        Assert.Contains(exploration.NotSeen, unseen => unseen.Contains("program.Run", StringComparison.Ordinal));
    }

    [Fact]
    public void What_the_last_task_threw_is_told_and_not_the_check_that_failed_after_it()
    {
        var program = ConcurrentProgram.OnEventLoop("throws at the end", program =>
        {
            program.Task("A", async () =>
            {
                await Task.Delay(1);
                throw new InvalidOperationException("no milk");
            });
            program.Postcondition("never", () => false);
        });
        Assert.Contains("no milk", program.Explore().Failing!.Reason, StringComparison.Ordinal);
    }

    public static TheoryData<string, string> Unseen => new()
    {
        { "no step", "what B does: it takes no step" },
        { "one task", "anything beside the only task" },
        { "apart", "anything that tasks do to each other" },
        { "only reads", "anything that tasks do to each other" },
        { "plain", "count, which A and B share" },
        { "plain in a lock of one", "count, which A and B share" },
        { "plain field of a class", "Total, which A and B share" },
        { "static", "_static, which A and B share" },
        { "element", "cells[0], which A and B share" },
        { "some element", "cells[…], which A and B share" },
        { "list", "what is in names, which A and B share" },
        { "asynchronous", "count, which A and B share" },
        { "real lock", "Monitor.Enter, a real one, in A" },
        { "interlocked", "count, which A and B share" },
        { "an invariant's", "count, which D and an invariant share" },
        { "shared with a started task", "count, which A and what A starts share" },
        { "shared by started tasks", "count, which what A starts and what A starts share" },
        { "outside", "when the thing comes that A awaits" },
    };

    [Theory]
    [MemberData(nameof(Unseen))]
    public void What_could_not_be_seen_stands_in_the_verdict_and_forbids_a_proof(string kind, string says)
    {
        var exploration = UnseenPrograms.Named(kind).Explore();
        Assert.Equal(Outcome.Holds, exploration.Outcome);
        Assert.False(exploration.Complete);
        Assert.Contains(exploration.NotSeen, unseen => unseen.StartsWith(says, StringComparison.Ordinal));
        Assert.DoesNotContain("nothing breaks it", exploration.ToString(), StringComparison.Ordinal);
        Assert.Contains("not seen: ", exploration.Sentence, StringComparison.Ordinal);
        Assert.Contains("not proved", exploration.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Variables_that_belong_to_one_task_or_never_change_leave_a_proof_a_proof()
    {
        var program = ConcurrentProgram.OfThreads("own", program =>
        {
            var gate = program.Lock("gate");
            var total = program.Shared("total", 0);
            var cups = new int[2];
            int[] prices = [3, 4];
            var names = new List<string> { "espresso" };
            for (var task = 0; task < 2; task++)
            {
                var (me, own) = (task, 0);
                program.Task($"T{me}", () =>
                {
                    using (gate.EnterScope())
                    {
                        own += prices[me];
                        total.Value += own + names.Count;
                    }

                    cups[me] = own;
                });
            }

            program.Task("starts", () =>
            {
                for (var i = 0; i < 2; i++)
                {
                    var me = i;
                    program.Start("started", () => _ = total.Value + me);
                }
            });
            program.Postcondition("all is there", () => total.Value == 9 && cups.Sum() == 7);
        });
        var exploration = program.Explore();
        Assert.True(exploration.Complete, exploration.Sentence);
        Assert.True(Programs.LostUpdate.Explore(new ExploreOptions { StopAtFailure = false }).Complete);
    }

    [Fact]
    public void What_ten_tasks_do_in_a_rare_order_is_found_before_all_orders_without_interruption_are_tried()
    {
        var program = ConcurrentProgram.OfThreads("ten", program =>
        {
            var (order, turn) = (Enumerable.Range(0, 10).Select(i => program.Shared($"x{i}", 0)).ToArray(), program.Shared("turn", 0));
            for (var task = 0; task < 10; task++)
            {
                var me = task;
                program.Task($"T{me}", () => order[me].Value = turn.Increment());
            }

            program.Postcondition("T9 is never before T0", () => order[9].Value > order[0].Value);
        });
        using var explorer = new Explorer(program, new ExploreOptions { TimeLimit = TimeSpan.FromMinutes(5) }, CancellationToken.None);
        var exploration = explorer.SimplestFirst();
        Assert.Equal(Outcome.BrokenInvariant, exploration.Outcome);
    }

    [Fact]
    public void An_invariant_is_asked_in_every_state_that_it_can_tell_apart()
    {
        var program = ConcurrentProgram.OfThreads("between", program =>
        {
            var (x, y) = (program.Shared("x", 0), program.Shared("y", 0));
            program.Task("A", () => x.Value = 1);
            program.Task("B", () => y.Value = 1);
            program.Invariant("x is never alone", () => x.Value <= y.Value || y.Value > 0);
            program.Invariant("y is never alone", () => y.Value <= x.Value || x.Value > 0);
        });
        var all = program.Explore(new ExploreOptions { StopAtFailure = false });
        Assert.Equal((2, 2), (all.Schedules, all.Failures));
    }

    private static ConcurrentProgram Make(bool onOneThread, string name, Action<ProgramBuilder> build) =>
        onOneThread ? ConcurrentProgram.OnEventLoop(name, build) : ConcurrentProgram.OfThreads(name, build);
}
