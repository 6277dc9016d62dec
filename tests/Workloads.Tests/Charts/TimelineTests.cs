namespace ConcurrencyLab.Tests.ChartTests;

public class TimelineTests
{
    [Fact]
    public void Bars_hold_exactly_the_recorded_spans()
    {
        var timeline = Known.Blocking("threads", 2, 6);
        var traces = Known.Traces(timeline.Figure).Where(trace => !(bool)trace["showlegend"]!).ToList();

        foreach (var (name, kind) in new[] { ("running", SpanKind.Running), ("waiting, holding a thread", SpanKind.WaitingOnThread) })
        {
            var trace = traces.Single(trace => (string?)trace["name"] == name);
            var wanted = timeline.Spans.Where(span => span.Kind == kind)
                .Select(span => (span.Start.TotalMilliseconds, span.Duration.TotalMilliseconds, span.Item)).Order();
            var starts = trace["base"] is { } from ? Known.Numbers(from) : new double[6];
            var drawn = starts.Zip(Known.Numbers(trace["x"]), trace["text"]!.AsArray().Select(text => (string)text!)).Order();
            Assert.Equal(wanted, drawn.Select(bar => (bar.First, bar.Second, bar.Third)));
        }
    }

    [Fact]
    public void Waits_that_hold_no_thread_lie_in_rows_of_their_own_without_overlap()
    {
        var timeline = Known.Waiting("async", 30);
        var trace = Known.Traces(timeline.Figure).Single(trace => (string?)trace["name"] == "waiting, no thread held" && !(bool)trace["showlegend"]!);
        var bars = Known.Numbers(trace["base"]).Zip(Known.Numbers(trace["x"]), Known.Numbers(trace["y"])).ToList();

        Assert.Equal(30, bars.Count);
        foreach (var row in bars.GroupBy(bar => bar.Third))
        {
            var sorted = row.OrderBy(bar => bar.First).ToList();
            Assert.All(sorted.Zip(sorted.Skip(1)), pair => Assert.True(pair.First.First + pair.First.Second <= pair.Second.First));
        }

        Assert.All(bars, bar => Assert.True(bar.Third > 1, "a wait lies on the thread's row"));
    }

    [Fact]
    public void Very_many_waits_become_a_line_of_how_many_there_are()
    {
        var figure = Known.Waiting("async", 2000).Figure;
        var area = Known.Traces(figure).Single(trace => (string?)trace["type"] == "scatter");

        Assert.Equal("toself", (string?)area["fill"]);
        Assert.Contains("50 waiting", area["text"]!.AsArray().Select(text => (string?)text));
        Assert.Contains("≤ 50 waiting", figure.PlotlyJson, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(10_000)]
    public void Few_or_many_items_make_a_chart_of_bounded_size(int items)
    {
        foreach (var timeline in new[] { Known.Waiting("async", items), Known.Blocking("threads", 8, items) })
        {
            var figure = timeline.Figure;
            Assert.InRange(figure.PlotlyJson.Length, 500, 150 * 1024);
            Assert.InRange(figure.Png.Length, 1000, 100 * 1024);
            Assert.DoesNotContain("NaN", figure.PlotlyJson, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Lanes_beyond_sixty_four_are_counted_in_words()
    {
        var figure = Known.Blocking("threads", 100, 300).Figure;

        Assert.Contains("38 more lanes not shown", figure.Description, StringComparison.Ordinal);
        Assert.DoesNotContain("thread 63", figure.PlotlyJson, StringComparison.Ordinal);
        Assert.Contains("100 threads", figure.Description, StringComparison.Ordinal);
    }

    [Fact]
    public void Merged_spans_cover_the_same_time_and_keep_their_share_of_it()
    {
        // Half of each millisecond is filled.
        var spans = Enumerable.Range(0, 1000).Select(i => new Span($"{i}", 0, Known.Ms(i), Known.Ms(i + 0.5), SpanKind.Running)).ToList();

        var merged = SpanMerge.Merge(spans, 2).ToList();

        var all = Assert.Single(merged);
        Assert.Equal((0, 999.5, 1000), (all.From, all.To, all.Count));
        Assert.Equal(0.5, all.Share, 2);
        Assert.Equal(1000, SpanMerge.Merge(spans, 0).Count());
    }

    [Fact]
    public void Open_spans_are_counted_at_each_moment()
    {
        (TimeSpan, TimeSpan) Wait(double from, double to) => (Known.Ms(from), Known.Ms(to));

        Assert.Equal([(0, 2), (1, 1), (2, 2), (3, 0)], Timeline.Open([Wait(0, 1), Wait(0, 3), Wait(2, 3)]).Select(moment => (moment.At.TotalMilliseconds, moment.Open)));
    }

    [Fact]
    public void Runs_lie_under_each_other_on_one_time_axis_in_the_order_asked_for()
    {
        var comparison = Known.Three();
        var json = Known.Json(comparison.TimelinesOf("async", "sequential"));
        var notes = json["layout"]!["annotations"]!.AsArray().Select(note => (Text: (string)note!["text"]!, Y: (double)note["y"]!)).ToList();

        Assert.Equal(["async", "sequential"], notes.Select(note => note.Text.Split("</b>")[0].Replace("<b>", "", StringComparison.Ordinal)));
        Assert.True(notes[0].Y < notes[1].Y);
        Assert.Equal(3, Known.Json(comparison.Timelines)["layout"]!["annotations"]!.AsArray().Count);
        var wrong = Assert.Throws<KeyNotFoundException>(() => comparison.TimelinesOf("nobody"));
        Assert.Contains("There are: sequential, async, processes", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_description_tells_who_ran_and_who_waited()
    {
        var text = Known.Three().Timelines.Description;

        Assert.Contains("sequential: 400 ms · 4 items · 1 thread; together 40.0 ms running, 360 ms waiting while holding a thread", text, StringComparison.Ordinal);
        Assert.Contains("async: 54.0 ms · 4 items · 1 thread; together 4.00 ms running, 0 ms waiting while holding a thread, 200 ms waiting without one; at most 4 items in flight on 1 thread", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_comparison_without_timelines_makes_an_empty_chart()
    {
        var figure = Known.Of(Known.Run("sequential", [5], 1, null)).Timelines;

        Assert.Empty(Known.Traces(figure));
        Assert.True(figure.Png.Length > 1000);
    }
}
