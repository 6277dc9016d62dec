namespace ConcurrencyLab.Tests;

/// <summary>Locks, monitors, events and semaphores.</summary>
internal static partial class Snippets
{
    private static void LocksInBothOrders()
    {
        var grinder = new object();
        var machine = new object();
        var a = new Thread(() =>
        {
            lock (grinder)
            {
                lock (machine)
                {
                }
            }
        });
        var b = new Thread(() =>
        {
            lock (machine)
            {
                lock (grinder)
                {
                }
            }
        });
        a.Start();
        b.Start();
        a.Join();
        b.Join();
    }

    private static void LocksInOneOrder()
    {
        var grinder = new object();
        var machine = new object();
        void Brew()
        {
            lock (grinder)
            {
                lock (machine)
                {
                }
            }
        }

        Parallel.Invoke(Brew, Brew);
    }

    private sealed class Buffer(bool wakesAll)
    {
        private readonly Queue<int> _items = new();

        public void Put(int item)
        {
            lock (_items)
            {
                while (_items.Count == 1)
                {
                    Monitor.Wait(_items);
                }

                _items.Enqueue(item);
                Wake();
            }
        }

        public int Take()
        {
            lock (_items)
            {
                while (_items.Count == 0)
                {
                    Monitor.Wait(_items);
                }

                var item = _items.Dequeue();
                Wake();
                return item;
            }
        }

        private void Wake()
        {
            if (wakesAll)
            {
                Monitor.PulseAll(_items);
            }
            else
            {
                Monitor.Pulse(_items);
            }
        }
    }

    private static void BufferWithOnePulse()
    {
        var buffer = new Buffer(wakesAll: false);
        Parallel.Invoke(() => buffer.Take(), () => buffer.Take(), () =>
        {
            buffer.Put(1);
            buffer.Put(2);
        });
    }

    private static void BufferThatWakesAll()
    {
        var buffer = new Buffer(wakesAll: true);
        var sum = 0;
        var consumer = Task.Run(() => sum = buffer.Take() + buffer.Take());
        buffer.Put(1);
        buffer.Put(2);
        consumer.Wait();
        Check.That(sum == 3);
    }

    private static void PulseBeforeTheWait()
    {
        var gate = new object();
        var ready = false;
        var waiter = new Thread(() =>
        {
            lock (gate)
            {
                Monitor.Wait(gate);
            }
        });
        waiter.Start();
        lock (gate)
        {
            ready = true;
            Monitor.Pulse(gate);
        }

        waiter.Join();
        Check.That(ready);
    }

    private static void SemaphoreLimits()
    {
        using var machines = new SemaphoreSlim(1);
        var inside = 0;
        var most = 0;
        void Brew()
        {
            machines.Wait();
            try
            {
                inside++;
                most = Math.Max(most, inside);
                inside--;
            }
            finally
            {
                machines.Release();
            }
        }

        Parallel.Invoke(Brew, Brew);
        Check.That(most == 1);
    }

    private static async Task SemaphoreReleasedTwice()
    {
        var machines = new SemaphoreSlim(1);
        var inside = 0;
        var most = 0;
        async Task Brew()
        {
            await machines.WaitAsync();
            try
            {
                most = Math.Max(most, ++inside);
                await Task.Yield();
                inside--;
                machines.Release();
            }
            finally
            {
                machines.Release();
            }
        }

        await Task.WhenAll(Brew(), Brew(), Brew());
        Check.That(most == 1);
    }

    private static void PermitLost()
    {
        var machines = new SemaphoreSlim(1);
        var milk = 0;
        void Brew()
        {
            machines.Wait();
            if (milk == 0)
            {
                return;
            }

            machines.Release();
        }

        var milkman = Task.Run(() => milk = 2);
        var a = Task.Run(Brew);
        var b = Task.Run(Brew);
        Task.WaitAll(milkman, a, b);
    }

    private static void EventThatLetsOnePass()
    {
        var ready = new AutoResetEvent(false);
        var a = new Thread(() => ready.WaitOne());
        var b = new Thread(() => ready.WaitOne());
        a.Start();
        b.Start();
        ready.Set();
        ready.Set();
        a.Join();
        b.Join();
    }

    private static void EventThatStaysOpen()
    {
        var ready = new ManualResetEventSlim();
        var value = 0;
        var a = Task.Run(() =>
        {
            ready.Wait();
            return value;
        });
        value = 7;
        ready.Set();
        Check.That(a.Result == 7);
    }

    private static void CountdownMeets()
    {
        using var left = new CountdownEvent(2);
        var sum = 0;
        for (var i = 1; i <= 2; i++)
        {
            var mine = i;
            ThreadPool.QueueUserWorkItem(_ =>
            {
                Interlocked.Add(ref sum, mine);
                left.Signal();
            });
        }

        left.Wait();
        Check.That(sum == 3);
    }

    private static void BarrierSeparatesPhases()
    {
        var barrier = new Barrier(2);
        var halves = new int[2];
        var sums = new int[2];
        void Work(int me)
        {
            halves[me] = me + 1;
            barrier.SignalAndWait();
            sums[me] = halves[0] + halves[1];
        }

        Parallel.Invoke(() => Work(0), () => Work(1));
        Check.That(sums[0] == 3 && sums[1] == 3);
    }

    private static void PhasesWithoutABarrier()
    {
        var halves = new int[2];
        var sums = new int[2];
        void Work(int me)
        {
            halves[me] = me + 1;
            sums[me] = halves[0] + halves[1];
        }

        Parallel.Invoke(() => Work(0), () => Work(1));
        Check.That(sums[0] == 3 && sums[1] == 3);
    }

    private static void ReadersAndAWriter()
    {
        var gate = new ReaderWriterLockSlim();
        var (first, second) = (0, 0);
        var seen = true;
        void Read()
        {
            gate.EnterReadLock();
            try
            {
                if (first != second)
                {
                    seen = false;
                }
            }
            finally
            {
                gate.ExitReadLock();
            }
        }

        Parallel.Invoke(Read, () =>
        {
            gate.EnterWriteLock();
            first++;
            second++;
            gate.ExitWriteLock();
        });
        Check.That(seen);
    }

    private static void TryEnterAndGiveUp()
    {
        var gate = new object();
        var served = 0;
        void Serve()
        {
            if (Monitor.TryEnter(gate, 100))
            {
                served++;
                Monitor.Exit(gate);
            }
        }

        Parallel.Invoke(Serve, Serve);
        Check.That(served == 2, "both were served in time");
    }

    private static void MutexAroundAList()
    {
        var mutex = new Mutex();
        var list = new List<int>();
        void Add(int number)
        {
            mutex.WaitOne();
            list.Add(number);
            mutex.ReleaseMutex();
        }

        Parallel.Invoke(() => Add(1), () => Add(2));
        Check.That(list.Count == 2);
    }
}
