using static ConcurrencyLab.Tests.Foreign.Foreign;

namespace ConcurrencyLab.Tests.Foreign;

/// <summary>
/// CHESS's suite for managed code (mc-imperial/sctbench, benchmarks/chess-m). Its golden files give how it ends and, as
/// "HBExecs", the number of different orders at up to three preemptions, which is all there are in those counted here.
/// </summary>
internal static class Chess
{
    private const string Suite = "CHESS";

    public static IEnumerable<Foreign> All =>
    [
        new(Suite, "interlock1", Outcome.Holds, program => Increments(program, 2), Classes: 2),
        new(Suite, "interlock3", Outcome.Holds, program => Increments(program, 3), Classes: 6),
        new(Suite, "roytan1", Outcome.Holds, program =>
        {
            var gate = program.Lock("gate");
            Threads(program, 2, _ => Inside(gate, () => { }));
        }, Classes: 2),
        new(Suite, "mutex", Outcome.Holds, program =>
        {
            var mutex = program.Lock("mutex");
            Threads(program, 3, _ => Inside(mutex, () => program.Sleep(TimeSpan.Zero)));
        }, Classes: 6),
        new(Suite, "volatile", Outcome.Holds, program =>
        {
            var (x, y) = (program.Shared("x", 0), program.Shared("y", 0));
            Threads(program, 2, me =>
            {
                x.Value = me + 1;
                y.Value = me + 1;
            });
        }, Classes: 4),
        new(Suite, "volatile3", Outcome.Holds, program =>
        {
            var (x, y, gate) = (program.Shared("x", 0), program.Shared("y", 0), program.Lock("gate"));
            Threads(program, 2, me => Inside(gate, () =>
            {
                x.Value = me + 1;
                y.Value = me + 1;
            }));
            program.Postcondition("they belong together", () => x.Value == y.Value);
        }, Classes: 2),
        new(Suite, "volatile4", Outcome.Holds, program =>
        {
            var x = program.Shared("x", 0);
            Threads(
                program,
                () =>
                {
                    for (var i = 0; i < 10; i++)
                    {
                        x.Value = x.Value + 1;
                    }
                },
                () => x.Value = x.Value + 1);
        }),
        new(Suite, "balance", Outcome.BrokenInvariant, program => Balance(program, inOneStep: false, [10, -10])),
        new(Suite, "balance2", Outcome.Holds, program => Balance(program, inOneStep: true, [10, -5, -5]), Classes: 6),
        new(Suite, "exchange", Outcome.Holds, program =>
        {
            // A list, to whose end each appends: the end is swapped, then the old one linked to the new.
            var (end, next) = (program.Shared("end", 0), Enumerable.Range(0, 4).Select(i => program.Shared($"next{i}", 0)).ToArray());
            void Insert(int node) => next[end.Exchange(node)].Value = node;
            Threads(
                program,
                () => Insert(1),
                () =>
                {
                    Insert(2);
                    Insert(3);
                });
            program.Postcondition("all are linked", () =>
            {
                var length = 0;
                for (var node = next[0].Value; node != 0; node = next[node].Value)
                {
                    length++;
                }

                return length == 3;
            });
        }, Classes: 3),
        new(Suite, "example", Outcome.Holds, program =>
        {
            var (signal, changes, gate) = (program.Shared("signal", 0), program.Shared("changes", 0), program.Lock("gate"));
            Threads(program, 2, me =>
            {
                for (var i = 0; i < 2; i++)
                {
                    Inside(gate, () =>
                    {
                        changes.Value += signal.Value != me ? 1 : 0;
                        signal.Value = me;
                    });
                }
            });
            program.Postcondition("at most 6 changes", () => changes.Value <= 6);
        }, Classes: 6),
        new(Suite, "deadlock", Outcome.Deadlock, program => Crossed(program)),
        new(Suite, "deadlock2", Outcome.Livelock, program =>
        {
            var x = Crossed(program);
            program.Task("T2", () =>
            {
                while (x.Value != 2)
                {
                    program.SpinOnce();
                }
            });
        }),
        new(Suite, "autoresetevent", Outcome.Holds, program =>
        {
            var (given, there) = (program.ManualResetEvent("given"), Enumerable.Range(0, 3).Select(i => program.AutoResetEvent($"there{i}")).ToArray());
            Threads(
                program,
                () => Array.ForEach(there, one => one.Wait()),
                given.Set,
                () => Term(0),
                () => Term(1),
                () => Term(2));
            void Term(int me)
            {
                given.Wait();
                there[me].Set();
            }
        }, Classes: 1),
        new(Suite, "autoresetevent1", Outcome.Deadlock, program =>
        {
            var bell = program.AutoResetEvent("bell");
            Threads(
                program,
                () =>
                {
                    bell.Wait();
                    bell.Wait();
                },
                () =>
                {
                    bell.Set();
                    bell.Set();
                });
        }),
        new(Suite, "signalwait2", Outcome.Deadlock, program =>
        {
            var (a, b) = (program.AutoResetEvent("a"), program.AutoResetEvent("b"));
            Threads(
                program,
                () =>
                {
                    a.Set();
                    b.Wait();
                },
                () =>
                {
                    b.Set();
                    a.Wait();
                    _ = b.Wait(TimeSpan.Zero);
                });
        }),
        new(Suite, "semaphore", Outcome.Holds, program =>
        {
            var pool = program.Semaphore("pool", 0, most: 2);
            Threads(program, Worker, Worker, () => pool.Release(2));
            void Worker()
            {
                pool.Wait();
                pool.Release();
            }
        }),
        new(Suite, "waitall", Outcome.Holds, program =>
        {
            var (items, done) = (program.Shared("items", 0), Enumerable.Range(0, 3).Select(i => program.ManualResetEvent($"done{i}")).ToArray());
            Threads(program, () => Work(0), () => Work(1), () => Work(2), () => Array.ForEach(done, one => one.Wait()));
            void Work(int me)
            {
                items.Increment();
                done[me].Set();
            }
        }, Classes: 6),
        new(Suite, "monitor2", Outcome.Holds, program =>
        {
            var (gate, items, taken) = (program.Lock("gate"), program.Shared("items", 0), program.Shared("taken", 0));
            void Move(int by, Func<bool> mustWait)
            {
                for (var i = 0; i < 3; i++)
                {
                    Inside(gate, () =>
                    {
                        while (mustWait())
                        {
                            gate.Wait();
                        }

                        items.Value += by;
                        taken.Value -= Math.Min(by, 0);
                        gate.Pulse();
                    });
                }
            }

            Threads(program, () => Move(1, () => items.Value == 2), () => Move(-1, () => items.Value == 0));
            program.Postcondition("all is taken", () => (items.Value, taken.Value) == (0, 3));
        }),
        new(Suite, "joinwait", Outcome.Holds, program =>
        {
            var gate = program.Lock("gate");
            program.Task("main", () =>
            {
                var (one, two) = (program.Start("one", () => Inside(gate, () => { })), program.Start("two", () => Inside(gate, () => { })));
                while (!one.IsCompleted || !two.IsCompleted)
                {
                    program.SpinOnce();
                }
            });
        }),
        new(Suite, "preempt1", Outcome.BrokenInvariant, program =>
        {
            var (x, a) = (program.Shared("x", 0), program.Shared("a", 0));
            var seen = (0, 0);
            Threads(
                program,
                () =>
                {
                    x.Value = 1;
                    a.Value = 1;
                },
                () => seen = (x.Value, a.Value));
            program.Postcondition("never the first alone", () => seen is not (1, 0));
        }),
    ];

    private static void Increments(ProgramBuilder program, int threads)
    {
        var counter = program.Shared("counter", 0);
        Threads(program, threads, _ => counter.Increment());
        program.Postcondition("none is lost", () => counter.Value == threads);
    }

    private static void Balance(ProgramBuilder program, bool inOneStep, int[] amounts)
    {
        var (balance, gate) = (program.Shared("balance", 10), program.Lock("account"));
        Threads(program, amounts.Length, me =>
        {
            var seen = 0;
            if (inOneStep || amounts[me] > 0)
            {
                Inside(gate, () => balance.Value += amounts[me]);
            }
            else
            {
                Inside(gate, () => seen = balance.Value);
                Inside(gate, () => balance.Value = seen + amounts[me]);
            }
        });
        program.Postcondition("10 are left", () => balance.Value == 10);
    }

    private static Shared<int> Crossed(ProgramBuilder program)
    {
        var (one, two, x) = (program.Lock("one"), program.Lock("two"), program.Shared("x", 0));
        Threads(program, () => Inside(one, () => Inside(two, () => x.Increment())), () => Inside(two, () => Inside(one, () => x.Increment())));
        return x;
    }
}
