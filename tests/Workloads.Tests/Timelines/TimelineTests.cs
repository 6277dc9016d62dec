namespace ConcurrencyLab.Tests;

[Collection(Alone.Name)]
public class TimelineTests
{
    private static readonly MeasureOptions Once = new() { MinRepeats = 1, MaxRepeats = 1 };

    private static async Task<Timeline> Record(Run run) => (await Compare.Runs("recorded", Once, run)).Baseline.Timeline!;

    [Fact]
    public async Task Threads_are_lanes_and_a_sleep_is_a_wait_that_holds_one()
    {
        Assert.SkipUnless(ThreadUsage.IsSupported, "Waits that are not announced are only seen on 64-bit Linux.");
        var timeline = await Record(Run.ThreadPerItem([1, 2, 3], item =>
        {
            Thread.Sleep(30);
            return item;
        }));
        Assert.Equal(3, timeline.Lanes.Count);
        Assert.All(timeline.Lanes, lane => Assert.Equal(LaneKind.Thread, lane.Kind));
        Assert.Equal(["1", "2", "3"], timeline.Spans.Select(span => span.Item).Order());
        Assert.All(timeline.Spans, span => Assert.Equal(SpanKind.WaitingOnThread, span.Kind));
        Assert.All(timeline.Spans, span => Assert.InRange(span.Duration.TotalMilliseconds, 29, 5000));
        Assert.Equal(3, timeline.PeakThreads);
    }

    [Fact]
    public async Task Computing_is_running()
    {
        var timeline = await Record(Run.Sequential([1, 2], item =>
        {
            var sum = 0.0;
            for (var i = 0; i < 2_000_000; i++)
            {
                sum += Math.Sqrt(i);
            }

            return sum;
        }));
        Assert.Equal([SpanKind.Running, SpanKind.Running], timeline.Spans.Select(span => span.Kind));
        Assert.Equal(1, timeline.PeakThreads);
        Assert.True(timeline.Spans[0].End <= timeline.Spans[1].Start);
    }

    [Fact]
    public async Task An_announced_wait_splits_the_item()
    {
        var timeline = await Record(Run.Sequential(["milk"], item =>
        {
            using (Spans.Blocking())
            {
                Thread.Sleep(5);
            }

            return item;
        }));
        Assert.Equal(
            [SpanKind.Running, SpanKind.WaitingOnThread, SpanKind.Running],
            timeline.Spans.Select(span => span.Kind));
        Assert.All(timeline.Spans, span => Assert.Equal("milk", span.Item));
        Assert.Single(timeline.Items);
    }

    [Fact]
    public async Task An_awaiting_item_waits_in_the_band_and_runs_on_threads()
    {
        var timeline = await Record(Run.WhenAll(Enumerable.Range(0, 5), async item =>
        {
            await Task.Delay(400);
            var until = Environment.TickCount64 + 5;
            while (Environment.TickCount64 < until)
            {
            }

            return item;
        }));
        Assert.Equal(LaneKind.Waits, timeline.Lanes[^1].Kind);
        Assert.Single(timeline.Lanes, lane => lane.Kind == LaneKind.Waits);
        foreach (var item in Enumerable.Range(0, 5).Select(item => item.ToString(System.Globalization.CultureInfo.InvariantCulture)))
        {
            var spans = timeline.Spans.Where(span => span.Item == item).ToArray();
            var wait = spans.Where(span => span.Kind == SpanKind.Waiting).MaxBy(span => span.Duration);
            var after = spans.Where(span => span.Kind == SpanKind.Running && span.Start >= wait.End);
            // The wait is seen from when the item hands over: the compiler may take its time between the delay's beginning and that.
            Assert.InRange(wait.Duration.TotalMilliseconds, 100, 5000);
            Assert.Contains(after, span => span.Duration.TotalMilliseconds > 3);
        }

        Assert.Equal(5, timeline.PeakInFlight);
        Assert.Equal(5, timeline.Items.Count);
    }

    [Fact]
    public async Task Marks_in_a_readers_own_loop_are_seen_and_marks_outside_a_run_do_nothing()
    {
        using (Spans.Item("outside"))
        using (Spans.Blocking())
        {
        }

        Assert.Equal(3, await Spans.ItemAsync("outside", _ => Task.FromResult(3)));
        var timeline = await Record(Run.As("own", () => Parallel.ForEach(Enumerable.Range(0, 8), item =>
        {
            using var span = Spans.Item(item);
            using var inner = Spans.Item("inside another item");
        })));
        Assert.Equal(8, timeline.Items.Count);
        Assert.DoesNotContain(timeline.Spans, span => span.Item.StartsWith("inside", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Spans_of_a_lane_never_overlap_and_none_leaves_the_run()
    {
        var timeline = await Record(Run.PooledTasks(Enumerable.Range(0, 500), item => Math.Sin(item)));
        foreach (var lane in timeline.Spans.GroupBy(span => span.Lane))
        {
            var spans = lane.ToArray();
            Assert.All(spans.Zip(spans.Skip(1)), pair => Assert.True(pair.First.End <= pair.Second.Start));
            Assert.All(spans, span => Assert.InRange(span.End, span.Start, timeline.Duration));
        }

        Assert.Equal(500, timeline.Items.Count);
    }

    [Fact]
    public async Task A_run_with_more_spans_than_the_recorder_holds_says_how_many_are_missing()
    {
        var timeline = await Record(Run.Sequential(Enumerable.Range(0, 300_000), item => item));
        Assert.True(timeline.Spans.Count + timeline.Dropped >= 300_000);
        Assert.True(timeline.Dropped > 0);
    }
}
