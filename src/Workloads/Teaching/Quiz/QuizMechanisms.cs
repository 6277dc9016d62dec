namespace ConcurrencyLab;

public static partial class Quiz
{
    /// <summary>Chapters 03, 04 and 12.</summary>
    private static IEnumerable<Question> Mechanisms() =>
    [
        new("A worker process sets a variable of the program to 42. What does the parent process see?", 'B',
            [
                ("42: it is the same program.", "The same program, but in a memory of its own: the worker changed its copy."),
                ("Its own old value: every process has a memory of its own.", "What processes want to share they must send to each other."),
                ("42, but only after a lock.", "A lock orders threads within one memory. Here are two memories."),
                ("An error: processes may not write.", "It may write what it likes, into its own copy."),
            ],
            async () =>
            {
                SharedCounter.Set(0);
                var seen = (await Processes.Map([42], SharedCounter.Set, workers: 1))[0].Value;
                var here = SharedCounter.Value;
                var chart = Charts.Bars("The same variable after the worker wrote 42", "value", ("in the worker process", seen), ("in the parent process", here));
                return new Evidence(chart, Claim.AtMost("what the parent sees after the worker wrote 42", here, 0, ""));
            }),

        new("Four threads add one to the same variable, two million times each, with count++. What is it at the end?", 'D',
            [
                ("Always 8,000,000.", "It would be, if count++ were one step. It is three: read, add, write."),
                ("8,000,000, or the program crashes.", "Nothing crashes. Additions are silently lost, which is worse."),
                ("More than 8,000,000 now and then.", "An addition can be lost, but none is made up."),
                ("Usually less than 8,000,000, and another number each time.", "Two threads read the same value, both add one, both write the same sum: one addition is lost."),
            ],
            async () =>
            {
                var count = 0;
                // The first could be done before the last has begun.
                using var start = new Barrier(4);
                await Task.Run(() => ThreadPerItem.Map([1, 2, 3, 4], _ => { start.SignalAndWait(); for (var i = 0; i < 2_000_000; i++) count++; return 0; }));
                var chart = Charts.Bars("count++ on four threads without a lock", "additions", ("wanted", 8_000_000), ("counted by threads", count));
                return new Evidence(chart, Claim.AtLeast("additions lost", 8_000_000 - count, 1, ""));
            }),

        new("A task took a second on the clock and 5 ms of processor time. What was it doing?", 'A',
            [
                ("Waiting.", "Processor time far below wall time means that it waited: for the network, a disk, a user."),
                ("Computing.", "Then its processor time would be about its wall time."),
                ("Computing on several cores.", "Then its processor time would be more than its wall time."),
                ("That cannot be told.", "It can: processor time over wall time is the test."),
            ],
            async () =>
            {
                var shop = CoffeeShop.Open(ms: 200, jitter: 0);
                var kinds = await Compare.Runs("A wait and a computation", new MeasureOptions { MaxRepeats = 3 },
                    Run.As("one order", () => shop.Order(1)),
                    Run.As("one prime", () => { Primes.IsPrime(9999999999999917); }));
                return new Evidence(Charts.CpuMap(kinds), Claim.AtMost("cores kept busy by the wait", kinds["one order"].CpuUtilization, 0.3, "cores"));
            }),

        new("Ten coroutines share an event loop. One of them calls Thread.Sleep(100). What do the others do meanwhile?", 'C',
            [
                ("They go on: that is what an event loop is for.", "An event loop goes on when somebody awaits. Sleep does not await, it holds the only thread."),
                ("They move to other threads.", "An event loop has one thread and no other."),
                ("Nothing: the only thread sleeps, so all of them stand still.", "Blocking the one thread blocks everybody. Await Task.Delay instead."),
                ("They are cancelled.", "Nobody tells them anything; they just do not get their turn."),
            ],
            async () =>
            {
                var (polite, rude) = (new Clock(), new Clock());
                async Task Watch(Clock clock, int times) { for (var i = 0; i < times; i++) { clock.Tick(); await Task.Delay(10); } }
                async Task Sleeper() { await Task.Delay(50); Thread.Sleep(100); }
                async Task Waiter() { await Task.Delay(50); await Task.Delay(100); }
                await Task.Run(() => EventLoop.Run(() => Task.WhenAll(Watch(polite, 20), Waiter())));
                await Task.Run(() => EventLoop.Run(() => Task.WhenAll(Watch(rude, 20), Sleeper())));
                var chart = Charts.Ticks("A clock on the same event loop", ("a neighbour awaits", polite.Ticks), ("a neighbour sleeps", rude.Ticks));
                return new Evidence(chart, Claim.AtLeast("longest time without a tick beside the one who sleeps", rude.LongestGap.TotalMilliseconds, 80, "ms"));
            }),
    ];
}
