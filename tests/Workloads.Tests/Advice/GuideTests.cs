namespace ConcurrencyLab.Tests;

public class GuideTests
{
    private static Comparison Waiting { get; } = ChartTests.Known.Of(
        ChartTests.Known.Run("sequential", [400], 8, 400),
        ChartTests.Known.Run("async", [40], 8, 400),
        ChartTests.Known.Run("threads", [44], 8, 400),
        ChartTests.Known.Run("parallel", [200], 8, 400),
        ChartTests.Known.Run("thread pool", [20], 8, 400, agreement: Agreement.Different),
        ChartTests.Known.Run("Python sequential", [500], 8, 500),
        ChartTests.Known.Run("Python asyncio", [500], 8, 500),
        ChartTests.Known.Run("Python threads", [50], 8, 500),
        ChartTests.Known.Failed("Python processes", "no Python"));

    [Fact]
    public void Each_cell_says_how_much_faster_and_the_best_is_marked_in_words()
    {
        var guide = Guide.Of(("many waits", GuideTool.Async, Waiting));
        var (csharp, python) = (guide["many waits"], guide["many waits", python: true]);

        Assert.Equal(GuideTool.Async, csharp.BestTool);
        Assert.True(csharp.AdviceHolds);
        Assert.Equal("10× best", csharp.Says(GuideTool.Async));
        Assert.Equal("9.1× ≈ best", csharp.Says(GuideTool.Threads));
        Assert.Equal("another answer", csharp.Says(GuideTool.Pool));
        Assert.Equal(GuideTool.Threads, python.BestTool);
        Assert.False(python.AdviceHolds);
        Assert.Equal(("1.0×", "failed", ""), (python.Says(GuideTool.Async), python.Says(GuideTool.Parallel), python.Says(GuideTool.Pool)));
        Assert.Contains("async: not here", guide.ToString(), StringComparison.Ordinal);
        Assert.Contains("async: not here |", guide.ToMarkdown(), StringComparison.Ordinal);
    }

    [Fact]
    public void Where_nothing_helps_one_after_the_other_is_best()
    {
        var guide = Guide.Of(("tiny", ChartTests.Known.Of(ChartTests.Known.Run("sequential", [1], 1, 1), ChartTests.Known.Run("threads", [4], 1, 1))));

        Assert.Null(guide["tiny"].BestTool);
        Assert.Contains("1.00\u00A0ms\u00A0best", guide.ToString(), StringComparison.Ordinal);
        Assert.Contains("There are: tiny", Assert.Throws<KeyNotFoundException>(() => guide["huge"]).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sequential", null)]
    [InlineData("Python one after the other", null)]
    [InlineData("Python processes", GuideTool.Parallel)]
    [InlineData("Parallel.ForEachAsync", GuideTool.Parallel)]
    [InlineData("async on one thread", GuideTool.Async)]
    [InlineData("12 threads at a time", GuideTool.Threads)]
    [InlineData("thread pool", GuideTool.Pool)]
    [InlineData("Python futures", GuideTool.Pool)]
    public void A_run_s_kind_tells_its_tool(string name, GuideTool? tool) => Assert.Equal(tool, Guide.ToolOf(Named(name)));

    private static RunResult Named(string name) => ChartTests.Known.Run(name, [1], 1, null);

    [Fact]
    public void A_name_that_tells_no_tool_is_refused_and_so_is_nothing()
    {
        Assert.Contains("\"magic\"", Assert.Throws<ArgumentException>(() => Guide.ToolOf(Named("magic"))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Guide.Of(Array.Empty<(string, Comparison)>()));
    }

    [Fact]
    public void Runs_can_be_left_out_of_a_comparison()
    {
        Assert.Equal(["sequential", "async"], ChartTests.Known.Three().Without("processes").Runs.Select(run => run.Name));
        Assert.Throws<KeyNotFoundException>(() => ChartTests.Known.Three().Without("magic"));
    }
}
