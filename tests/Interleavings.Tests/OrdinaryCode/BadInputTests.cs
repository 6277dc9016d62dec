using System.IO.Pipes;

namespace ConcurrencyLab.Tests;

/// <summary>Code that cannot be explored, or not to its end: named, with the line, within its time; the next program is explored as ever.</summary>
public class BadInputTests
{
    [Fact]
    public void A_loop_without_an_end_is_told_with_its_line()
    {
        var program = ConcurrentProgram.OfCode("endless", () =>
        {
            var n = 1;
            while (n > 0)
            {
                n = (n % 7) + 1;
            }
        });

        var error = Assert.Throws<UncontrolledConcurrencyException>(() => program.Explore(TestContext.Current.CancellationToken));

        Assert.Contains("main loops for ever in line 14", error.Message, StringComparison.Ordinal);
        AssertOthersAreExplored();
    }

    [AllTierFact]
    public void Calling_itself_for_ever_is_an_exception_and_not_the_end_of_the_process()
    {
        var program = ConcurrentProgram.OfCode("deep", () =>
        {
            int Down(int n)
            {
                return Down(n + 1) + 1;
            }

            var other = Task.Run(() => Down(0));
            other.Wait();
        });

        var found = program.Explore(TestContext.Current.CancellationToken);

        Assert.Equal(Outcome.UnhandledException, found.Outcome);
        Assert.Contains("calls itself for ever", found.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_program_that_throws_dice_is_told_where()
    {
        var program = ConcurrentProgram.OfCode("dice", () =>
        {
            var count = 0;
            void Work()
            {
                if (Random.Shared.Next(2) == 0)
                {
                    Interlocked.Increment(ref count);
                }

                Interlocked.Increment(ref count);
            }

            Parallel.Invoke(Work, Work, Work);
            Check.That(count < 4);
        });

        var told = Told(program);

        Assert.Contains("Random.Shared (line 54)", told, StringComparison.Ordinal);
    }

    [AllTierFact]
    public void Waiting_for_something_that_the_scheduler_does_not_see_is_told_with_its_line()
    {
        var program = ConcurrentProgram.OfCode("pipe", () =>
        {
            using var pipe = new AnonymousPipeServerStream(PipeDirection.In);
            pipe.ReadByte();
        });

        var error = Assert.Throws<UncontrolledConcurrencyException>(() => program.Explore(new ExploreOptions { StepLimit = TimeSpan.FromMilliseconds(300) }, TestContext.Current.CancellationToken));

        Assert.Contains("ReadByte (line 77)", error.Message, StringComparison.Ordinal);
        AssertOthersAreExplored();
    }

    [Fact]
    public void Awaiting_a_task_from_outside_is_told_with_its_line()
    {
        var program = ConcurrentProgram.OfCode("outside", async () =>
        {
            await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Interleavings.Tests.runtimeconfig.json"));
        });

        var told = Told(program);

        Assert.Contains("line 91", told, StringComparison.Ordinal);
    }

    [Fact]
    public void Code_that_catches_everything_does_not_catch_the_end_of_a_run()
    {
        var program = ConcurrentProgram.OfCode("catches all", () =>
        {
            var count = 0;
            var gate = new object();
            void Retry()
            {
                while (true)
                {
                    try
                    {
                        lock (gate)
                        {
                            count++;
                            Check.That(count < 2);
                            return;
                        }
                    }
                    catch
                    {
                        // Tries again.
                    }
                }
            }

            Parallel.Invoke(Retry, Retry);
        });

        Assert.Equal(Outcome.BrokenInvariant, program.Explore(TestContext.Current.CancellationToken).Outcome);
    }

    [Fact]
    public void What_is_not_seen_is_named_and_forbids_a_proof()
    {
        var program = ConcurrentProgram.OfCode("timer", () =>
        {
            using var timer = new Timer(_ => { }, null, Timeout.Infinite, Timeout.Infinite);
            var count = 0;
            Parallel.Invoke(() => Interlocked.Increment(ref count), () => Interlocked.Increment(ref count));
        });

        var found = program.Explore(TestContext.Current.CancellationToken);

        Assert.True(found.Holds);
        Assert.False(found.Complete);
        Assert.Contains("a Timer (line 137)", found.NotSeen);
    }

    [Fact]
    public void A_list_that_was_filled_before_the_program_is_not_that_of_the_program()
    {
        var orders = new List<int>();
        orders.Add(1);
        var program = ConcurrentProgram.OfCode("filled before", () =>
        {
            var other = new Thread(() =>
            {
                lock (orders)
                {
                    orders.Add(2);
                }
            });
            other.Start();
            lock (orders)
            {
                orders.Add(3);
            }

            other.Join();
        });

        var found = program.Explore(TestContext.Current.CancellationToken);

        Assert.False(found.Complete);
        Assert.Contains("what was done to orders before the program began (line 153)", found.NotSeen);
    }

    /// <summary>The verdict, or why there is none.</summary>
    private static string Told(ConcurrentProgram program)
    {
        try
        {
            return program.Explore(TestContext.Current.CancellationToken).ToString();
        }
        catch (Exception error) when (error is InvalidOperationException or UncontrolledConcurrencyException)
        {
            return error.Message;
        }
    }

    private static void AssertOthersAreExplored()
    {
        var found = ConcurrentProgram.OfCode("other", () =>
        {
            var count = 0;
            Parallel.Invoke(() => Interlocked.Increment(ref count), () => Interlocked.Increment(ref count));
            Check.That(count == 2);
        }).Explore(TestContext.Current.CancellationToken);
        Assert.True(found.Complete, found.ToString());
    }
}
