using static ConcurrencyLab.Tests.Foreign.Foreign;

namespace ConcurrencyLab.Tests.Foreign;

/// <summary>Coyote's tests of finding bugs (microsoft/coyote, Tests/Tests.BugFinding): Test, or TestWithError.</summary>
internal static class Coyote
{
    private const string Suite = "Coyote";

    public static IEnumerable<Foreign> All =>
    [
        new(Suite, "TaskInterleavings, OneAsynchronousTask", Outcome.BrokenInvariant, program => Entry(program, async (entry, late) =>
        {
            var task = late(3);
            entry.Value = 5;
            await task;
        })),
        new(Suite, "TaskInterleavings, OneParallelTask", Outcome.BrokenInvariant, program =>
        {
            var entry = program.Shared("entry", 0);
            program.Task("main", async () =>
            {
                var task = program.Run("task", () => entry.Value = 3);
                entry.Value = 5;
                await task;
            });
            program.Postcondition("5", () => entry.Value == 5);
        }),
        new(Suite, "TaskInterleavings, TwoAsynchronousTasks", Outcome.BrokenInvariant, program => Entry(program, async (entry, late) =>
        {
            var (one, two) = (late(3), late(5));
            await one;
            await two;
        })),
        new(Suite, "TaskWhenAll, one after the other", Outcome.Holds, program => Entry(program, async (entry, late) =>
        {
            await late(3);
            await late(5);
        }, proved: false)),
        new(Suite, "TaskWhenAll, together", Outcome.BrokenInvariant, program => Entry(program, async (entry, late) => await Task.WhenAll(late(5), late(3)))),
        new(Suite, "AutoResetEvent, WaitDeadlock", Outcome.Deadlock, program =>
        {
            var bell = program.AutoResetEvent("bell");
            Threads(program, bell.Wait);
        }),
        new(Suite, "AutoResetEvent, ResetDeadlock", Outcome.Deadlock, program =>
        {
            var (ready, bell) = (program.AutoResetEvent("ready"), program.AutoResetEvent("bell"));
            Threads(
                program,
                () =>
                {
                    ready.Set();
                    bell.Reset();
                    bell.Wait();
                },
                () =>
                {
                    ready.Wait();
                    bell.Set();
                });
        }),
        new(Suite, "SemaphoreSlim, WaitReleaseWithTwoTasks", Outcome.Holds, program =>
        {
            var (permits, x) = (program.Semaphore("permits", 1, most: 1), program.Shared("x", 0));
            Threads(program, 2, me =>
            {
                permits.Wait();
                x.Value = me;
                if (x.Value != me)
                {
                    throw new InvalidOperationException("not alone");
                }

                permits.Release();
            });
        }, Classes: 2),
        new(Suite, "TaskCompletionSource, set twice", Outcome.UnhandledException, program =>
        {
            var source = program.TaskSource<int>("source");
            Threads(program, 2, source.SetResult);
        }),
        new(Suite, "TaskException, thrown by one and awaited", Outcome.UnhandledException, program =>
        {
            var x = program.Shared("x", 0);
            program.Task("main", async () =>
            {
                var task = program.Run("task", int () => throw new InvalidOperationException($"{x.Increment()}"));
                x.Value = 5;
                await task;
            });
        }),
        new(Suite, "ExtremeProgrammingChallenge14", Outcome.LostWakeUp, program =>
        {
            // A buffer of one place, one producer and two consumers, a Pulse where PulseAll is needed.
            var (gate, full) = (program.Lock("gate"), program.Shared("full", false));
            void Move(bool to, int times)
            {
                for (var i = 0; i < times; i++)
                {
                    Inside(gate, () =>
                    {
                        while (full.Value == to)
                        {
                            gate.Wait();
                        }

                        full.Value = to;
                        gate.Pulse();
                    });
                }
            }

            Threads(program, () => Move(to: true, 2), () => Move(to: false, 1), () => Move(to: false, 1));
        }),
        new(Suite, "Interlocked, CompareExchange once", Outcome.Holds, program =>
        {
            var (owner, wins) = (program.Shared("owner", -1), program.Shared("wins", 0));
            Threads(program, 2, me => wins.Add(owner.CompareExchange(me, -1) == -1 ? 1 : 0));
            program.Postcondition("one won", () => wins.Value == 1);
        }),
        new(Suite, "MonitorWaitPulse, the pulse comes too early", Outcome.LostWakeUp, program =>
        {
            var gate = program.Lock("gate");
            Threads(program, () => Inside(gate, gate.Wait), () => Inside(gate, gate.Pulse));
        }, Classes: 2),
    ];

    private static void Entry(ProgramBuilder program, Func<Shared<int>, Func<int, Task>, Task> body, bool proved = true)
    {
        var entry = program.Shared("entry", 0);
        program.Task("main", () => body(entry, Late));
        if (!proved)
        {
            // With nobody beside it nothing would be said to be proved.
            program.Task("beside", () => _ = entry.Value);
        }

        async Task Late(int value)
        {
            await program.Yield();
            entry.Value = value;
        }

        program.Postcondition("5", () => entry.Value == 5);
    }
}
