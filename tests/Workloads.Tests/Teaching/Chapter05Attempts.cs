using static ConcurrencyLab.Tests.Attempt;

namespace ConcurrencyLab.Tests;

public sealed class Chapter05Attempts : Marking<Chapter05Attempts>, IAttempts
{
    public static IEnumerable<Attempt> All => [.. RingUp, .. GrindThenBrew];

    private static IEnumerable<Attempt> RingUp =>
    [
        Right(Exercises.RingUp, "Lock", (baristas, cupsEach, read, write) =>
        {
            var till = new Lock();
            Together(baristas, _ => Times(cupsEach, () =>
            {
                lock (till) write(read() + 1);
            }));
        }),
        Right(Exercises.RingUp, "a semaphore with one place", (baristas, cupsEach, read, write) =>
        {
            using var till = new SemaphoreSlim(1);
            Together(baristas, _ => Times(cupsEach, () =>
            {
                till.Wait();
                write(read() + 1);
                till.Release();
            }));
        }),
        Right(Exercises.RingUp, "all cups of a barista in one go", (baristas, cupsEach, read, write) =>
        {
            var till = new object();
            ThreadPerItem.Map(Enumerable.Range(0, baristas), barista =>
            {
                lock (till) Times(cupsEach, () => write(read() + 1));
                return barista;
            });
        }),
        Right(Exercises.RingUp, "Mutex, and a look before", (baristas, cupsEach, read, write) =>
        {
            using var till = new Mutex();
            Together(baristas, _ => Times(cupsEach, () =>
            {
                till.WaitOne();
                if (read() >= 0) write(read() + 1);
                till.ReleaseMutex();
            }));
        }),

        Wrong(Exercises.RingUp, "no lock", "the others were lost", (baristas, cupsEach, read, write) => Together(baristas, _ => Times(cupsEach, () => write(read() + 1)))),
        Wrong(Exercises.RingUp, "a lock round the writing", "the others were lost", (baristas, cupsEach, read, write) =>
        {
            var till = new Lock();
            Together(baristas, _ => Times(cupsEach, () =>
            {
                var seen = read();
                lock (till) write(seen + 1);
            }));
        }),
        Wrong(Exercises.RingUp, "a lock each", "the others were lost", (baristas, cupsEach, read, write) => Together(baristas, _ =>
        {
            var till = new Lock();
            Times(cupsEach, () =>
            {
                lock (till) write(read() + 1);
            });
        })),
        Wrong(Exercises.RingUp, "one barista does it all", "1 of 4 baristas did all the work", (baristas, cupsEach, read, write) => Times(baristas * cupsEach, () => write(read() + 1))),
        Wrong(Exercises.RingUp, "no Join", "had been rung up when it returned", (baristas, cupsEach, read, write) =>
        {
            var till = new Lock();
            foreach (var _ in Enumerable.Range(0, baristas))
            {
                new Thread(() => Times(cupsEach, () =>
                {
                    lock (till) write(read() + 1);
                })).Start();
            }
        }),
        Wrong(Exercises.RingUp, "a cup each", "only 4 had been rung up", (baristas, _, read, write) =>
        {
            var till = new Lock();
            Together(baristas, _ =>
            {
                lock (till) write(read() + 1);
            });
        }),
        Wrong(Exercises.RingUp, "two at a time", "the till says 80", (baristas, cupsEach, read, write) =>
        {
            var till = new Lock();
            Together(baristas, _ => Times(cupsEach, () =>
            {
                lock (till) write(read() + 2);
            }));
        }),
    ];

    private static IEnumerable<Attempt> GrindThenBrew =>
    [
        Right(Exercises.GrindThenBrew, "Barrier", (baristas, grind, brew) =>
        {
            using var all = new Barrier(baristas);
            Together(baristas, barista =>
            {
                grind(barista);
                all.SignalAndWait();
                brew(barista);
            });
        }),
        Right(Exercises.GrindThenBrew, "CountdownEvent", (baristas, grind, brew) =>
        {
            using var toGrind = new CountdownEvent(baristas);
            Together(baristas, barista =>
            {
                grind(barista);
                toGrind.Signal();
                toGrind.Wait();
                brew(barista);
            });
        }),
        Right(Exercises.GrindThenBrew, "Monitor", (baristas, grind, brew) =>
        {
            var (ground, gate) = (0, new object());
            Together(baristas, barista =>
            {
                grind(barista);
                lock (gate)
                {
                    ground++;
                    Monitor.PulseAll(gate);
                    while (ground < baristas) Monitor.Wait(gate);
                }

                brew(barista);
            });
        }),

        Wrong(Exercises.GrindThenBrew, "Thread.Sleep", "had ground their beans", (baristas, grind, brew) => Together(baristas, barista =>
        {
            grind(barista);
            Thread.Sleep(100);
            brew(barista);
        })),
        Wrong(Exercises.GrindThenBrew, "at once", "had ground their beans", (baristas, grind, brew) => Together(baristas, barista =>
        {
            grind(barista);
            brew(barista);
        })),
        Wrong(Exercises.GrindThenBrew, "a barrier for one less", "had ground their beans", (baristas, grind, brew) =>
        {
            using var most = new CountdownEvent(baristas - 1);
            Together(baristas, barista =>
            {
                grind(barista);
                if (!most.IsSet) most.Signal();
                most.Wait();
                brew(barista);
            });
        }),
        Wrong(Exercises.GrindThenBrew, "one after the other", "did not all grind at the same time", (baristas, grind, brew) =>
        {
            var (turn, all) = (new Lock(), new Barrier(baristas));
            Together(baristas, barista =>
            {
                lock (turn) grind(barista);
                all.SignalAndWait();
                brew(barista);
            });
        }),
        Wrong(Exercises.GrindThenBrew, "new threads for the brewing", "ground on one thread and brewed on another", (baristas, grind, brew) =>
        {
            Together(baristas, grind);
            Together(baristas, brew);
        }),
        Wrong(Exercises.GrindThenBrew, "one of them", "0 had brewed", (baristas, grind, brew) => Together(baristas, grind)),
        Wrong(Exercises.GrindThenBrew, "nobody", "0 ground", (_, _, _) => { }),
    ];

    private static void Together(int baristas, Action<int> work)
    {
        var threads = Enumerable.Range(0, baristas).Select(barista => new Thread(() => work(barista))).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
    }

    private static void Times(int count, Action sell)
    {
        for (var cup = 0; cup < count; cup++) sell();
    }
}
