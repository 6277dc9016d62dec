using ConcurrencyLab.Benchmarks.Peers;
using ConcurrencyLab.Benchmarks.Report;

namespace ConcurrencyLab.Benchmarks.Parts;

/// <summary>What each way to run costs an item when the work itself is nothing: a way pays only where an item costs more than this.</summary>
internal static class Overhead
{
    private const int Many = 100_000;
    private const int Some = 2_000;

    internal static async Task<Part> MeasureAsync()
    {
        int[] many = [.. Enumerable.Range(0, Many)], some = [.. Enumerable.Range(0, Some)];
        using var pool = ProcessPool.Start();
        var care = new MeasureOptions { RecordSpans = false, MinRepeats = 7, MaxRepeats = 9, Budget = TimeSpan.FromMinutes(1) };
        (Run Run, int Items)[] ways =
        [
            (Run.Sequential(many, Nothing), Many), (Run.FixedThreads(many, Nothing), Many), (Run.PooledTasks(many, Nothing), Many),
            (Run.ParallelFor(many, Nothing), Many), (Run.ParallelForEach(many, Nothing), Many), (Run.ParallelForEachAsync(many, NothingAsync), Many),
            (Run.Plinq(many, Nothing), Many), (Run.Pipeline(many, Nothing), Many), (Run.WhenAll(many, NothingAsync), Many),
            (Run.Throttled(many, NothingAsync, 100), Many), (Run.ThreadPerItem(some, Nothing), Some), (Run.As("processes", () => pool.Map(some, Nothing)), Some),
        ];
        (string Name, string Way, string Beside, int Items)[] python =
        [
            ("Python sequential", "sequential", "sequential", Many), ("Python ThreadPoolExecutor", "pool", "thread pool", Some),
            ("Python a thread each", "threads", "threads", Some), ("Python asyncio.gather", "asyncio", "async", Some),
            ("Python multiprocessing.Pool", "processes", "processes", Some),
        ];
        Run[] runs = [.. ways.Select(way => way.Run)];
        if (BenchmarkPeers.CPython.Path is not null)
        {
            runs = [.. runs, .. python.Select(peer => Run.Python(peer.Name, "nothing.py", new { items = peer.Items, way = peer.Way, workers = Environment.ProcessorCount }))];
        }

        var comparison = await Compare.Runs("nothing", care, runs);
        var figures = new List<Finding>();
        foreach (var (run, items) in ways)
        {
            var each = Each(comparison[run.Name], items);
            var peer = BenchmarkPeers.CPython.Path is null ? default : python.FirstOrDefault(peer => peer.Beside == run.Name);
            figures.Add(peer.Name is null
                ? Finding.Alone(run.Name, Units.Nanoseconds, each)
                : Finding.Beside(run.Name, Units.Nanoseconds, each, peer.Name, Each(comparison[peer.Name], peer.Items), null, peerOverOurs: true));
        }

        return new Part("overhead", "what does each way cost an item when the work is nothing?", figures,
            [
                $"{Many:N0} items that do nothing ({Some:N0} for threads, processes and Python's), divided by their number: the marks for timelines (not recording), the places for results and errors and the reading of the clock are in it.",
                "Read it as a threshold: an item that computes for less than its way's figure is done sooner one after the other.",
            ], []);
    }

    private static List<double> Each(RunResult run, int items) => run.Succeeded
        ? [.. run.Samples.Select(sample => sample.WallMilliseconds * 1e6 / items)]
        : throw new InvalidOperationException($"{run.Name}: {run.Failure}");

    private static bool Nothing(int item) => true;

    private static Task<bool> NothingAsync(int item) => Task.FromResult(true);
}
