namespace ConcurrencyLab.Tests.ChartTests;

public class OtherChartsTests
{
    [Fact]
    public void Speed_up_holds_the_measured_points_their_intervals_and_the_ideal_line()
    {
        var scaling = Known.Scaling(2, 1, 2, 4, 8);
        var traces = Known.Traces(scaling.SpeedUp);
        var measured = traces.Single(trace => (string?)trace["name"] == "measured");

        Assert.Equal([1.0, 2, 4, 8], Known.Numbers(measured["x"]));
        Assert.Equal(scaling.Points.Select(point => point.SpeedUp.Median), Known.Numbers(measured["y"]));
        Assert.Equal(scaling.Points.Select(point => point.SpeedUp.High - point.SpeedUp.Median), Known.Numbers(measured["error_y"]!["array"]));
        var ideal = traces.Single(trace => ((string)trace["name"]!).StartsWith("ideal", StringComparison.Ordinal));
        Assert.Equal(Known.Numbers(ideal["x"]), Known.Numbers(ideal["y"]));
        var fit = traces.Single(trace => (string?)trace["name"] == "Amdahl's law, 10 % serial");
        Assert.All(Known.Numbers(fit["x"]).Zip(Known.Numbers(fit["y"])), at => Assert.Equal(1 / (0.1 + 0.9 / at.First), at.Second, 0.001));
        var mark = Known.Json(scaling.SpeedUp)["layout"]!["shapes"]!.AsArray().Single()!;
        Assert.Equal(2.0, (double)mark["x0"]!);
        Assert.Contains("8 workers: 4.7×, Amdahl's law 4.7×", scaling.SpeedUp.Description, StringComparison.Ordinal);
    }

    [Fact]
    public void Sixty_four_workers_are_drawn_on_logarithmic_axes_and_one_worker_alone_does_not_fail()
    {
        var wide = Known.Json(Known.Scaling(64, 1, 2, 4, 8, 16, 32, 64).SpeedUp)["layout"]!;

        Assert.Equal("log", (string?)wide["xaxis"]!["type"]);
        Assert.Equal(["1", "2", "4", "8", "16", "32", "64"], wide["xaxis"]!["ticktext"]!.AsArray().Select(text => (string)text!));
        Assert.True(Known.Scaling(8, 1).SpeedUp.Png.Length > 1000);
    }

    [Fact]
    public void The_xplot_chart_tells_the_same_in_todays_plotly_names()
    {
        var scaling = Known.Scaling(2, 1, 2, 4);
        var chart = Known.Json(scaling.SpeedUpXPlot);
        var measured = chart["data"]!.AsArray().Single(trace => (string?)trace!["name"] == "measured")!;

        Assert.Equal(scaling.Points.Select(point => point.SpeedUp.Median), Known.Numbers(measured["y"]));
        Assert.StartsWith("<b>Known scaling</b>", (string?)chart["layout"]!["title"]!["text"], StringComparison.Ordinal);
        Assert.Equal("workers", (string?)chart["layout"]!["xaxis"]!["title"]!["text"]);
        Assert.DoesNotContain("_isSubplotObj", chart.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(scaling.SpeedUp.Description, scaling.SpeedUpXPlot.Description);
        Assert.Equal(scaling.SpeedUp.Png.ToArray(), scaling.SpeedUpXPlot.Png.ToArray());
    }

    [Fact]
    public void Guesses_stand_beside_the_measured_times_and_the_closest_is_named()
    {
        var comparison = Known.Three();
        var figure = Charts.GuessFigure(comparison, new Dictionary<string, double> { ["Sequential"] = 400, ["async"] = 200, ["nobody"] = 1 });
        var traces = Known.Traces(figure);

        Assert.Equal([400.0, 200], traces.Where(trace => (string?)trace["name"] == "your guess").SelectMany(trace => Known.Numbers(trace["x"])));
        Assert.Equal([400.0, 50, 800], traces.Where(trace => (string?)trace["name"] == "measured").SelectMany(trace => Known.Numbers(trace["x"])));
        Assert.Contains("closest guess: sequential, furthest: async", figure.Description, StringComparison.Ordinal);
        Assert.Contains("async: guessed 200 ms · took 50.0 ms · 4.0× too high", figure.Description, StringComparison.Ordinal);
        Assert.Contains("processes: took 800 ms · no guess", figure.Description, StringComparison.Ordinal);
        Assert.Contains("no run is named \"nobody\"", figure.Description, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    [InlineData(double.NaN)]
    public void A_guess_that_is_no_time_is_refused_by_name(double guess)
    {
        var refused = Assert.Throws<ArgumentException>(
            () => Charts.GuessFigure(Known.Three(), new Dictionary<string, double> { ["async"] = guess }));

        Assert.Contains("\"async\"", refused.Message, StringComparison.Ordinal);
        Assert.Contains("above 0 ms", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_longest_gap_between_ticks_is_found_and_drawn()
    {
        var figure = Charts.Ticks("Clocks", ("frozen", [Known.Ms(0), Known.Ms(600), Known.Ms(50)]), ("silent", []), ("once", [Known.Ms(5)]));
        var gap = Known.Traces(figure).Single(trace => (string?)trace["name"] == "longest gap" && !(bool)trace["showlegend"]!);

        Assert.Equal(50, Known.Numbers(gap["base"]).Single());
        Assert.Equal(550, Known.Numbers(gap["x"]).Single());
        Assert.Contains("frozen: longest gap 550 ms · 3 ticks", figure.Description, StringComparison.Ordinal);
        Assert.Contains("silent: no tick at all", figure.Description, StringComparison.Ordinal);
        Assert.Contains("once: one tick", figure.Description, StringComparison.Ordinal);
    }

    [Fact]
    public void The_busy_map_places_each_run_at_its_times_and_says_what_it_does()
    {
        var comparison = Known.Of([.. Known.Three().Runs, Known.Failed("threads", "why")]);
        var figure = Charts.CpuMap(comparison);
        var async = Known.Traces(figure).Single(trace => (string?)trace["name"] == "async");

        Assert.Equal((50.0, 4.0), (Known.Numbers(async["x"]).Single(), Known.Numbers(async["y"]).Single()));
        Assert.Contains("async: 4.00 ms processor time in 50.0 ms wall time, 0.0800 cores busy, mostly waits", figure.Description, StringComparison.Ordinal);
        Assert.Contains("processes: 900 ms processor time in 800 ms wall time", figure.Description, StringComparison.Ordinal);
        Assert.Contains("threads: did not finish", figure.Description, StringComparison.Ordinal);
        Assert.True(Charts.CpuMap(Known.Of(Known.Failed("threads", "why"))).Png.Length > 1000);
    }

    [Fact]
    public void Names_on_the_busy_map_cover_neither_points_nor_each_other()
    {
        var axis = Axis.Logarithmic("ms", 1, 1000);
        // Ten points in one spot: at most a name on each side.
        var crowded = CpuMapLabels.Place([.. Enumerable.Range(0, 10).Select(i => ($"run {i}", 30.0, 30.0))], [1], axis, axis, 300);

        Assert.InRange(crowded.Count, 4, 10);
        Assert.All(crowded.Skip(4), note => Assert.True(note.Leader, "a name far from its point has no line to it"));
        Assert.Equal(2, CpuMapLabels.Place([("a", 10, 10), ("b", 500, 500)], [1], axis, axis, 300).Count);
    }

    [Fact]
    public void Values_over_time_are_steps_and_ten_thousand_keep_their_peak()
    {
        var few = Charts.OverTime("Pool", "threads", ("threads", [(Known.Ms(0), 2), (Known.Ms(500), 3)]));
        var line = Known.Traces(few).Single();
        Assert.Equal("hv", (string?)line["line"]!["shape"]);
        Assert.Equal([0.0, 500], Known.Numbers(line["x"]));
        Assert.Equal([2.0, 3], Known.Numbers(line["y"]));

        var many = Charts.OverTime("Pool", "threads", ("threads", [.. Enumerable.Range(0, 10_000).Select(i => (Known.Ms(i), i == 4321 ? 99.0 : 1))]), ("none", []));
        Assert.Equal(99, Known.Numbers(Known.Traces(many)[0]["y"]).Max());
        Assert.InRange(many.PlotlyJson.Length, 500, 60 * 1024);
        Assert.Contains("highest 99 at 4.32 s", many.Description, StringComparison.Ordinal);
        Assert.Contains("none: nothing was recorded", many.Description, StringComparison.Ordinal);
    }

    [Fact]
    public void Bars_of_bytes_read_as_memory_and_refuse_what_is_no_length()
    {
        var figure = Charts.Bars("Memory", "bytes a task", ("threads", 1024 * 1024), ("async", 312));

        Assert.Equal([1048576.0, 312], Known.Traces(figure).SelectMany(trace => Known.Numbers(trace["x"])));
        Assert.Contains("threads: 1.00 MiB", figure.Description, StringComparison.Ordinal);
        Assert.Contains("256 KiB", Known.Json(figure)["layout"]!["xaxis"]!["ticktext"]!.AsArray().Select(text => (string?)text));
        var refused = Assert.Throws<ArgumentException>(() => Charts.Bars("Memory", "bytes", ("threads", -1)));
        Assert.Contains("\"threads\"", refused.Message, StringComparison.Ordinal);
    }
}
