using System.Text.Json.Nodes;

namespace ConcurrencyLab.Tests.ChartTests;

public class TimingsTests
{
    [Fact]
    public void Bars_and_whiskers_hold_exactly_the_measured_figures_in_the_cells_order()
    {
        var comparison = Known.Three();
        var traces = Known.Traces(comparison.Timings);
        var bars = traces.Where(trace => (string?)trace["type"] == "bar").ToList();

        Assert.Equal(comparison.Runs.Select(run => run.Name), bars.Select(bar => (string?)bar["name"]));
        Assert.Equal([400.0, 50, 800], bars.Select(bar => Known.Numbers(bar["x"]).Single()));
        var rows = bars.Select(bar => Known.Numbers(bar["y"]).Single()).ToList();
        Assert.Equal(rows.Order(), rows);
        // Counted from the top.
        var range = Known.Numbers(Known.Json(comparison.Timings)["layout"]!["yaxis"]!["range"]);
        Assert.True(range[0] > range[1]);
        foreach (var run in comparison.Runs)
        {
            var whisker = traces.Last(trace => (string?)trace["name"] == run.Name)["error_x"]!;
            Assert.Equal(run.Wall.High - run.Wall.Median, Known.Numbers(whisker["array"]).Single(), 9);
            Assert.Equal(run.Wall.Median - run.Wall.Low, Known.Numbers(whisker["arrayminus"]).Single(), 9);
        }
    }

    [Fact]
    public void Our_short_way_to_json_says_what_plotly_nets_own_says()
    {
        var drawing = TimingsChart.Draw(Known.Three());

        var ours = PlotlyPainter.Paint(drawing);
        var theirs = JsonNode.Parse(Plotly.NET.GenericChart.toFigureJson(PlotlyPainter.Chart(drawing)))!;

        Assert.True(JsonNode.DeepEquals(theirs["data"], ours["data"]));
        Assert.True(JsonNode.DeepEquals(theirs["layout"], ours["layout"]));
    }

    [Fact]
    public void Words_say_how_many_times_faster_or_slower_and_what_went_wrong()
    {
        var comparison = Known.Of([.. Known.Three().Runs, Known.Failed("threads", "out of threads\nat once")]);
        var text = comparison.Timings.Description;

        Assert.Contains("sequential: 400 ms · baseline (398 ms to 404 ms)", text, StringComparison.Ordinal);
        Assert.Contains("async: 50.0 ms · 8.0× faster (48.0 ms to 53.0 ms)", text, StringComparison.Ordinal);
        Assert.Contains("processes: 800 ms · 2.0× slower · a different answer", text, StringComparison.Ordinal);
        Assert.Contains("threads: did not finish: out of threads at once (out of threads at once)", text, StringComparison.Ordinal);
        Assert.Contains("median of 3, whiskers: 75 % interval", text, StringComparison.Ordinal);
        var notes = Known.Json(comparison.Timings)["layout"]!["annotations"]!.AsArray().Select(note => (string)note!["text"]!).ToList();
        Assert.Equal(4, notes.Count);
        Assert.Contains("<b>async</b>  50.0 ms · 8.0× faster", notes);
    }

    [Theory]
    [InlineData(0.02, "wall time, µs", 20)]
    [InlineData(450, "wall time, ms", 450)]
    [InlineData(12000, "wall time, s", 12)]
    public void The_unit_fits_the_figures(double milliseconds, string title, double drawn)
    {
        var figure = Known.Of(Known.Run("sequential", [milliseconds], 1, null)).Timings;

        Assert.Equal(title, (string?)Known.Json(figure)["layout"]!["xaxis"]!["title"]!["text"]);
        Assert.Equal(drawn, Known.Numbers(Known.Traces(figure)[0]["x"]).Single(), 9);
    }

    [Fact]
    public void A_single_repeat_has_no_whiskers()
    {
        var figure = Known.Of(Known.Run("sequential", [5], 1, null)).Timings;

        Assert.DoesNotContain("error_x", figure.PlotlyJson, StringComparison.Ordinal);
        Assert.Contains("one repeat", figure.Description, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_failed_runs_still_make_a_chart_that_says_so()
    {
        var figure = Known.Of(Known.Failed("async", "no shop"), Known.Failed("threads", "no shop")).Timings;

        Assert.Contains("nothing was measured", figure.Description, StringComparison.Ordinal);
        Assert.Empty(Known.Traces(figure));
        Assert.True(figure.Png.Length > 1000);
    }

    [Fact]
    public void A_name_with_tags_is_shown_as_it_is()
    {
        var figure = Known.Of(Known.Run("Task<int> & co", [5], 1, null)).Timings;

        Assert.Equal("Task&lt;int&gt; &amp; co", (string?)Known.Traces(figure)[0]["name"]);
        Assert.Contains("Task<int> & co", figure.Description, StringComparison.Ordinal);
    }

    [Fact]
    public void The_layout_follows_the_page_and_its_colours_can_be_turned_dark()
    {
        var layout = Known.Json(Known.Three().Timings)["layout"]!;

        Assert.Null(layout["width"]);
        Assert.True((bool)layout["autosize"]!);
        Assert.Equal("#FFFFFF", (string?)layout["paper_bgcolor"]);
        Assert.Equal("#222222", (string?)layout["font"]!["color"]);
        Assert.All(layout["annotations"]!.AsArray(), note => Assert.Null(note!["font"]));
    }

    [Fact]
    public void The_table_holds_every_figure_and_aligns_in_a_monospace_font()
    {
        var lines = Known.Three().Table.ToString().Split('\n');

        Assert.StartsWith("run ", lines[1], StringComparison.Ordinal);
        Assert.Matches(@"^async +2 +50\.0 ms +48\.0 ms – 53\.0 ms +8\.0× +400 % +0\.08 +1 +9 +2\.00 KiB +same$", lines[4]);
        Assert.Matches("^sequential +400 ms .* baseline$", lines[3]);
        Assert.Matches("^processes +800 ms .* 0\\.50× .* different$", lines[5]);
        Assert.Single(lines[1..6].Select(line => line.Length).Distinct());
        Assert.Contains("2.00 µs to a run and 300 ns to each recorded item", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void The_table_sets_names_to_the_left_and_figures_to_the_right_and_escapes_names()
    {
        var markdown = Known.Of(Known.Run("Task<int>", [5], 1, null), Known.Failed("x", "why")).Table.ToMarkdown();

        Assert.Contains("\n| :-- | --: |", markdown, StringComparison.Ordinal);
        Assert.Contains("\n| Task\\<int\\> | ", markdown, StringComparison.Ordinal);
        Assert.Contains("did not finish: why", markdown, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(6.14, 5.9, 6.3, "6.1× faster")]
    [InlineData(0.5, 0.4, 0.6, "2.0× slower")]
    [InlineData(1.03, 1.02, 1.04, "about as fast")]
    [InlineData(1.12, 1.08, 1.15, "1.1× faster")]
    [InlineData(0.9, 0.88, 0.93, "1.1× slower")]
    [InlineData(1.12, 0.9, 1.3, "about as fast")]
    [InlineData(0.9, 0.7, 1.1, "about as fast")]
    [InlineData(1.6, 0.9, 1.8, "1.6× faster")]
    [InlineData(0, 0, 0, "not comparable")]
    [InlineData(double.NaN, double.NaN, double.NaN, "not comparable")]
    public void A_small_difference_that_the_repeats_do_not_agree_on_is_none(double median, double low, double high, string words) =>
        Assert.Equal(words, Wording.Faster(new MedianInterval(median, low, high, 0.95, 7)));
}
