namespace ConcurrencyLab.Tests;

/// <summary>Programs right and wrong, with the verdict, the simplest schedule that breaks them, and the number of schedules.</summary>
public class VerdictTests
{
    [Theory]
    [InlineData("lost update", Outcome.BrokenInvariant, 2, 4, "A B B A")]
    [InlineData("Peterson, turn first", Outcome.BrokenInvariant, 2, 46, "A B B B B A A A A")]
    [InlineData("two locks", Outcome.Deadlock, 2, 6, "A B")]
    [InlineData("buffer, one pulse", Outcome.LostWakeUp, 4, 60, "C1 C1 C1 C2 C2 C2 P1*5 P2 P2 P2 C1*5 C2 C2 C2")]
    [InlineData("signal, unchecked", Outcome.LostWakeUp, 1, 2, "setter setter setter setter waiter waiter")]
    [InlineData("3 philosophers", Outcome.Deadlock, 3, 57, "P0 P2 P1")]
    [InlineData("4 philosophers", Outcome.Deadlock, 4, 512, "P0 P3 P2 P1")]
    [InlineData("permits", Outcome.Deadlock, 6, 6, "A*5 B B")]
    [InlineData("pipe without end", Outcome.Deadlock, 1, 1, "P C C C P C C C")]
    [InlineData("async race", Outcome.BrokenInvariant, 4, 6, "A B B A")]
    public void A_wrong_program_is_broken_by_its_simplest_schedule(string name, Outcome outcome, int failures, int schedules, string schedule)
    {
        var exploration = Named(name).Explore();
        Assert.Equal((outcome, failures, schedules, schedule), (exploration.Outcome, exploration.Failures, exploration.Schedules, exploration.Schedule));
        Assert.False(exploration.Holds);
        Assert.NotNull(exploration.TimeToFailure);
        Assert.Equal(outcome, Named(name).Run(exploration.Schedule).Outcome);
    }

    [Theory]
    [InlineData("atomic update", 2)]
    [InlineData("Peterson", 12)]
    [InlineData("two locks, one order", 2)]
    [InlineData("buffer, all pulsed", 80)]
    [InlineData("signal, checked", 2)]
    [InlineData("3 philosophers, in order", 6)]
    [InlineData("permits given back", 6)]
    [InlineData("pipe", 2)]
    [InlineData("async, no await between", 6)]
    public void A_right_program_is_proved_by_covering_everything(string name, int schedules)
    {
        var exploration = Named(name).Explore();
        Assert.Equal((Outcome.Holds, schedules, 0, true), (exploration.Outcome, exploration.Schedules, exploration.Failures, exploration.Complete));
        Assert.Null(exploration.Failing);
        Assert.Empty(exploration.Schedule);
        Assert.StartsWith("nothing breaks it: tried ", exploration.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Tasks_that_keep_each_other_busy_are_a_livelock_at_the_bound_on_steps()
    {
        var exploration = Programs.TooPolite.Explore(new ExploreOptions { MaxSteps = 60 });
        Assert.Equal((Outcome.Livelock, 60), (exploration.Outcome, exploration.Failing!.Steps));
        Assert.Contains("60 steps", exploration.Failing.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Waiting_in_a_loop_for_what_nobody_changes_is_a_livelock_with_and_without_saying_so(bool spins)
    {
        var program = ConcurrentProgram.OfThreads("waits", program =>
        {
            var flag = program.Shared("flag", false);
            program.Task("A", () =>
            {
                while (!flag.Value)
                {
                    if (spins)
                    {
                        program.SpinOnce();
                    }
                }
            });
            program.Task("B", () => _ = flag.Value);
        });
        Assert.Equal(Outcome.Livelock, program.Explore().Outcome);
    }

    [Fact]
    public void A_loop_that_only_reads_lets_others_go_first()
    {
        var program = ConcurrentProgram.OfThreads("waits", program =>
        {
            var flag = program.Shared("flag", false);
            program.Task("A", () =>
            {
                while (!flag.Value)
                {
                }
            });
            program.Task("B", () => flag.Value = true);
        });
        Assert.True(program.Explore() is { Holds: true, Complete: true });
    }

    [Fact]
    public void An_exception_that_only_some_schedules_throw_is_found_with_its_message()
    {
        var program = ConcurrentProgram.OfThreads("check, then act", program =>
        {
            var table = program.Shared<string?>("table", "free");
            void Sit()
            {
                if (table.Value is not null)
                {
                    table.Value = table.Exchange(null)!.ToUpperInvariant() is null ? "" : null;
                }
            }

            program.Task("A", Sit);
            program.Task("B", Sit);
        });
        var failing = program.Explore().Failing;
        Assert.Equal(Outcome.UnhandledException, failing?.Outcome);
        Assert.Contains(nameof(NullReferenceException), failing!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Misuse_of_a_lock_or_a_semaphore_throws_what_the_real_one_throws()
    {
        var exit = ConcurrentProgram.OfThreads("exit", program =>
        {
            var gate = program.Lock("gate");
            program.Task("A", gate.Exit);
        });
        Assert.Contains(nameof(SynchronizationLockException), exit.Explore().Failing!.Reason, StringComparison.Ordinal);
        var full = ConcurrentProgram.OfThreads("release", program =>
        {
            var one = program.Semaphore("one", 1, most: 1);
            program.Task("A", one.Release);
        });
        Assert.Contains(nameof(SemaphoreFullException), full.Explore().Failing!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_lock_may_be_entered_again_by_who_holds_it_and_blocks_the_only_thread_it_is_on()
    {
        var again = ConcurrentProgram.OfThreads("again", program =>
        {
            var gate = program.Lock("gate");
            program.Task("A", () =>
            {
                using (gate.EnterScope())
                using (gate.EnterScope())
                {
                }
            });
            program.Postcondition("it is free", () => gate.TryEnter());
        });
        Assert.True(again.Explore().Holds);
        var blocked = ConcurrentProgram.OnEventLoop("blocked", program =>
        {
            var permit = program.Semaphore("permit", 0);
            program.Task("A", permit.Wait);
            program.Task("B", permit.Release);
        });
        var failing = blocked.Explore().Failing;
        Assert.Equal(Outcome.Deadlock, failing?.Outcome);
        Assert.Contains("the only thread", failing!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Awaits_of_ordinary_tasks_are_scheduled_too()
    {
        ConcurrentProgram Waiting(Func<string, Action<ProgramBuilder>, ConcurrentProgram> make) => make("source", program =>
        {
            var source = new TaskCompletionSource<int>();
            var got = program.Shared("got", 0);
            program.Task("A", async () =>
            {
                await Task.Yield();
                got.Value = await source.Task;
            });
            program.Task("B", () => source.SetResult(7));
            program.Postcondition("it arrived", () => got.Value == 7);
        });
        var one = Waiting(ConcurrentProgram.OnEventLoop).Explore();
        Assert.True(one is { Holds: true, Complete: true }, one.ToString());
    }

    private static ConcurrentProgram Named(string name) => name switch
    {
        "lost update" => Programs.LostUpdate,
        "atomic update" => Programs.AtomicUpdate,
        "Peterson" => Programs.Peterson(right: true),
        "Peterson, turn first" => Programs.Peterson(right: false),
        "two locks" => Programs.TwoLocks(sameOrder: false),
        "two locks, one order" => Programs.TwoLocks(sameOrder: true),
        "buffer, one pulse" => Programs.BoundedBuffer(pulseAll: false),
        "buffer, all pulsed" => Programs.BoundedBuffer(pulseAll: true),
        "signal, unchecked" => Programs.Signal(checksFirst: false),
        "signal, checked" => Programs.Signal(checksFirst: true),
        "3 philosophers" => Programs.Philosophers(3, ordered: false),
        "4 philosophers" => Programs.Philosophers(4, ordered: false),
        "3 philosophers, in order" => Programs.Philosophers(3, ordered: true),
        "permits" => Programs.Permits(givesBack: false),
        "permits given back" => Programs.Permits(givesBack: true),
        "pipe" => Programs.Pipe(completes: true),
        "pipe without end" => Programs.Pipe(completes: false),
        "async race" => Programs.AsyncRace(awaitsBetween: true),
        _ => Programs.AsyncRace(awaitsBetween: false),
    };
}
