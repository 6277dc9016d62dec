using static ConcurrencyLab.Tests.Attempt;

namespace ConcurrencyLab.Tests;

public sealed class Chapter02Attempts : Marking<Chapter02Attempts>, IAttempts
{
    public static IEnumerable<Attempt> All => [.. AtMost, .. CountPrimes];

    private static IEnumerable<Attempt> AtMost =>
    [
        Right(Exercises.AtMost, "places", (orders, limit, order) => WithPlaces(orders, limit, order, places => places.WaitAsync())),
        Right(Exercises.AtMost, "Throttled.Map", async (orders, limit, order) => [.. await Throttled.Map(orders, order, limit)]),
        Right(Exercises.AtMost, "Parallel.ForEachAsync", async (orders, limit, order) =>
        {
            var cups = new Cup[orders.Count];
            await Parallel.ForAsync(0, cups.Length, new ParallelOptions { MaxDegreeOfParallelism = limit }, async (index, _) => cups[index] = await order(orders[index]));
            return cups;
        }),
        Right(Exercises.AtMost, "as many loops as places", async (orders, limit, order) =>
        {
            var (cups, next) = (new Cup[orders.Count], 0);
            async Task Serve()
            {
                while (next < cups.Length)
                {
                    var index = next++;
                    cups[index] = await order(orders[index]);
                }
            }

            await Task.WhenAll(Enumerable.Range(0, limit).Select(_ => Serve()));
            return cups;
        }),
        Right(Exercises.AtMost, "WhenAny", async (orders, limit, order) =>
        {
            var (all, running) = (new List<Task<Cup>>(), new List<Task<Cup>>());
            foreach (var number in orders)
            {
                if (running.Count == limit) running.Remove(await Task.WhenAny(running));
                running.Add(order(number));
                all.Add(running[^1]);
            }

            return await Task.WhenAll(all);
        }),

        Wrong(Exercises.AtMost, "Chunk", "the rest waited for it", async (orders, limit, order) =>
        {
            var cups = new List<Cup>();
            foreach (var some in orders.Chunk(limit)) cups.AddRange(await Task.WhenAll(some.Select(order)));
            return [.. cups];
        }),
        Wrong(Exercises.AtMost, "blocking Wait", "await places.WaitAsync()", (orders, limit, order) => WithPlaces(orders, limit, order, places =>
        {
            places.Wait();
            return Task.CompletedTask;
        })),
        Wrong(Exercises.AtMost, "blocking Wait after an await", "await places.WaitAsync()", (orders, limit, order) => WithPlaces(orders, limit, order, async places =>
        {
            await Task.Yield();
            places.Wait();
        })),
        Wrong(Exercises.AtMost, "hard-coded 3", "The limit was 2, but 3 orders", (orders, _, order) => WithPlaces(orders, 3, order, places => places.WaitAsync())),
        Wrong(Exercises.AtMost, "all at once", "12 orders were in flight", (orders, _, order) => Task.WhenAll(orders.Select(order))),
        Wrong(Exercises.AtMost, "one after the other", "Never more than one", (orders, _, order) => WithPlaces(orders, 1, order, places => places.WaitAsync())),
        Wrong(Exercises.AtMost, "one place too many", "The limit was 3, but 4", (orders, limit, order) => WithPlaces(orders, limit + 1, order, places => places.WaitAsync())),
        Wrong(Exercises.AtMost, "one place too few", "Only 2 orders", (orders, limit, order) => WithPlaces(orders, limit - 1, order, places => places.WaitAsync())),
        Wrong(Exercises.AtMost, "as they come", "in their order", async (orders, limit, order) =>
        {
            var cups = await WithPlaces(orders, limit, order, places => places.WaitAsync());
            return [.. cups.Reverse()];
        }),
    ];

    private static async Task<Cup[]> WithPlaces(IReadOnlyList<int> orders, int limit, Func<int, Task<Cup>> order, Func<SemaphoreSlim, Task> enter)
    {
        using var places = new SemaphoreSlim(limit);
        return await Task.WhenAll(orders.Select(async number =>
        {
            await enter(places);
            try
            {
                return await order(number);
            }
            finally
            {
                places.Release();
            }
        }));
    }

    private static IEnumerable<Attempt> CountPrimes =>
    [
        Right(Exercises.CountPrimes, "PLINQ", (numbers, isPrime) => numbers.AsParallel().Count(isPrime)),
        Right(Exercises.CountPrimes, "Interlocked", (numbers, isPrime) =>
        {
            var count = 0;
            Parallel.ForEach(numbers, number =>
            {
                if (isPrime(number)) Interlocked.Increment(ref count);
            });
            return count;
        }),
        Right(Exercises.CountPrimes, "threads with a count each", (numbers, isPrime) => ThreadPerItem.Map(numbers.Chunk(1 + numbers.Count / 4), part => part.Count(isPrime)).Sum()),
        Right(Exercises.CountPrimes, "a lock round the count", (numbers, isPrime) =>
        {
            var (count, gate) = (0, new Lock());
            Parallel.ForEach(numbers, number =>
            {
                if (!isPrime(number)) return;
                lock (gate) count++;
            });
            return count;
        }),

        Wrong(Exercises.CountPrimes, "a lock round everything", "never were two numbers", (numbers, isPrime) =>
        {
            var (count, gate) = (0, new Lock());
            Parallel.ForEach(numbers, number =>
            {
                lock (gate)
                {
                    if (isPrime(number)) count++;
                }
            });
            return count;
        }),
        Wrong(Exercises.CountPrimes, "two threads one after the other", "never were two numbers", (numbers, isPrime) =>
        {
            var count = 0;
            foreach (var half in numbers.Chunk(1 + numbers.Count / 2))
            {
                var thread = new Thread(() => count += half.Count(isPrime));
                thread.Start();
                thread.Join();
            }

            return count;
        }),
        Wrong(Exercises.CountPrimes, "one thread", "one thread did all", (numbers, isPrime) => numbers.Count(isPrime)),
        Wrong(Exercises.CountPrimes, "count++", "some were lost", (numbers, isPrime) =>
        {
            var count = 0;
            Parallel.ForEach(numbers, number =>
            {
                if (isPrime(number)) count++;
            });
            return count;
        }),
        Wrong(Exercises.CountPrimes, "a part of them", "but it counted", (numbers, isPrime) => numbers.Skip(100).AsParallel().Count(isPrime)),
        Wrong(Exercises.CountPrimes, "not isPrime", "but it counted", (numbers, isPrime) => numbers.AsParallel().Count(number => !isPrime(number))),
        Wrong(Exercises.CountPrimes, "nothing yet", "Not solved yet", (_, _) => throw new NotImplementedException()),
    ];
}
