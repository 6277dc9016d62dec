using System.Diagnostics;

namespace ConcurrencyLab.Tests;

[Collection(Alone.Name)]
public class ProcessesTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static int ProcessId(int item) => Environment.ProcessId;

    public static int DieOn2(int item)
    {
        if (item == 2)
        {
            Environment.Exit(41);
        }

        return item;
    }

    public static int PrintLoudly(int item)
    {
        Console.WriteLine(new string('x', 200_000));
        return item;
    }

    public static int Spin(int item)
    {
        while (item > 0)
        {
        }

        return item;
    }

    public static Point Mirror(Point point) => new(point.Y, point.X, [.. point.Tags.Reverse()]);

    public record Point(double X, double Y, string[] Tags);

    [Fact]
    public async Task Items_are_worked_on_in_other_processes_that_are_gone_afterwards()
    {
        var ids = await Processes.Map(Enumerable.Range(0, 12), ProcessId, 2, cancel: Cancel);
        Assert.DoesNotContain(Environment.ProcessId, ids);
        Assert.InRange(ids.Distinct().Count(), 1, 2);
        Assert.All(ids.Distinct(), AssertGone);
    }

    [Fact]
    public async Task Records_and_arrays_survive_the_journey()
    {
        var mirrored = await Processes.Map([new Point(0.1, 2, ["a", "é\n\""])], Mirror, 1, cancel: Cancel);
        Assert.Equal((2, 0.1), (mirrored[0].X, mirrored[0].Y));
        Assert.Equal(["é\n\"", "a"], mirrored[0].Tags);
    }

    [Fact]
    public async Task A_process_that_dies_costs_its_item_and_is_replaced()
    {
        var results = await Processes.Map(Enumerable.Range(0, 6), DieOn2, 1, cancel: Cancel);
        var failure = Assert.Single(results.Failures);
        Assert.Equal(2, failure.Item);
        Assert.Contains("41", failure.Error.Message, StringComparison.Ordinal);
        Assert.Equal([0, 1, 3, 4, 5], results.Succeeded);
    }

    [Fact]
    public async Task What_the_work_prints_does_not_disturb_the_talk()
    {
        Assert.Equal([1, 2, 3], await Processes.Map([1, 2, 3], PrintLoudly, 2, cancel: Cancel));
    }

    [Fact]
    public async Task Cancelling_ends_processes_that_spin()
    {
        using var pool = ProcessPool.Start(2);
        var ids = (await pool.Map(Enumerable.Range(0, 30), ProcessId, cancel: Cancel)).Distinct().ToArray();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var spinning = pool.Map([1, 2], Spin, cancel: stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => spinning);
        Assert.All(ids, AssertGone);
        // The pool goes on with fresh processes.
        Assert.Equal([1, 4], await pool.Map([1, 2], WaysTests.Square, cancel: Cancel));
    }

    [Fact]
    public async Task A_lambda_cannot_cross_and_the_message_says_what_can()
    {
        var captured = 3;
        var error = await Assert.ThrowsAsync<ArgumentException>(() => Processes.Map([1], item => item + captured, cancel: Cancel));
        Assert.Contains("static method", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Processor_time_of_the_processes_is_counted_and_their_spans_are_lanes()
    {
        var comparison = await Compare.Runs(
            "squares",
            new MeasureOptions { MinRepeats = 1, MaxRepeats = 1 },
            Run.Processes(Enumerable.Range(0, 8), WaysTests.Square, 2));
        var timeline = comparison.Baseline.Timeline!;
        Assert.InRange(timeline.Lanes.Count, 1, 2);
        Assert.All(timeline.Lanes, lane => Assert.Equal(LaneKind.Process, lane.Kind));
        Assert.Equal(8, timeline.Spans.Count);
        // Two runtimes started within it: tens of milliseconds that are not this process's own.
        Assert.InRange(comparison.Baseline.CpuTime.Median, 5, 60_000);
    }

    private static void AssertGone(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            Assert.True(process.WaitForExit(TimeSpan.FromSeconds(10)), $"process {id} is still there");
        }
        catch (ArgumentException)
        {
            // No such process: as it should be.
        }
    }
}
