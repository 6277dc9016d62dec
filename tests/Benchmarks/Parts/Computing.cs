using ConcurrencyLab.Benchmarks.Peers;
using ConcurrencyLab.Benchmarks.Report;

namespace ConcurrencyLab.Benchmarks.Parts;

/// <summary>How near each parallel way comes to what the machine can do at most: as many separate processes as it has cores, nothing shared.</summary>
internal static class Computing
{
    private const int Rounds = 15;

    // Items so long that a thread of their own does not tell: what a thread or a journey costs is the overhead part's question.
    private static Work<long, bool> Numbers => Works.Primality(24, 250_000_000_000_000);

    private static Work<Tile, long> Tiles => Works.Image(24, 96);

    private static Work<int, double> Systems => Works.LongPlanets(24);

    internal static async Task<Part> MeasureAsync()
    {
        List<Finding> figures =
        [
            .. await MeasureAsync(Numbers),
            .. await MeasureAsync(Tiles),
            .. await MeasureAsync(Systems),
            .. await MeasureSmallAsync(),
        ];
        return new Part("computing", "how near to the machine's own ceiling does each way come?", figures,
            [
                $"The ceiling: {Environment.ProcessorCount} processes, each of which does the whole work on one thread at the same time; their time divided by their number is what sharing the work out could give at best. It takes its turn in every round like the ways.",
                "The ratio is the ceiling's time over the way's: 1 is all that the machine has. A way can come out a little above 1, since the ceiling waits for the slower of its processes.",
                "Small items: the same divisions for 128 smaller numbers. The peer is a loop of new Thread and a loop of Join, nothing of the lab: what a thread for each item then loses is what .NET and the system take to start one while all cores compute.",
                "*processes* are a pool that was started before, as Python's Pool would be.",
            ], []);
    }

    private static async Task<IReadOnlyList<Finding>> MeasureAsync<TItem, TResult>(Work<TItem, TResult> work)
    {
        var (items, todo) = (work.Items, work.Do);
        using var pool = ProcessPool.Start();
        var ceilings = new List<Role>();
        try
        {
            for (var i = 0; i < Environment.ProcessorCount; i++)
            {
                ceilings.Add(await Role.StartAsync("ceiling", work.Name));
            }

            Run[] ways =
            [
                Run.ThreadPerItem(items, todo), Run.FixedThreads(items, todo), Run.PooledTasks(items, todo), Run.ParallelFor(items, todo),
                Run.ParallelForEach(items, todo), Run.ParallelForEachAsync(items, item => Task.FromResult(todo(item))), Run.Plinq(items, todo),
                Run.Pipeline(items, todo), Run.As("processes", () => pool.Map(items, todo)),
            ];
            var care = new MeasureOptions { RecordSpans = false, MinRepeats = Rounds, MaxRepeats = Rounds, Budget = TimeSpan.FromMinutes(5) };
            var ceiling = Run.As("ceiling", () => Task.WhenAll(ceilings.Select(role => role.AskAsync())) as Task);
            // One comparison, so that all take turns and every way's answer is checked against the sequential one's.
            var comparison = await Compare.Runs(work.Name, care, [Run.Sequential(items, todo), ceiling, .. ways]);
            if (comparison.Runs.FirstOrDefault(run => !run.Succeeded || (run.Agreement == Agreement.Different && run.Name != "ceiling")) is { } wrong)
            {
                throw new InvalidOperationException($"{work.Name}, {wrong.Name}: {wrong.Failure ?? "another answer than the sequential way's"}.");
            }

            List<double> best = [.. comparison["ceiling"].Samples.Select(sample => sample.WallMilliseconds / ceilings.Count)];
            return [.. ways.Select(way => Finding.Beside($"{work.Name}: {way.Name}", Units.Milliseconds,
                [.. comparison[way.Name].Samples.Select(sample => sample.WallMilliseconds)], "ceiling", best, Aim.AtLeast(0.95), peerOverOurs: true))];
        }
        finally
        {
            ceilings.ForEach(role => role.Dispose());
        }
    }

    /// <summary>A thread for each of many small items, beside the platform's own threads without the lab.</summary>
    private static async Task<IReadOnlyList<Finding>> MeasureSmallAsync()
    {
        var work = Works.Primality(128);
        var care = new MeasureOptions { RecordSpans = false, MinRepeats = Rounds, MaxRepeats = Rounds };
        var comparison = await Compare.Runs("small items", care, Run.ThreadPerItem(work.Items, work.Do), Run.As("bare", () => DoOnBareThreads(work)));
        List<double> Walls(string name) => [.. comparison[name].Samples.Select(sample => sample.WallMilliseconds)];
        return [Finding.Beside("small items of primality: threads", Units.Milliseconds, Walls("threads"), "a loop of new Thread", Walls("bare"), null)];
    }

    private static void DoOnBareThreads(Work<long, bool> work)
    {
        Thread[] threads = [.. work.Items.Select(item => new Thread(() => work.Do(item)))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
    }

    /// <summary>One process of the ceiling: does the whole work by itself, on one thread.</summary>
    internal static int PlayCeiling(string name)
    {
        Action doAll = name switch
        {
            "primality" => Numbers.DoAll,
            "image" => Tiles.DoAll,
            "n-body" => Systems.DoAll,
            _ => throw new ArgumentException($"There is no work named {name}.", nameof(name)),
        };
        doAll();
        return Role.Play(() =>
        {
            doAll();
            return "done";
        });
    }
}
