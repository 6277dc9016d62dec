using ConcurrencyLab.Benchmarks.Report;

namespace ConcurrencyLab.Benchmarks.Parts;

/// <summary>What a timeline costs the work that it shows.</summary>
internal static class Recording
{
    private const int Rounds = 9;
    private const int Items = 20_000;

    private static readonly MeasureOptions Care = new() { Budget = TimeSpan.FromSeconds(1), MinRepeats = 5, MaxRepeats = 9 };

    internal static async Task<Part> MeasureAsync()
    {
        List<double> thread = [], async = [];
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
            }
        }

        var told = (await Compare.Runs("nothing", Care with { Budget = TimeSpan.FromSeconds(0.1) }, Run.As("nothing", () => { }))).Cost.PerSpanNanoseconds;
        List<double> recorded = [], bare = [];
        var numbers = Enumerable.Repeat(Primes.After(3_000_000_000, 1)[0], 2_000).ToArray();
        Func<int> work = () => numbers.Count(Primes.IsPrime);
        for (var round = 0; round < Rounds; round++)
        {
            bare.Add(await WallAsync(work, record: false));
            recorded.Add(await WallAsync(work, record: true));
        }

        return new Part("recording", "what does a timeline cost the work that it shows?",
            [
                Finding.Alone("one span of an item on its thread", Units.Nanoseconds, thread, Aim.AtMost(100)),
                Finding.Alone("one awaited item that never waits", Units.Nanoseconds, async),
                Finding.Alone("the same as the lab tells its readers (measured once a process)", Units.Nanoseconds, [told]),
                Finding.Beside($"2,000 items of {Quantities.Plain(Estimate.Of(bare).Median / 2000 * 1000)} µs", Units.Milliseconds, recorded, "without a timeline", bare, Aim.Within(0.01)),
            ],
            [$"A span: {Items:N0} marked loops less as many unmarked ones, taken in turn, so its allocations and the growth of its log are in it."], []);
    }

    private static double Recorded(Run run)
    {
        using var threads = new ThreadWatch();
        return Meter.Measure(run, 1, record: true, threads, CancellationToken.None, build: false).Sample.WallMilliseconds;
    }

    private static async Task<double> WallAsync(Func<int> work, bool record) =>
        (await Compare.Runs("primes", Care with { RecordSpans = record, MinRepeats = 3, Budget = TimeSpan.FromSeconds(0.6) }, Run.As("work", work))).Baseline.Wall.Median;

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
