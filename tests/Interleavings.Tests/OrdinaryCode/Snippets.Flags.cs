namespace ConcurrencyLab.Tests;

/// <summary>Static fields, flags, spinning, structs.</summary>
internal static partial class Snippets
{
    private static int s_orders;

    private static void StaticFieldBeginsAnew()
    {
        Check.That(s_orders == 0, "no order from an earlier run");
        var a = new Thread(() => Interlocked.Increment(ref s_orders));
        var b = new Thread(() => Interlocked.Increment(ref s_orders));
        a.Start();
        b.Start();
        a.Join();
        b.Join();
        Check.That(s_orders == 2);
    }

    private static void FlagWithoutJoin()
    {
        var done = false;
        var result = 0;
        var worker = new Thread(() =>
        {
            done = true;
            result = 42;
        });
        worker.Start();
        while (!done)
        {
        }

        Check.That(result == 42);
        worker.Join();
    }

    private static void FlagSetLast()
    {
        var done = false;
        var result = 0;
        var worker = new Thread(() =>
        {
            result = 42;
            Volatile.Write(ref done, true);
        });
        worker.Start();
        while (!Volatile.Read(ref done))
        {
            Thread.Yield();
        }

        Check.That(result == 42);
        worker.Join();
    }

    private static void SpinLockOfOnesOwn()
    {
        var taken = 0;
        var count = 0;
        void Add()
        {
            while (Interlocked.CompareExchange(ref taken, 1, 0) != 0)
            {
            }

            count++;
            Volatile.Write(ref taken, 0);
        }

        Parallel.Invoke(Add, Add);
        Check.That(count == 2);
    }

    private static void CompareAndSwapLoop()
    {
        var total = 0;
        void Add(int amount)
        {
            while (true)
            {
                var old = total;
                if (Interlocked.CompareExchange(ref total, old + amount, old) == old)
                {
                    return;
                }
            }
        }

        Parallel.Invoke(() => Add(2), () => Add(3));
        Check.That(total == 5);
    }

    private struct Price
    {
        public int Amount;
        public string Currency;
    }

    private static void TornStruct()
    {
        var price = new Price { Amount = 4, Currency = "EUR" };
        var seen = "";
        var writer = Task.Run(() =>
        {
            price.Amount = 600;
            price.Currency = "JPY";
        });
        var reader = Task.Run(() => seen = price.Amount + price.Currency);
        Task.WaitAll(writer, reader);
        Check.That(seen is "4EUR" or "600JPY");
    }

    private sealed record Tag(int Amount, string Currency);

    private static void ImmutablePair()
    {
        var tag = new Tag(4, "EUR");
        var seen = "";
        var writer = Task.Run(() => tag = new Tag(600, "JPY"));
        var reader = Task.Run(() =>
        {
            var now = tag;
            seen = now.Amount + now.Currency;
        });
        Task.WaitAll(writer, reader);
        Check.That(seen is "4EUR" or "600JPY");
    }
}
