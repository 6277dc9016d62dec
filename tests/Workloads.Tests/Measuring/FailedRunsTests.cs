namespace ConcurrencyLab.Tests;

/// <summary>What did not do its work has no speed, and nothing can be claimed of it.</summary>
[Collection(Alone.Name)]
public class FailedRunsTests
{
    private static readonly MeasureOptions Once = new() { MinRepeats = 1, MaxRepeats = 1, Budget = TimeSpan.FromMilliseconds(100) };
    private static readonly int[] Items = [.. Enumerable.Range(0, 20)];

    public static TheoryData<string> Ways => ["sequential", "threads", "fixed threads", "thread pool", "async", "async, limit 3", "Parallel.For", "Parallel.ForEach", "Parallel.ForEachAsync", "PLINQ", "pipeline"];

    [Theory, MemberData(nameof(Ways))]
    public async Task Failed_items_are_a_failed_run_whatever_the_way(string way)
    {
        var all = await Compare.Runs("all fail", Once, Of(way, _ => true));
        var one = await Compare.Runs("one fails", Once, Of(way, item => item == 7));

        Assert.Equal("20 of 20 items failed: out of milk", all[way].Failure);
        Assert.Equal("1 of 20 items failed: out of milk", one[way].Failure);
        Assert.Contains("20 of 20 items failed: out of milk", all.Timings.Description, StringComparison.Ordinal);
        Assert.Contains("20 of 20 items failed: out of milk", all.Table.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_way_whose_items_failed_is_not_compared_and_nothing_is_claimed_of_it()
    {
        var comparison = await Compare.Runs("closed", Once, Of("sequential", _ => true), Of("async", _ => true), Run.As("fine", () => 1));

        Assert.Null(comparison["async"].SpeedUp);
        Assert.Null(comparison["async"].Efficiency);
        Assert.Null(comparison["fine"].SpeedUp);
        Assert.Equal(Agreement.NotChecked, comparison["async"].Agreement);
        Assert.Equal(("not measured", false), Verdict(Claim.Faster("faster", comparison, "async", "sequential", 5)));
        var failed = comparison["async"];
        double?[] figures = [failed.CpuUtilization, failed.ProcessThreads, failed.AllocatedBytes, failed.Wall.Median, failed.CpuTime.Median, failed.ThreadsAtWork, failed.SpeedUp?.Median];
        Assert.All(figures, figure => Assert.Equal(("not measured", false), Verdict(Claim.AtMost("little", figure, 1))));
        Assert.Equal(failed.Failure, Claim.AtMost("little", failed.CpuUtilization, 1, of: failed).Reason);
    }

    [Fact]
    public async Task What_is_still_to_be_done_is_no_answer()
    {
        var comparison = await Compare.Runs(
            "not done yet",
            Once,
            Run.As("LINQ", () => Items.Select(WaysTests.Square)),
            Run.As("PLINQ", () => Items.AsParallel().Select(WaysTests.Square)),
            Run.As("iterator", Walk),
            Run.As("LINQ, awaited", async () => { await Task.Yield(); return Items.Where(item => item > 3); }),
            Run.As("chunks", () => Items.Chunk(5).Select(chunk => chunk.Select(WaysTests.Square)).ToList()),
            Run.As("stream", () => Stream()),
            Run.As("tasks", () => Items.Select(SquareAsync).ToArray()),
            Run.As("value task", () => new ValueTask<int>(SquareAsync(3))),
            Run.As("value tasks", () => Items.Select(item => new ValueTask<int>(SquareAsync(item))).ToList()),
            Run.Sequential(Items, SquareAsync).Renamed("a way with a task each"),
            Run.Sequential(Items, item => Items.Select(other => item * other)).Renamed("a way with a sequence each"));

        Assert.All(comparison.Runs, run => Assert.False(run.Succeeded, run.Name));
        Assert.All(comparison.Runs.Where(run => run.Name.Contains("task", StringComparison.Ordinal)), run => Assert.Contains("await", run.Failure, StringComparison.Ordinal));
        Assert.All(comparison.Runs.Where(run => !run.Name.Contains("task", StringComparison.Ordinal)), run => Assert.Contains(".ToArray()", run.Failure, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_there_is_an_answer_whatever_its_shape()
    {
        var comparison = await Compare.Runs(
            "done",
            Once,
            Run.As("array", () => Items.Select(WaysTests.Square).ToArray()),
            Run.As("set", () => Items.ToHashSet()),
            Run.As("map", () => Items.ToDictionary(item => item)),
            Run.As("text", () => "abc"),
            Run.As("nothing", () => { }),
            Run.As("no answer", () => (object?)null),
            Run.As("empty", Array.Empty<int[]>),
            Run.As("awaited", () => Task.WhenAll(Items.Select(SquareAsync))),
            Run.WhenAll(Items, SquareAsync).Renamed("way"));

        Assert.All(comparison.Runs, run => Assert.Null(run.Failure));
    }

    private static (string Measured, bool Holds) Verdict(Claim claim) => (claim.Measured, claim.Holds);

    private static Run Of(string way, Func<int, bool> fails)
    {
        int Work(int item) => fails(item) ? throw new InvalidOperationException("out of milk") : item;
        async Task<int> WorkAsync(int item)
        {
            await Task.Yield();
            return Work(item);
        }

        Run[] ways =
        [
            Run.Sequential(Items, Work), Run.ThreadPerItem(Items, Work), Run.FixedThreads(Items, Work), Run.PooledTasks(Items, Work), Run.WhenAll(Items, WorkAsync),
            Run.Throttled(Items, WorkAsync, 3), Run.ParallelFor(Items, Work), Run.ParallelForEach(Items, Work), Run.ParallelForEachAsync(Items, WorkAsync), Run.Plinq(Items, Work),
            Run.Pipeline(Items, Work),
        ];
        return ways.Single(run => run.Name == way);
    }

    private static async Task<int> SquareAsync(int item)
    {
        await Task.Yield();
        return item * item;
    }

    private static IEnumerable<int> Walk()
    {
        yield return 1;
    }

    private static async IAsyncEnumerable<int> Stream()
    {
        await Task.Yield();
        yield return 1;
    }
}
