namespace ConcurrencyLab.Tests;

/// <summary>What programs use besides variables and locks: each in a program that is right, in one that is wrong, and for real.</summary>
public class ToolsOfProgramsTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(1);

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
        var program = ConcurrentProgram.OfThreads(kind, program => Build(program, kind));
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

    private static void Build(ProgramBuilder program, string kind)
    {
        var (x, y) = (program.Shared("x", 0), program.Shared("y", 0));
        void Two(Action one, Action other)
        {
            program.Task("A", one);
            program.Task("B", other);
        }

        switch (kind)
        {
            case "joined" or "not joined":
                program.Task("A", () =>
                {
                    var child = program.Start("child", () => x.Value = 1);
                    if (kind == "joined")
                    {
                        child.Wait();
                    }

                    y.Value = x.Value;
                });
                program.Postcondition("seen", () => y.Value == 1);
                break;
            case "a thread that throws":
                program.Task("A", () => program.Start("child", () => throw new InvalidOperationException($"{x.Value}")));
                break;
            case "a task that throws, waited for":
                program.Task("A", () =>
                {
                    var child = program.Run("child", int () => throw new InvalidOperationException($"{x.Increment()}"));
                    y.Value = x.Value;
                    try
                    {
                        child.Wait();
                    }
                    catch (AggregateException)
                    {
                        x.Value = 2;
                    }
                });
                program.Postcondition("it was caught", () => x.Value == 2);
                break;
            case "a result":
                program.Task("A", () =>
                {
                    var (one, two) = (program.Run("one", () => x.Increment()), program.Run("two", () => x.Increment()));
                    y.Value = one.Result + two.Result;
                });
                program.Postcondition("1 and 2", () => y.Value == 3);
                break;
            case "children of children":
                program.Task("A", () => program.Run("child", () => program.Run("grandchild", () => x.Increment()).Result + x.Increment()).Wait());
                program.Postcondition("both", () => x.Value == 2);
                break;
            case "a source that two complete":
                var once = program.TaskSource<int>("once");
                Two(() => once.SetResult(1), () => once.SetResult(2));
                break;
            case "a source that two try to complete":
                var either = program.TaskSource<int>("either");
                Two(() => x.Value = either.TrySetResult(1) ? 1 : 0, () => y.Value = either.TrySetResult(2) ? 1 : 0);
                program.Postcondition("one of them did", () => x.Value + y.Value == 1);
                break;
            case "a source that nobody completes":
                var never = program.TaskSource<int>("never");
                Two(() => x.Value = never.Task.Result, () => x.Value = 2);
                break;
            case "awaited":
                var promised = program.TaskSource<int>("promised");
                program.Task("A", async () => x.Value = await promised.Task);
                program.Task("B", () => promised.SetResult(7));
                program.Postcondition("it came", () => x.Value == 7);
                break;
            case "awaited together":
                var start = program.TaskSource<int>("start");
                async Task Add()
                {
                    await start.Task;
                    var seen = x.Value;
                    x.Value = seen + 1;
                }

                program.Task("A", async () => await Task.WhenAll(Add(), Add()));
                program.Task("B", () => start.SetResult(0));
                program.Postcondition("x is 2", () => x.Value == 2);
                break;
            case "a signal":
                var bell = program.AutoResetEvent("bell");
                Two(
                    () =>
                    {
                        x.Value = 1;
                        bell.Set();
                    },
                    () =>
                    {
                        bell.Wait();
                        y.Value = x.Value;
                    });
                program.Postcondition("seen", () => y.Value == 1);
                break;
            case "a signal for one of two":
                var one = program.AutoResetEvent("one");
                Two(one.Wait, one.Wait);
                program.Task("C", one.Set);
                break;
            case "an open door for both" or "a door closed too early":
                var door = program.ManualResetEvent("door");
                Two(door.Wait, door.Wait);
                program.Task("C", () =>
                {
                    door.Set();
                    if (kind == "a door closed too early")
                    {
                        door.Reset();
                    }
                });
                break;
            case "a barrier" or "a barrier for one more":
                var meeting = program.Barrier("meeting", kind == "a barrier" ? 2 : 3);
                Two(
                    () =>
                    {
                        x.Value = 1;
                        meeting.SignalAndWait();
                        x.Value += y.Value;
                    },
                    () =>
                    {
                        y.Value = 1;
                        meeting.SignalAndWait();
                    });
                program.Postcondition("both before", () => x.Value == 2);
                break;
            case "a countdown" or "a countdown below nought":
                var left = program.Countdown("left", kind == "a countdown" ? 2 : 1);
                Two(() => x.Value = left.Signal() ? 1 : 0, () => y.Value = left.Signal() ? 1 : 0);
                program.Task("C", left.Wait);
                program.Postcondition("one was the last", () => x.Value + y.Value == 1);
                break;
            case "readers and a writer" or "a reader who writes":
                var book = program.ReaderWriterLock("book");
                void Write(bool rightly)
                {
                    if (rightly)
                    {
                        book.EnterWriteLock();
                    }
                    else
                    {
                        book.EnterReadLock();
                    }

                    x.Value = x.Value + 1;
                    if (rightly)
                    {
                        book.ExitWriteLock();
                    }
                    else
                    {
                        book.ExitReadLock();
                    }
                }

                Two(() => Write(true), () => Write(kind == "readers and a writer"));
                program.Task("C", () => Write(kind == "readers and a writer"));
                program.Postcondition("x is 3", () => x.Value == 3);
                break;
            case "a reader who enters twice":
                var twice = program.ReaderWriterLock("twice");
                Two(
                    () =>
                    {
                        twice.EnterReadLock();
                        twice.EnterWriteLock();
                    },
                    () => x.Value = 1);
                break;
            case "several permits" or "too few permits":
                var permits = program.Semaphore("permits", 0);
                Two(permits.Wait, permits.Wait);
                program.Task("C", () => permits.Release(kind == "several permits" ? 2 : 1));
                break;
            case "an open channel" or "a channel looked into":
                var line = program.Channel<int>("line");
                Two(
                    () =>
                    {
                        line.Write(1);
                        line.Write(2);
                        line.Write(3);
                    },
                    () => x.Value = kind == "an open channel" ? line.Read() : line.TryRead(out var item) ? item : 0);
                program.Postcondition("1 came", () => x.Value == 1);
                break;
            case "a wait without a loop" or "a wait without a loop, woken spuriously" or "a wait in a loop, woken spuriously":
                var gate = program.Lock("gate", spuriousWakeUps: kind.EndsWith("spuriously", StringComparison.Ordinal) ? 1 : 0);
                Two(
                    () =>
                    {
                        using (gate.EnterScope())
                        {
                            if (kind == "a wait in a loop, woken spuriously")
                            {
                                while (x.Value == 0)
                                {
                                    gate.Wait();
                                }
                            }
                            else if (x.Value == 0)
                            {
                                gate.Wait();
                            }

                            y.Value = x.Value;
                        }
                    },
                    () =>
                    {
                        using (gate.EnterScope())
                        {
                            x.Value = 1;
                            gate.Pulse();
                        }
                    });
                program.Postcondition("A was told", () => y.Value == 1);
                break;
            case "cancelled while it waits" or "cancelled too late":
                var (stop, none) = (program.Cancellation("stop"), program.Semaphore("none", 0));
                Two(
                    () =>
                    {
                        try
                        {
                            if (kind == "cancelled while it waits")
                            {
                                none.Wait(stop);
                            }

                            stop.ThrowIfCancellationRequested();
                            y.Value = 2;
                        }
                        catch (OperationCanceledException)
                        {
                            y.Value = 1;
                        }
                    },
                    stop.Cancel);
                program.Postcondition("A stopped", () => y.Value == 1);
                break;
            case "a timeout that is not looked at" or "a timeout that is looked at":
                var mutex = program.Lock("mutex");
                void Add1()
                {
                    if (mutex.TryEnter(Soon) || kind == "a timeout that is not looked at")
                    {
                        x.Value = x.Value + 1;
                        mutex.Exit();
                    }
                }

                Two(Add1, Add1);
                break;
            case "two conditions" or "one condition for two":
                Buffer(program, twoConditions: kind == "two conditions");
                break;
            case "a choice":
                Two(() => x.Value = program.Choose(3), () => y.Value = x.Value);
                program.Postcondition("never 2", () => y.Value < 2);
                break;
            default:
                Two(
                    () =>
                    {
                        program.Sleep(Soon);
                        y.Value = x.Value;
                    },
                    () => x.Value = 1);
                program.Postcondition("seen", () => y.Value == 1);
                break;
        }
    }

    /// <summary>A buffer of one place: one condition for two kinds of waiters wakes the wrong one.</summary>
    private static void Buffer(ProgramBuilder program, bool twoConditions)
    {
        var gate = program.Lock("gate");
        var (room, goods) = twoConditions ? (gate.Condition("room"), gate.Condition("goods")) : (null, null);
        var items = program.Shared("items", 0);
        void Move(int from, int to, SharedCondition? await, SharedCondition? tell)
        {
            using (gate.EnterScope())
            {
                while (items.Value != from)
                {
                    if (await is null)
                    {
                        gate.Wait();
                    }
                    else
                    {
                        await.Wait();
                    }
                }

                items.Value = to;
                if (tell is null)
                {
                    gate.Pulse();
                }
                else
                {
                    tell.Pulse();
                }
            }
        }

        program.Task("P1", () => Move(0, 1, room, goods));
        program.Task("P2", () => Move(0, 1, room, goods));
        program.Task("C1", () => Move(1, 0, goods, room));
        program.Task("C2", () => Move(1, 0, goods, room));
        program.Postcondition("it is empty", () => items.Value == 0);
    }
}
