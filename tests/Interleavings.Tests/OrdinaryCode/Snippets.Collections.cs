using System.Collections.Concurrent;
using System.Threading.Channels;

namespace ConcurrencyLab.Tests;

/// <summary>Collections, made to be shared and not; lazy values; channels.</summary>
internal static partial class Snippets
{
    private static void ListFromTwoThreads()
    {
        var list = new List<int>();
        Parallel.For(0, 2, i => list.Add(i));
        Check.That(list.Count == 2);
    }

    private static void ListInALock()
    {
        var list = new List<int>();
        Parallel.For(0, 2, i =>
        {
            lock (list)
            {
                list.Add(i);
            }
        });
        Check.That(list.Count == 2 && list.Sum() == 1);
    }

    private static void ReadingAListTogether()
    {
        var list = new List<int> { 1, 2, 3 };
        var sums = new int[2];
        Parallel.For(0, 2, i =>
        {
            foreach (var item in list)
            {
                sums[i] += item;
            }
        });
        Check.That(sums[0] == 6 && sums[1] == 6);
    }

    private static void ForeachWhileAdding()
    {
        var orders = new List<string> { "tea" };
        var printer = new Thread(() =>
        {
            foreach (var order in orders)
            {
                Console.WriteLine(order);
            }
        });
        printer.Start();
        orders.Add("coffee");
        printer.Join();
    }

    private static void DictionaryCheckThenAdd()
    {
        var stock = new Dictionary<string, int>();
        void Count(string name)
        {
            if (!stock.ContainsKey(name))
            {
                stock[name] = 0;
            }

            stock[name]++;
        }

        Parallel.Invoke(() => Count("tea"), () => Count("tea"));
    }

    private static void ConcurrentCheckThenAdd()
    {
        var stock = new ConcurrentDictionary<string, int>();
        void Count(string name)
        {
            if (!stock.ContainsKey(name))
            {
                stock[name] = 0;
            }

            stock[name]++;
        }

        Parallel.Invoke(() => Count("tea"), () => Count("tea"));
        Check.That(stock["tea"] == 2);
    }

    private static void ConcurrentAddOrUpdate()
    {
        var stock = new ConcurrentDictionary<string, int>();
        void Count(string name) => stock.AddOrUpdate(name, 1, (_, old) => old + 1);

        Parallel.Invoke(() => Count("tea"), () => Count("tea"));
        Check.That(stock["tea"] == 2);
    }

    private static void GetOrAddMakesTwo()
    {
        var cache = new ConcurrentDictionary<string, object>();
        var made = 0;
        object Make(string name)
        {
            Interlocked.Increment(ref made);
            return new object();
        }

        Parallel.Invoke(() => cache.GetOrAdd("machine", Make), () => cache.GetOrAdd("machine", Make));
        Check.That(made == 1, "made once");
    }

    private static void GetOrAddOfLazy()
    {
        var cache = new ConcurrentDictionary<string, Lazy<object>>();
        var made = 0;
        Lazy<object> Make(string name) => new(() =>
        {
            Interlocked.Increment(ref made);
            return new object();
        });

        Parallel.Invoke(() => _ = cache.GetOrAdd("machine", Make).Value, () => _ = cache.GetOrAdd("machine", Make).Value);
        Check.That(made == 1, "made once");
    }

    private static void LazyIsMadeOnce()
    {
        var made = 0;
        var machine = new Lazy<int>(() => ++made);
        var a = Task.Run(() => machine.Value);
        var b = Task.Run(() => machine.Value);
        Check.That(a.Result == 1 && b.Result == 1);
    }

    private static void LazyByHand()
    {
        object? machine = null;
        object Get() => machine ??= new object();
        object? first = null, second = null;
        Parallel.Invoke(() => first = Get(), () => second = Get());
        Check.That(ReferenceEquals(first, second), "there is one machine");
    }

    private static void ConcurrentQueueIsNotACounter()
    {
        var orders = new ConcurrentQueue<int>([1]);
        var served = 0;
        void Serve()
        {
            if (orders.Count > 0)
            {
                orders.TryDequeue(out var order);
                Interlocked.Add(ref served, order == 0 ? 100 : order);
            }
        }

        Parallel.Invoke(Serve, Serve);
        Check.That(served == 1);
    }

    private static void BlockingCollectionPipeline()
    {
        using var orders = new BlockingCollection<int>(boundedCapacity: 1);
        var sum = 0;
        var consumer = Task.Run(() =>
        {
            foreach (var order in orders.GetConsumingEnumerable())
            {
                sum += order;
            }
        });
        orders.Add(1);
        orders.Add(2);
        orders.CompleteAdding();
        consumer.Wait();
        Check.That(sum == 3);
    }

    private static async Task ChannelPipeline()
    {
        var orders = Channel.CreateBounded<int>(1);
        var sum = 0;
        async Task Consume()
        {
            await foreach (var order in orders.Reader.ReadAllAsync())
            {
                sum += order;
            }
        }

        var consumer = Consume();
        await orders.Writer.WriteAsync(1);
        await orders.Writer.WriteAsync(2);
        orders.Writer.Complete();
        await consumer;
        Check.That(sum == 3);
    }

    private static async Task ChannelNeverCompleted()
    {
        var orders = Channel.CreateUnbounded<int>();
        var sum = 0;
        async Task Consume()
        {
            await foreach (var order in orders.Reader.ReadAllAsync())
            {
                sum += order;
            }
        }

        var consumer = Consume();
        await orders.Writer.WriteAsync(1);
        await consumer;
        Check.That(sum == 1);
    }
}
