namespace ConcurrencyLab;

public static partial class Quiz
{
    /// <summary>Chapters 01 and 02.</summary>
    private static IEnumerable<Question> Basics() =>
    [
        new("Which statement tells parallelism and asynchronicity apart?", 'B',
            [
                ("They are two words for the same thing: many tasks at once.",
                    "Both make a program concurrent, but by different means, and only one of them makes computing faster."),
                ("Parallelism does several things at the same instant and needs several executors; asynchronicity keeps one executor from standing idle while it waits.",
                    "One thread that switches gains everything on waiting and nothing on computing; several cores gain on both."),
                ("Parallelism is for waiting, asynchronicity is for computing.",
                    "It is nearly the other way round: a thread that switches has nothing to gain while it computes."),
                ("Asynchronicity needs several cores, parallelism works on one.",
                    "It is the other way round: switching works on a single thread of a single core."),
            ],
            async () =>
            {
                var shop = CoffeeShop.Open(ms: 20);
                var orders = shop.Orders(8);
                var both = await Compare.Runs("8 waits, then the same with 8 computations", new MeasureOptions { MaxRepeats = 3 },
                    Run.As("sequential", () => orders.Select(shop.Order).ToArray()),
                    Run.As("async, one thread", () => EventLoop.Run(() => Task.WhenAll(orders.Select(shop.OrderAsync)))));
                return new Evidence(both.Timelines, Claim.Faster("one thread that switches is faster at waiting", both, "async, one thread", than: "sequential", atLeast: 2));
            }),

        new("A computer has a single core. Can its programs be concurrent?", 'C',
            [
                ("No: only one thing can happen at a time.", "Only one thing at an instant, yes. But the core can switch between tasks that are all under way."),
                ("Only with several processes.", "Even one thread of one process can: it switches whenever something has to be waited for."),
                ("Yes: concurrent tasks are under way together, they need not run at the same instant.", "Being under way together is enough; the core switches between them."),
                ("Only if no task computes.", "Tasks that compute can take turns as well; they just do not finish sooner."),
            ],
            async () =>
            {
                var shop = CoffeeShop.Open(ms: 100, jitter: 0);
                var one = await Compare.Runs("6 tasks under way on one thread", new MeasureOptions { MaxRepeats = 3 },
                    Run.As("async", () => EventLoop.Run(() => Task.WhenAll(shop.Orders(6).Select(shop.OrderAsync)))));
                var (atOnce, threads) = (one["async"].Timeline!.PeakInFlight, one["async"].ThreadsAtWork);
                return new Evidence(one.Timelines, Claim.AtLeast($"tasks under way together on {threads} thread", atOnce, 6, "tasks"));
            }),

        new("Sixteen orders of 25 ms. Who serves them first?", 'D',
            [
                ("One barista, one order after the other.", "That takes the sum of all waits."),
                ("Two baristas who each stand beside their machine.", "Twice as fast as one, and still mostly standing: each holds one machine at a time."),
                ("Four baristas who each stand beside their machine.", "Four times as fast as one. But standing beside a machine is not what makes the coffee."),
                ("One barista who starts every machine and comes back when a cup is full.", "All sixteen brew at once, and nobody was hired."),
            ],
            async () =>
            {
                var shop = CoffeeShop.Open(ms: 25);
                var orders = shop.Orders(16);
                var serving = await Compare.Runs("16 orders of 25 ms", new MeasureOptions { MaxRepeats = 3 },
                    Run.As("sequential", () => orders.Select(shop.Order).ToArray()),
                    Run.As("2 threads", () => FixedThreads.Map(orders, shop.Order, 2)),
                    Run.As("4 threads", () => FixedThreads.Map(orders, shop.Order, 4)),
                    Run.As("async", () => EventLoop.Run(() => Task.WhenAll(orders.Select(shop.OrderAsync)))));
                return new Evidence(serving.Timings, Claim.Faster("the one who switches beats four who stand", serving, "async", than: "4 threads", atLeast: 1.5));
            }),

        new("Two thousand squares are to be added up, nanoseconds each. What does parallel code gain?", 'A',
            [
                ("Nothing: it is slower than one after the other.", "Handing out the work costs more than the work itself."),
                ("As much as there are cores.", "So it would, if handing out work were free. It costs microseconds, and a square costs nanoseconds."),
                ("A little.", "Less than nothing: handing out the work costs more than the work itself."),
                ("It depends on the weather.", "It depends on the size of an item, and this one is tiny."),
            ],
            async () =>
            {
                var numbers = Enumerable.Range(0, 2000).ToArray();
                var adding = await Compare.Runs("2,000 squares", new MeasureOptions { MaxRepeats = 5 },
                    Run.As("sequential", () => numbers.Sum(n => (long)n * n)),
                    Run.As("parallel", () => numbers.AsParallel().Sum(n => (long)n * n)));
                return new Evidence(adding.Timings, Claim.AtMost("parallel compared with sequential", adding["parallel"].SpeedUp?.Median, 0.9));
            }),
    ];
}
