using static ConcurrencyLab.Tests.Foreign.Foreign;

namespace ConcurrencyLab.Tests.Foreign;

/// <summary>
/// Tests of loom (tokio-rs/loom, tests) and of shuttle (awslabs/shuttle, shuttle/tests): they say which must panic and which
/// must not.
/// </summary>
internal static class Rust
{
    private const string Loom = "loom", Shuttle = "shuttle";

    public static IEnumerable<Foreign> All =>
    [
        new(Loom, "smoke, checks_fail", Outcome.BrokenInvariant, program =>
        {
            var number = program.Shared("number", 0);
            Threads(program, 2, _ => number.Value = number.Value + 1);
            program.Postcondition("2", () => number.Value == 2);
        }),
        new(Loom, "deadlock, two_mutexes_deadlock", Outcome.Deadlock, program => TwoLocks(program)),
        new(Loom, "mutex, mutex_enforces_mutual_exclusion", Outcome.Holds, program =>
        {
            var (gate, one, two) = (program.Lock("gate"), program.Shared("one", 0), program.Shared("two", 0));
            Threads(program, 2, _ => Inside(gate, () =>
            {
                if (two.Increment() - 1 != one.Value)
                {
                    throw new InvalidOperationException("not alone");
                }

                one.Increment();
            }));
        }, Classes: 2),
        new(Loom, "condvar, notify_one", Outcome.Holds, program => Told(program, 1, all: false, inside: true)),
        new(Loom, "condvar, notify_all", Outcome.Holds, program => Told(program, 2, all: true, inside: true)),
        new(Loom, "yield, yield_completes", Outcome.Holds, program =>
        {
            var set = program.Shared("set", 0);
            Threads(
                program,
                () => set.Value = 1,
                () =>
                {
                    while (set.Value != 1)
                    {
                        program.SpinOnce();
                    }
                });
        }),
        new(Loom, "mpsc, commutative_senders", Outcome.Holds, program => Senders(program, inOrder: false)),
        new(Loom, "mpsc, non_commutative_senders1", Outcome.BrokenInvariant, program => Senders(program, inOrder: true)),
        new(Loom, "rwlock, rwlock_write_three", Outcome.Holds, program =>
        {
            var gate = program.ReaderWriterLock("gate");
            Threads(program, 3, _ =>
            {
                gate.EnterWriteLock();
                program.Sleep(TimeSpan.Zero);
                gate.ExitWriteLock();
            });
        }, Classes: 6),
        new(Loom, "thread_api, many_joins", Outcome.Holds, program =>
        {
            var gate = program.Lock("gate");
            program.Task("main", () =>
            {
                gate.Enter();
                var threads = Enumerable.Range(0, 2).Select(_ => program.Start("thread", () => Inside(gate, () => { }))).ToList();
                gate.Exit();
                threads.ForEach(thread => thread.Wait());
            });
        }),
        new(Shuttle, "mutex, concurrent_increment_buggy", Outcome.BrokenInvariant, program => Increment(program, atOnce: false)),
        new(Shuttle, "mutex, concurrent_increment", Outcome.Holds, program => Increment(program, atOnce: true)),
        new(Shuttle, "mutex, deadlock", Outcome.Deadlock, program => TwoLocks(program)),
        new(Shuttle, "condvar, notify_all", Outcome.Holds, program => Told(program, 2, all: true, inside: false)),
        new(Shuttle, "condvar, multiple_notify_one", Outcome.Holds, program => Told(program, 2, all: false, inside: false, times: 2)),
        new(Shuttle, "condvar, notify_one_deadlock", Outcome.LostWakeUp, program => Told(program, 2, all: false, inside: false)),
        new(Shuttle, "barrier, barrier_test_many_ok", Outcome.Holds, program => Meeting(program, 3, 3)),
        new(Shuttle, "barrier, barrier_test_many_block", Outcome.Deadlock, program => Meeting(program, 3, 4)),
        new(Shuttle, "barrier, barrier_simple", Outcome.Holds, program =>
        {
            var (counter, meeting) = (program.Shared("counter", 100), program.Barrier("meeting", 2));
            void Go(int by, int least)
            {
                for (var i = 0; i < 3; i++)
                {
                    var old = counter.Add(by) - by;
                    if (old < least || old > least + 1)
                    {
                        throw new InvalidOperationException("out of step");
                    }

                    meeting.SignalAndWait();
                }
            }

            Threads(program, () => Go(1, 99), () => Go(-1, 100));
        }),
        new(Shuttle, "demo, bounded_buffer: one condition for two", Outcome.LostWakeUp, program => BoundedBuffer(program, one: true)),
        new(Shuttle, "demo, bounded_buffer: two conditions", Outcome.Holds, program => BoundedBuffer(program, one: false)),
    ];

    private static void TwoLocks(ProgramBuilder program)
    {
        var (a, b) = (program.Lock("a"), program.Lock("b"));
        Threads(program, () => Inside(a, () => Inside(b, () => { })), () => Inside(b, () => Inside(a, () => { })));
    }

    private static void Increment(ProgramBuilder program, bool atOnce)
    {
        var (gate, number) = (program.Lock("gate"), program.Shared("number", 0));
        Threads(program, 2, _ =>
        {
            var seen = 0;
            Inside(gate, () =>
            {
                seen = number.Value;
                number.Value += atOnce ? 1 : 0;
            });
            if (!atOnce)
            {
                Inside(gate, () => number.Value = seen + 1);
            }
        });
        program.Postcondition("2", () => number.Value == 2);
    }

    /// <summary>Some wait until one says so; those who are told inside the lock or outside of it. One pulse is not enough for two.</summary>
    private static void Told(ProgramBuilder program, int waiting, bool all, bool inside, int times = 1)
    {
        var (gate, said) = (program.Lock("gate"), program.Shared("said", false));
        Threads(program, waiting, _ => Inside(gate, () =>
        {
            while (!said.Value)
            {
                gate.Wait();
            }
        }));
        void Tell()
        {
            for (var i = 0; i < times; i++)
            {
                if (all)
                {
                    gate.PulseAll();
                }
                else
                {
                    gate.Pulse();
                }
            }
        }

        program.Task("teller", () =>
        {
            Inside(gate, () =>
            {
                said.Value = true;
                if (inside)
                {
                    Tell();
                }
            });
            if (!inside)
            {
                Inside(gate, Tell);
            }
        });
    }

    private static void Senders(ProgramBuilder program, bool inOrder)
    {
        var (line, first, sum) = (program.Channel<int>("line"), program.Shared("first", 0), program.Shared("sum", 0));
        Threads(
            program,
            () => line.Write(5),
            () => line.Write(6),
            () =>
            {
                first.Value = line.Read();
                sum.Value = first.Value + line.Read();
            });
        program.Postcondition("what was sent", () => inOrder ? first.Value == 5 : sum.Value == 11);
    }

    private static void Meeting(ProgramBuilder program, int threads, int participants)
    {
        var (meeting, before) = (program.Barrier("meeting", participants), program.Shared("before", 0));
        Threads(program, threads, _ =>
        {
            before.Increment();
            meeting.SignalAndWait();
            if (before.Value < threads)
            {
                throw new InvalidOperationException("too early");
            }
        });
    }

    private static void BoundedBuffer(ProgramBuilder program, bool one)
    {
        var (gate, items) = (program.Lock("gate"), program.Shared("items", 0));
        var (notFull, notEmpty) = (gate.Condition("not full"), gate.Condition("not empty"));
        void Move(int from, int to, SharedCondition await, SharedCondition tell) => Inside(gate, () =>
        {
            while (items.Value == from)
            {
                (one ? notFull : await).Wait();
            }

            items.Value = to;
            (one ? notFull : tell).Pulse();
        });
        Threads(
            program,
            () => Move(1, 1, notFull, notEmpty),
            () => Move(1, 1, notFull, notEmpty),
            () => Move(0, 0, notEmpty, notFull),
            () => Move(0, 0, notEmpty, notFull));
    }
}
