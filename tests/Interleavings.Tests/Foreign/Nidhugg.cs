using static ConcurrencyLab.Tests.Foreign.Foreign;

namespace ConcurrencyLab.Tests.Foreign;

/// <summary>
/// Nidhugg's smoke tests (nidhugg/nidhugg, tests/smoke). Its reference file gives the number of weak traces: orders that
/// differ in who reads what from whom.
/// </summary>
internal static class Nidhugg
{
    private const string Suite = "Nidhugg";

    public static IEnumerable<Foreign> All =>
    [
        .. Counted("readers", [2, 4, 8, 16], Readers),
        .. Counted("lastzero", [2, 5, 12, 28], LastZero),
        .. Counted("n_writers_a_reader", [2, 3, 4, 5], (program, n) =>
        {
            var x = program.Shared("x", 0);
            Threads(program, n, me => x.Value = me);
            program.Task("reader", () => _ = x.Value);
        }),
        .. Counted("n_writes_a_read_two_threads", [3, 5, 7], (program, n) =>
        {
            var x = program.Shared("x", 0);
            Threads(program, 2, me =>
            {
                for (var i = 0; i < n; i++)
                {
                    x.Value = me;
                }

                _ = x.Value;
            });
        }),
        .. Counted("redundant_co", [7, 19], (program, n) =>
        {
            var x = program.Shared("x", 0);
            void Write(int value)
            {
                for (var i = 0; i < n; i++)
                {
                    x.Value = value;
                }
            }

            Threads(program, () => Write(1), () => Write(2), () => _ = x.Value + x.Value);
        }),
        new(Suite, "fib_bench_true_1", Outcome.Holds, program =>
        {
            var (i, j) = (program.Shared("i", 1), program.Shared("j", 1));
            Threads(program, () => i.Value = i.Value + j.Value, () => j.Value = i.Value + j.Value);
            program.Postcondition("no more than Fibonacci allows", () => i.Value <= 3 && j.Value <= 3);
        }),
        new(Suite, "cmpxhg_test_3", Outcome.Holds, program =>
        {
            var x = program.Shared("x", 0);
            Threads(program, 3, me => x.CompareExchange(me + 1, me));
        }, ReadsFrom: 5),
        new(Suite, "rmw_test1", Outcome.Holds, program =>
        {
            var a = program.Shared("a", 0);
            program.Task("T0", () => a.Add(1));
        }, ReadsFrom: 1),
        new(Suite, "mutex_order_2", Outcome.Holds, program => Ordered(program, 2, leaves: true), Classes: 2),
        new(Suite, "mutex_order_3", Outcome.Holds, program => Ordered(program, 3, leaves: true), Classes: 6),
        new(Suite, "mutex_deadlock_2", Outcome.Deadlock, program => Ordered(program, 2, leaves: false), Classes: 2),
        new(Suite, "mutex_deadlock_3", Outcome.Deadlock, program => Ordered(program, 3, leaves: false), Classes: 3),
        new(Suite, "mutex_vs_trylock_1", Outcome.Holds, program =>
        {
            var m = program.Lock("m");
            Threads(
                program,
                () =>
                {
                    if (m.TryEnter())
                    {
                        m.Exit();
                    }
                },
                () => Inside(m, () => { }));
        }, Classes: 3),
        new(Suite, "mutex_trylock_deadlock", Outcome.Holds, program =>
        {
            var m = program.Lock("m");
            Threads(program, 3, _ => m.TryEnter());
        }),
        new(Suite, "mutex_hard", Outcome.Deadlock, program =>
        {
            var (m, x) = (program.Lock("m"), program.Shared("x", 0));
            Threads(program, 3, me =>
            {
                m.Enter();
                if (x.Increment() == me + 1)
                {
                    m.Exit();
                }
            });
        }, Classes: 4),
    ];

    private static IEnumerable<Foreign> Counted(string name, int[] traces, Action<ProgramBuilder, int> build) =>
        traces.Select((count, i) => new Foreign(Suite, $"{name}_{i + 1}", Outcome.Holds, program => build(program, i + 1), ReadsFrom: count));

    private static void Readers(ProgramBuilder program, int n)
    {
        var x = program.Shared("x", 0);
        program.Task("writer", () => x.Value = 1);
        Threads(program, n, _ => _ = x.Value);
    }

    private static void LastZero(ProgramBuilder program, int n)
    {
        var array = Enumerable.Range(0, n + 1).Select(i => program.Shared($"a{i}", 0)).ToArray();
        program.Task("reader", () =>
        {
            for (var i = n; array[i].Value != 0; i--)
            {
            }
        });
        Threads(program, n, me => array[me + 1].Value = array[me].Value + 1);
    }

    private static void Ordered(ProgramBuilder program, int n, bool leaves)
    {
        var m = program.Lock("m");
        Threads(program, n, _ =>
        {
            m.Enter();
            if (leaves)
            {
                m.Exit();
            }
        });
    }
}
