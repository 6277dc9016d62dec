using System.Diagnostics;
using ConcurrencyLab.Benchmarks.Report;

namespace ConcurrencyLab.Benchmarks.Parts;

/// <summary>What a timeline costs the work that it shows.</summary>
internal static class Recording
{
    private const int Rounds = 9;
    private const int Items = 20_000;
    private const int Pairs = 201;

    internal static async Task<Part> MeasureAsync()
    {
        List<double> thread = [], async = [], clock = [];
        var (bareLoop, markedLoop) = (Run.As("bare", () => Loop(mark: false)), Run.As("marked", () => Loop(mark: true)));
        var (bareAsync, markedAsync) = (Run.As("bare", () => LoopAsync(mark: false)), Run.As("marked", () => LoopAsync(mark: true)));
        // Not by a comparison, which would repeat so short a work many times in one sample and record none of them.
        for (var round = -3; round < Rounds * 3; round++)
        {
            var (one, other) = (Recorded(markedLoop) - Recorded(bareLoop), Recorded(markedAsync) - Recorded(bareAsync));
            if (round >= 0)
            {
                thread.Add(one * 1e6 / Items);
                async.Add(other * 1e6 / Items);
                clock.Add(TwoTimestamps());
            }
        }

        var told = (await Compare.Runs("nothing", new MeasureOptions { Budget = TimeSpan.FromSeconds(0.1) }, Run.As("nothing", () => { }))).Cost.PerSpanNanoseconds;
        return new Part("recording", "what does a timeline cost the work that it shows?",
            [
                Finding.Alone("one span of an item on its thread", Units.Nanoseconds, thread, Aim.AtMost(100)),
                Finding.Alone("of that the clock, which is read twice", Units.Nanoseconds, clock),
                Finding.Alone("one awaited item that never waits", Units.Nanoseconds, async),
                Finding.Alone("the same as the lab tells its readers (measured once a process)", Units.Nanoseconds, [told]),
                Changed("items of some 0.1 ms", first: 10_000_000_000, items: 200),
                Asking("items of some 0.1 ms", first: 10_000_000_000, items: 200),
                Changed("items of some 0.3 ms", first: 90_000_000_000, items: 70),
                Changed("items of some 1 ms", first: 1_000_000_000_000, items: 20),
            ],
            [
                "Without a timeline, but the system asked: the same items, and after each one call of getrusage, by which a timeline tells a thread that blocks from one that computes. What the timeline costs beyond that is the rest.",
                $"A span: {Items:N0} marked loops less as many unmarked ones, taken in turn, so its allocations and the growth of its log are in it.",
            ], []);
    }

    private static double TwoTimestamps()
    {
        var began = Stopwatch.GetTimestamp();
        for (var i = 0; i < 2 * Items - 1; i++)
        {
            Stopwatch.GetTimestamp();
        }

        return (Stopwatch.GetTimestamp() - began) * 1e9 / Stopwatch.Frequency / Items;
    }

    private static double Recorded(Run run)
    {
        using var threads = new ThreadWatch();
        return Meter.Measure(run, 1, record: true, threads, CancellationToken.None, build: false).Sample.WallMilliseconds;
    }

    /// <summary>The same work with and without a timeline, in pairs whose order changes: what is looked for is far smaller than the machine's noise.</summary>
    private static Finding Changed(string what, long first, int items)
    {
        var work = Run.As("work", Divisions(first, items, static () => { }));
        var (recorded, bare) = InPairs(work, work, record: true);
        return Finding.Beside($"{items} {what}", Units.Milliseconds, recorded, "without a timeline", bare, Aim.Within(0.01));
    }

    /// <summary>What of it is the system's answer to the question whether the thread computed or blocked, asked once an item.</summary>
    private static Finding Asking(string what, long first, int items)
    {
        var (asking, silent) = InPairs(
            Run.As("asking", Divisions(first, items, static () => ThreadUsage.Read())), Run.As("silent", Divisions(first, items, static () => { })), record: false);
        return Finding.Beside($"{items} {what}, without a timeline, but the system asked", Units.Milliseconds, asking, "not asked", silent, null);
    }

    private static Func<int> Divisions(long first, int items, Action afterEach)
    {
        var numbers = Enumerable.Repeat(Primes.After(first, 1)[0], items).ToArray();
        return () => numbers.Count(number =>
        {
            var isPrime = Primes.IsPrime(number);
            afterEach();
            return isPrime;
        });
    }

    private static (List<double> One, List<double> Other) InPairs(Run one, Run other, bool record)
    {
        using var threads = new ThreadWatch();
        double Wall(Run run, bool record) => Meter.Measure(run, 1, record, threads, CancellationToken.None, build: false).Sample.WallMilliseconds;
        List<double> ones = [], others = [];
        for (var pair = 0; pair < Pairs; pair++)
        {
            if (pair % 2 == 0)
            {
                ones.Add(Wall(one, record));
                others.Add(Wall(other, record: false));
            }
            else
            {
                others.Add(Wall(other, record: false));
                ones.Add(Wall(one, record));
            }
        }

        return (ones, others);
    }

    private static void Loop(bool mark)
    {
        for (var i = 0; i < Items; i++)
        {
            if (mark)
            {
                using var span = Spans.Item(i);
            }
        }
    }

    private static async Task LoopAsync(bool mark)
    {
        for (var i = 0; i < Items; i++)
        {
            if (mark)
            {
                await Spans.ItemAsync(i, Now);
            }
            else
            {
                await Now(i);
            }
        }
    }

    private static Task<bool> Now(int item) => Task.FromResult(true);
}
