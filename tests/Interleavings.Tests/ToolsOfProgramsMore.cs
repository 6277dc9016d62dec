namespace ConcurrencyLab.Tests;

/// <summary>Permits, channels, conditions, times and chances.</summary>
internal static partial class ToolsOfPrograms
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(1);

    private static void BuildMore(ProgramBuilder program, string kind, Shared<int> x, Shared<int> y)
    {
        void Two(Action one, Action other)
        {
            program.Task("A", one);
            program.Task("B", other);
        }

        switch (kind)
        {
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
