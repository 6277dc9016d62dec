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
}
