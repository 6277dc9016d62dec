namespace ConcurrencyLab.Tests;

/// <summary>Programs right and wrong that use more than variables and locks.</summary>
internal static partial class ToolsOfPrograms
{
    public static void Build(ProgramBuilder program, string kind)
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
            default:
                BuildMore(program, kind, x, y);
                break;
        }
    }
}
