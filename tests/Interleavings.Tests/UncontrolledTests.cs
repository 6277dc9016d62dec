using System.Diagnostics;

namespace ConcurrencyLab.Tests;

/// <summary>Readers' code that escapes the scheduler: a clear line, and no thread stays behind.</summary>
public class UncontrolledTests
{
    private static readonly ExploreOptions Impatient = new() { StepLimit = TimeSpan.FromMilliseconds(300) };

    public static TheoryData<string> Escapes => ["sleep", "loop", "stubborn", "lock", "delay"];

    [Theory]
    [MemberData(nameof(Escapes))]
    public void A_task_that_does_not_come_back_is_named_and_stopped(string escape)
    {
        Thread? escaped = null;
        using var never = new SemaphoreSlim(0);
        var program = ConcurrentProgram.OfThreads("escapes", program =>
        {
            var x = program.Shared("x", 0);
            program.Task("A", () =>
            {
                x.Value = 1;
                escaped = Thread.CurrentThread;
                Escape(escape, never);
                x.Value = 2;
            });
            program.Task("B", () => x.Value = 3);
        });
        var error = Assert.Throws<UncontrolledConcurrencyException>(() => program.Explore(Impatient));
        Assert.Contains("A did not come back", error.Message, StringComparison.Ordinal);
        Assert.Contains("write x = 1", error.Message, StringComparison.Ordinal);
        Assert.True(escaped!.Join(TimeSpan.FromSeconds(10)), "its thread still runs");
    }

    [Fact]
    public void On_one_thread_too()
    {
        var program = ConcurrentProgram.OnEventLoop("escapes", program => program.Task("A", async () =>
        {
            await program.Yield();
            await new TaskCompletionSource().Task;
        }));
        var error = Assert.Throws<UncontrolledConcurrencyException>(() => program.Explore(Impatient));
        Assert.Contains("awaits something that the scheduler does not control", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Threads_of_an_exploration_end_with_it()
    {
        var threads = new HashSet<Thread>();
        var program = ConcurrentProgram.OfThreads("threads", program =>
        {
            var (left, right) = (program.Lock("left"), program.Lock("right"));
            void Both(SharedLock first, SharedLock second)
            {
                lock (threads)
                {
                    threads.Add(Thread.CurrentThread);
                }

                using (first.EnterScope())
                using (second.EnterScope())
                {
                }
            }

            program.Task("A", () => Both(left, right));
            program.Task("B", () => Both(right, left));
        });
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(Outcome.Deadlock, program.Explore().Outcome);
        }

        program.StressTest(times: 200, seconds: 0.2);
        Assert.Equal(12, threads.Count);
        Assert.All(threads, thread => Assert.False(thread.IsAlive));
    }

    [Fact]
    public void A_program_that_is_not_the_same_every_time_is_told_so()
    {
        var runs = 0;
        var program = ConcurrentProgram.OfThreads("whim", program =>
        {
            var (x, y) = (program.Shared("x", 0), program.Shared("y", 0));
            var whim = runs++ % 3 == 0 ? x : y;
            program.Task("A", () =>
            {
                for (var i = 0; i < 3; i++)
                {
                    whim.Value = i;
                }
            });
            program.Task("B", () => x.Value = 9);
        });
        Assert.Contains("did something else", Assert.Throws<InvalidOperationException>(() => program.Explore()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_step_on_a_thread_that_is_no_task_is_told_so()
    {
        var program = ConcurrentProgram.OfThreads("foreign", program =>
        {
            var x = program.Shared("x", 0);
            program.Task("A", () => Task.Run(() => x.Value = 1).Wait());
        });
        var failing = program.Explore().Failing;
        Assert.Contains("none of the tasks'", failing!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Bad_programs_are_refused_with_what_to_do()
    {
        Assert.Contains("has no tasks", Assert.Throws<InvalidOperationException>(() => ConcurrentProgram.OfThreads("empty", _ => { }).Explore()).Message, StringComparison.Ordinal);
        Assert.Contains("\"two words\"", Assert.Throws<ArgumentException>(() => ConcurrentProgram.OfThreads("name", program => program.Task("two words", () => { })).Explore()).Message, StringComparison.Ordinal);
        Assert.Contains("\"A\"", Assert.Throws<ArgumentException>(() => ConcurrentProgram.OfThreads("twice", program =>
        {
            program.Task("A", () => { });
            program.Task("A", () => { });
        }).Explore()).Message, StringComparison.Ordinal);
        Assert.Contains("Only tasks may wait", Assert.Throws<InvalidOperationException>(() => ConcurrentProgram.OfThreads("early", program => program.Semaphore("none", 0).Wait()).Explore()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_exploration_can_be_given_up()
    {
        using var tired = new CancellationTokenSource();
        tired.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => Programs.Philosophers(5, ordered: true).Explore(tired.Token));
    }

    [Fact]
    public void A_bound_on_schedules_is_said_and_is_no_proof()
    {
        var exploration = Programs.Steps(8, (_, _) => "x").Explore(new ExploreOptions { MaxSchedules = 100 });
        Assert.Equal((100, false, "the first 100 schedules"), (exploration.Schedules, exploration.Complete, exploration.Coverage));
    }

    private static void Escape(string how, SemaphoreSlim never)
    {
        switch (how)
        {
            case "sleep":
                Thread.Sleep(Timeout.Infinite);
                break;
            case "lock":
                never.Wait();
                break;
            case "delay":
                Task.Delay(Timeout.Infinite).Wait();
                break;
            case "stubborn":
                while (true)
                {
                    try
                    {
                        Thread.Sleep(Timeout.Infinite);
                    }
                    catch (ThreadInterruptedException)
                    {
                        // Does not want to end.
                    }
                }

            default:
                for (var clock = Stopwatch.StartNew(); clock.ElapsedTicks >= 0;)
                {
                }

                break;
        }
    }
}
