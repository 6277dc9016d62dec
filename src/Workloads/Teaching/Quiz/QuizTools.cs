namespace ConcurrencyLab;

public static partial class Quiz
{
    /// <summary>Chapters 05 to 10.</summary>
    private static IEnumerable<Question> Tools() =>
    [
        new("In Python, sixteen threads each wait for a web server. How much faster than one after the other, with the GIL?", 'C',
            [
                ("Not at all: only one thread runs at a time.", "Only one executes Python code at a time. But waiting is not executing: the lock is released for it."),
                ("As many times as there are cores.", "Cores do not matter here: none of them has anything to do while the server is waited for."),
                ("About sixteen times: the lock is released while a thread waits.", "All of them wait at the same time, and waiting needs no interpreter."),
                ("It crashes: Python's threads are not safe.", "They are safe enough for this: each has its own connection."),
            ],
            async () =>
            {
                var shop = CoffeeShop.Open(ms: 25);
                var waiting = await Compare.Runs("16 orders of 25 ms in Python", new MeasureOptions { MaxRepeats = 3 },
                    Run.Python("Python sequential", "orders_sequential.py", new { url = shop.CoffeeUrl, count = 16 }),
                    Run.Python("Python threads", "orders_threads.py", new { url = shop.CoffeeUrl, count = 16 }));
                return new Evidence(waiting.Timings, Claim.Faster("Python's threads at waiting", waiting, "Python threads", than: "Python sequential", atLeast: 4));
            }),

        new("A Python program computes for minutes on one core of many. Which module makes it faster without changing the algorithm?", 'D',
            [
                ("threading", "Its threads take turns at the one lock: several of them compute no faster than one."),
                ("asyncio", "A single thread that never waits has nothing to switch to."),
                ("concurrent.futures with a ThreadPoolExecutor", "A pool of threads is still threads, with one lock for all of them."),
                ("multiprocessing", "Every process has an interpreter and a lock of its own, so they compute in parallel."),
            ],
            async () =>
            {
                long[] numbers = [2000000000003, 2000000000123, 2000000000137, 2000000000153];
                var computing = await Compare.Runs("4 numbers in Python, prime or not", new MeasureOptions { MaxRepeats = 3 },
                    Run.Python("Python sequential", "primes_sequential.py", new { numbers }),
                    Run.Python("Python threads", "primes_threads.py", new { numbers }),
                    Run.Python("Python processes", "primes_processes.py", new { numbers, workers = Math.Min(4, Environment.ProcessorCount) }));
                return new Evidence(computing.Timings, Claim.Faster("processes compared with threads", computing, "Python processes", than: "Python threads", atLeast: 1.1,
                    otherwise: "On a single core, or on a Python without a GIL, they have no advantage."));
            }),

        new("A hundred orders of 100 ms, all awaited at once on one thread. How long does it take?", 'B',
            [
                ("10 seconds: the sum of all waits.", "That is one after the other. Awaited at once, the waits pass together."),
                ("Little more than 0.1 seconds.", "The waits pass together; what is added is only the work of starting and finishing each."),
                ("About 1 second: ten at a time.", "Nothing limits an event loop to ten. Limits are what one adds when the other side needs protection."),
                ("0.1 seconds times the number of cores.", "Cores have nothing to do with it: one thread does it all, and hardly works."),
            ],
            async () =>
            {
                var shop = CoffeeShop.Open(ms: 100, jitter: 0);
                var orders = shop.Orders(100);
                var waiting = await Compare.Runs("100 orders of 100 ms on one thread", new MeasureOptions { MaxRepeats = 3 },
                    Run.As("async", () => EventLoop.Run(() => Task.WhenAll(orders.Select(shop.OrderAsync)))));
                return new Evidence(waiting.Timelines, Claim.AtMost("seconds for all of them", waiting["async"].Wall.Median / 1000, 1, "s"));
            }),

        new("Half of a job is downloads, half is compressing them. What is fastest?", 'A',
            [
                ("Await the downloads and compress on all cores at the same time, as they arrive.", "The waits overlap with each other and with the computing: a pipeline."),
                ("Await all downloads on one thread and compress there, too.", "The waits overlap, but a single core does all the compressing."),
                ("Download one after the other, then compress on all cores.", "The compressing is parallel, but all the waits are added up first."),
                ("It makes no difference.", "Measure it: the parts that are not overlapped are added up."),
            ],
            async () =>
            {
                var roastery = new Roastery(CoffeeShop.Open(ms: 20).With(kilobytes: 64));
                var orders = Enumerable.Range(1, 16).ToArray();
                var mixed = await Compare.Runs("16 downloads of 20 ms, each compressed", new MeasureOptions { MaxRepeats = 3 },
                    Run.As("sequential", () => orders.Select(roastery.FetchAndRoast).ToArray()),
                    Run.As("async, one thread", () => EventLoop.Run(() => Task.WhenAll(orders.Select(roastery.FetchAndRoastAsync)))),
                    Run.Pipeline(orders, roastery.FetchAsync, roastery.Roast));
                return new Evidence(mixed.Timings, Claim.Faster("the pipeline compared with one after the other", mixed, "pipeline", than: "sequential", atLeast: 1.5));
            }),
    ];
}
