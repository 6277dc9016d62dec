namespace ConcurrencyLab.Tests;

/// <summary>Programs whose verdict is known from the textbooks.</summary>
internal static class Programs
{
    public static ConcurrentProgram LostUpdate { get; } = ConcurrentProgram.OfThreads("lost update", program =>
    {
        var count = program.Shared("count", 0);
        void Add() => count.Value = count.Value + 1;
        program.Task("A", Add);
        program.Task("B", Add);
        program.Postcondition("count is 2", () => count.Value == 2);
    });

    public static ConcurrentProgram AtomicUpdate { get; } = ConcurrentProgram.OfThreads("atomic update", program =>
    {
        var count = program.Shared("count", 0);
        program.Task("A", () => count.Increment());
        program.Task("B", () => count.Increment());
        program.Postcondition("count is 2", () => count.Value == 2);
    });

    /// <summary>Two tasks of so many steps each; each step touches the variable that the choice names.</summary>
    public static ConcurrentProgram Steps(int each, Func<int, int, string> variable, bool write = true) => ConcurrentProgram.OfThreads("steps", program =>
    {
        var variables = new Dictionary<string, Shared<int>>(StringComparer.Ordinal);
        for (var task = 0; task < 2; task++)
        {
            for (var step = 0; step < each; step++)
            {
                var name = variable(task, step);
                if (!variables.ContainsKey(name))
                {
                    variables[name] = program.Shared(name, 0);
                }
            }
        }

        for (var task = 0; task < 2; task++)
        {
            var me = task;
            program.Task("AB"[me].ToString(), () =>
            {
                for (var step = 0; step < each; step++)
                {
                    var shared = variables[variable(me, step)];
                    if (write)
                    {
                        shared.Value = 10 * me + step;
                    }
                    else
                    {
                        _ = shared.Value;
                    }
                }
            });
        }
    });

    /// <summary>Peterson 1981, <i>Myths about the mutual exclusion problem</i>; wrong when the turn is given away first.</summary>
    public static ConcurrentProgram Peterson(bool right) => ConcurrentProgram.OfThreads("Peterson", program =>
    {
        var wants = new[] { program.Shared("wantsA", false), program.Shared("wantsB", false) };
        var turn = program.Shared("turn", 0);
        var inside = program.Shared("inside", 0);
        void Enter(int me)
        {
            if (right)
            {
                wants[me].Value = true;
                turn.Value = 1 - me;
            }
            else
            {
                turn.Value = 1 - me;
                wants[me].Value = true;
            }

            while (wants[1 - me].Value && turn.Value == 1 - me)
            {
                program.SpinOnce();
            }

            inside.Increment();
            inside.Decrement();
            wants[me].Value = false;
        }

        program.Task("A", () => Enter(0));
        program.Task("B", () => Enter(1));
        program.Invariant("at most one is inside", () => inside.Value <= 1);
    });

    /// <summary>Two locks, taken in this order by the first and in that by the second.</summary>
    public static ConcurrentProgram TwoLocks(bool sameOrder) => ConcurrentProgram.OfThreads("two locks", program =>
    {
        var (left, right) = (program.Lock("left"), program.Lock("right"));
        void Both(SharedLock first, SharedLock second)
        {
            using (first.EnterScope())
            using (second.EnterScope())
            {
            }
        }

        program.Task("A", () => Both(left, right));
        program.Task("B", () => Both(sameOrder ? left : right, sameOrder ? right : left));
    });

    /// <summary>A buffer of one place; waking only one of several kinds of waiters loses a wake-up.</summary>
    public static ConcurrentProgram BoundedBuffer(bool pulseAll) => ConcurrentProgram.OfThreads("bounded buffer", program =>
    {
        var gate = program.Lock("gate");
        var items = program.Shared("items", 0);
        void Move(int from, int to)
        {
            using (gate.EnterScope())
            {
                while (items.Value != from)
                {
                    gate.Wait();
                }

                items.Value = to;
                if (pulseAll)
                {
                    gate.PulseAll();
                }
                else
                {
                    gate.Pulse();
                }
            }
        }

        program.Task("P1", () => Move(0, 1));
        program.Task("P2", () => Move(0, 1));
        program.Task("C1", () => Move(1, 0));
        program.Task("C2", () => Move(1, 0));
        program.Postcondition("it is empty", () => items.Value == 0);
    });

    /// <summary>An event signalled before anybody waits for it.</summary>
    public static ConcurrentProgram Signal(bool checksFirst) => ConcurrentProgram.OfThreads("signal", program =>
    {
        var gate = program.Lock("gate");
        var ready = program.Shared("ready", false);
        program.Task("waiter", () =>
        {
            using (gate.EnterScope())
            {
                while (checksFirst && !ready.Value)
                {
                    gate.Wait();
                }

                if (!checksFirst)
                {
                    gate.Wait();
                }
            }
        });
        program.Task("setter", () =>
        {
            using (gate.EnterScope())
            {
                ready.Value = true;
                gate.Pulse();
            }
        });
    });

    public static ConcurrentProgram Philosophers(int count, bool ordered) => ConcurrentProgram.OfThreads("philosophers", program =>
    {
        var forks = Enumerable.Range(0, count).Select(i => program.Lock($"fork{i}")).ToArray();
        for (var i = 0; i < count; i++)
        {
            var (first, second) = (i, (i + 1) % count);
            if (ordered && first > second)
            {
                (first, second) = (second, first);
            }

            program.Task($"P{i}", () =>
            {
                using (forks[first].EnterScope())
                using (forks[second].EnterScope())
                {
                }
            });
        }
    });

    /// <summary>Read, await, write: with nobody else on the thread.</summary>
    public static ConcurrentProgram AsyncRace(bool awaitsBetween) => ConcurrentProgram.OnEventLoop("async race", program =>
    {
        var count = program.Shared("count", 0);
        async Task Add()
        {
            var seen = count.Value;
            if (awaitsBetween)
            {
                await program.Yield();
            }

            count.Value = seen + 1;
            if (!awaitsBetween)
            {
                await program.Yield();
            }
        }

        program.Task("A", Add);
        program.Task("B", Add);
        program.Postcondition("count is 2", () => count.Value == 2);
    });

    /// <summary>An order that cannot be filled leaves early, and its permit with it.</summary>
    public static ConcurrentProgram Permits(bool givesBack) => ConcurrentProgram.OfThreads("permits", program =>
    {
        var machines = program.Semaphore("machines", 1);
        var milk = program.Shared("milk", 1);
        void Brew()
        {
            machines.Wait();
            if (milk.Value == 0)
            {
                if (givesBack)
                {
                    machines.Release();
                }

                return;
            }

            milk.Value--;
            machines.Release();
        }

        program.Task("A", Brew);
        program.Task("B", Brew);
        program.Task("C", Brew);
    });

    /// <summary>A producer and a consumer; the end of the channel announced or forgotten.</summary>
    public static ConcurrentProgram Pipe(bool completes) => ConcurrentProgram.OfThreads("pipe", program =>
    {
        var orders = program.Channel<int>("orders", 1);
        var sum = program.Shared("sum", 0);
        program.Task("P", () =>
        {
            orders.Write(1);
            orders.Write(2);
            if (completes)
            {
                orders.Complete();
            }
        });
        program.Task("C", () =>
        {
            try
            {
                while (true)
                {
                    var order = orders.Read();
                    sum.Value += order;
                }
            }
            catch (System.Threading.Channels.ChannelClosedException)
            {
                // All served.
            }
        });
        program.Postcondition("all are summed", () => sum.Value == 3);
    });

    /// <summary>Both give way to each other for ever.</summary>
    public static ConcurrentProgram TooPolite { get; } = ConcurrentProgram.OfThreads("too polite", program =>
    {
        var wants = new[] { program.Shared("wantsA", false), program.Shared("wantsB", false) };
        void Go(int me)
        {
            wants[me].Value = true;
            while (wants[1 - me].Value)
            {
                wants[me].Value = false;
                program.SpinOnce();
                wants[me].Value = true;
            }

            wants[me].Value = false;
        }

        program.Task("A", () => Go(0));
        program.Task("B", () => Go(1));
    });
}
