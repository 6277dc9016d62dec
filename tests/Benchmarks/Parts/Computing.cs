using System.Globalization;
using ConcurrencyLab.Benchmarks.Peers;
using ConcurrencyLab.Benchmarks.Report;

namespace ConcurrencyLab.Benchmarks.Parts;

/// <summary>How near each parallel way comes to what the machine can do at most: as many separate processes as it has cores, nothing shared.</summary>
internal static class Computing
{
    private const int Rounds = 9;

    internal static async Task<Part> MeasureAsync()
    {
        List<Finding> figures =
        [
            .. await MeasureAsync(Works.Primality(128)),
            .. await MeasureAsync(Works.Image(60)),
            .. await MeasureAsync(Works.Planets(128)),
        ];
        return new Part("computing", "how near to the machine's own ceiling does each way come?", figures,
            [
                $"The ceiling: {Environment.ProcessorCount} processes, each of which does the whole work on one thread at the same time; their time divided by their number is what sharing the work out could give at best. It takes its turn in every round like the ways.",
                "The ratio is the ceiling's time over the way's: 1 is all that the machine has. A way can come out a little above 1, since the ceiling waits for the slower of its processes.",
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
                ceilings.Add(await Role.StartAsync("ceiling", work.Name, items.Count.ToString(CultureInfo.InvariantCulture)));
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

    /// <summary>One process of the ceiling: does the whole work by itself, on one thread.</summary>
    internal static int PlayCeiling(string name, int items)
    {
        Action doAll = name switch
        {
            "primality" => Works.Primality(items).DoAll,
            "image" => Works.Image(items).DoAll,
            "n-body" => Works.Planets(items).DoAll,
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
