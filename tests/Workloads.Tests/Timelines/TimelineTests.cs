using System.Diagnostics;
using System.Globalization;

namespace ConcurrencyLab.Tests;

public class TimelineTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>The picture of a run that has the calling code's next asynchronous steps to itself.</summary>
    private static async Task<Timeline> Record(Func<Task> run)
    {
        var recorder = new Recorder(isRecording: true);
        var start = Stopwatch.GetTimestamp();
        await Run();
        return recorder.ToTimeline("recorded", start, Stopwatch.GetTimestamp())!;

        async Task Run()
        {
            recorder.Activate();
            await Task.Run(run, Cancel);
        }
    }

    private static Task<Timeline> Record(Action run) => Record(() =>
    {
        run();
        return Task.CompletedTask;
    });

    [Fact]
    public async Task Threads_are_lanes_and_a_sleep_is_a_wait_that_holds_one()
    {
        Assert.SkipUnless(ThreadUsage.IsSupported, "Waits that are not announced are only seen on 64-bit Linux.");
        var timeline = await Record(() => ThreadPerItem.Map([1, 2, 3], item =>
        {
            // Much longer than a thread is kept ready without a core between its beginning and its first look at itself.
            Thread.Sleep(600);
            return item;
        }, cancel: Cancel));
        Assert.Equal(3, timeline.Lanes.Count);
        Assert.All(timeline.Lanes, lane => Assert.Equal(LaneKind.Thread, lane.Kind));
        Assert.Equal(["1", "2", "3"], timeline.Spans.Select(span => span.Item).Order());
        Assert.All(timeline.Spans, span => Assert.Equal(SpanKind.WaitingOnThread, span.Kind));
        Assert.InRange(timeline.PeakThreads, 1, 3);
    }

    [Fact]
    public async Task Computing_is_running()
    {
        var timeline = await Record(() => Sequential.Map([1, 2], item =>
        {
            var sum = 0.0;
            for (var i = 0; i < 2_000_000; i++)
            {
                sum += Math.Sqrt(i);
            }

            return sum;
        }, cancel: Cancel));
        Assert.Equal([SpanKind.Running, SpanKind.Running], timeline.Spans.Select(span => span.Kind));
        Assert.Equal(1, timeline.PeakThreads);
        Assert.True(timeline.Spans[0].End <= timeline.Spans[1].Start);
    }

    [Fact]
    public async Task An_announced_wait_splits_the_item()
    {
        var timeline = await Record(() => Sequential.Map(["milk"], item =>
        {
            using (Spans.Blocking())
            {
                Thread.Sleep(5);
            }

            return item;
        }, cancel: Cancel));
        Assert.Equal([SpanKind.Running, SpanKind.WaitingOnThread, SpanKind.Running], timeline.Spans.Select(span => span.Kind));
        Assert.All(timeline.Spans, span => Assert.Equal("milk", span.Item));
        Assert.Single(timeline.Items);
    }

    [Fact]
    public async Task An_awaiting_item_waits_in_the_band_and_runs_on_threads()
    {
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var left = 5;
        var timeline = await Record(() => WhenAll.Map(Enumerable.Range(0, 5), async item =>
        {
            if (Interlocked.Decrement(ref left) == 0)
            {
                _ = Task.Delay(100, Cancel).ContinueWith(_ => all.SetResult(), TaskScheduler.Default);
            }

            await all.Task;
            return Primes.IsPrime(142_702_110_479_723);
        }, cancel: Cancel));
        Assert.Equal(LaneKind.Waits, timeline.Lanes[^1].Kind);
        Assert.Single(timeline.Lanes, lane => lane.Kind == LaneKind.Waits);
        foreach (var item in Enumerable.Range(0, 5).Select(item => item.ToString(CultureInfo.InvariantCulture)))
        {
            var spans = timeline.Spans.Where(span => span.Item == item).ToArray();
            var wait = spans.Where(span => span.Kind == SpanKind.Waiting).MaxBy(span => span.Duration);
            Assert.Contains(spans, span => span.Kind == SpanKind.Running && span.Start >= wait.End);
            Assert.All(spans.Where(span => span.Kind == SpanKind.Waiting), span => Assert.Equal(timeline.Lanes.Count - 1, span.Lane));
        }

        Assert.Equal(5, timeline.PeakInFlight);
        Assert.Equal(5, timeline.Items.Count);
    }

    [Fact]
    public async Task Marks_in_a_loop_of_your_own_are_seen_and_marks_outside_a_run_do_nothing()
    {
        using (Spans.Item("outside"))
        using (Spans.Blocking())
        {
        }

        Assert.Equal(3, await Spans.ItemAsync("outside", _ => Task.FromResult(3)));
        var timeline = await Record(() => Parallel.ForEach(Enumerable.Range(0, 8), item =>
        {
            using var span = Spans.Item(item);
            using var inner = Spans.Item("inside another item");
        }));
        Assert.Equal(8, timeline.Items.Count);
        Assert.DoesNotContain(timeline.Spans, span => span.Item.StartsWith("inside", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Spans_of_a_lane_never_overlap_and_none_leaves_the_run()
    {
        var timeline = await Record(() => PooledTasks.Map(Enumerable.Range(0, 500), item => Math.Sin(item), cancel: Cancel));
        foreach (var lane in timeline.Spans.GroupBy(span => span.Lane))
        {
            var spans = lane.ToArray();
            Assert.All(spans.Zip(spans.Skip(1)), pair => Assert.True(pair.First.End <= pair.Second.Start));
            Assert.All(spans, span => Assert.InRange(span.End, span.Start, timeline.Duration));
        }

        Assert.Equal(500, timeline.Items.Count);
    }

    [Fact]
    public async Task Worker_processes_are_lanes()
    {
        var timeline = await Record(() => Processes.Map(Enumerable.Range(0, 8), WaysTests.Square, 2, cancel: Cancel));
        Assert.InRange(timeline.Lanes.Count, 1, 2);
        Assert.All(timeline.Lanes, lane => Assert.Equal(LaneKind.Process, lane.Kind));
        Assert.Equal(Enumerable.Range(0, 8).Select(item => $"{item}"), timeline.Spans.Select(span => span.Item).Order());
    }

    [Fact]
    public async Task A_run_with_more_spans_than_the_recorder_holds_says_how_many_are_missing()
    {
        var timeline = await Record(() => Sequential.Map(Enumerable.Range(0, 300_000), item => item, cancel: Cancel));
        Assert.True(timeline.Spans.Count + timeline.Dropped >= 300_000);
        Assert.True(timeline.Dropped > 0);
    }
}
