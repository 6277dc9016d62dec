using System.Text.Json.Nodes;

namespace ConcurrencyLab.Tests.ChartTests;

/// <summary>One colour for one way everywhere, also for those who see fewer colours.</summary>
public class PaletteTests
{
    private static readonly double[] AllColours = [1, 0, 0, 0, 1, 0, 0, 0, 1];

    private static readonly string[] Ways =
    [
        "sequential", "threads", "fixed threads", "thread pool", "async", "async with a limit", "Parallel.ForEach", "Parallel.ForEachAsync",
        "PLINQ", "channel pipeline", "processes", "sync over async", "one unknown", "second unknown", "third unknown", "fourth unknown",
    ];

    private static readonly string[] Families = ["Parallel.For", "Parallel.ForEach", "Parallel.ForEachAsync", "PLINQ", "threads 2", "threads 4", "fixed threads", "thread pool"];

    // Machado, Oliveira and Fernandes, A Physiologically-based Model for Simulation of Color Vision Deficiency (2009), severity 1.
    public static TheoryData<string, string[], double[]> Eyes { get; } = new()
    {
        { "all colours", Ways, AllColours },
        { "all colours, ways of one family", Families, AllColours },
        { "deuteranopia", Ways, [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881] },
        { "protanopia", Ways, [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998] },
    };

    [Fact]
    public void Every_kind_but_the_unknown_has_a_colour() =>
        Assert.Equal([WayKind.Other], Enum.GetValues<WayKind>().Where(kind => WayColors.Of(kind) is null));

    [Theory]
    [MemberData(nameof(Eyes))]
    public void Every_two_ways_stay_apart(string eyes, string[] ways, double[] seen)
    {
        var colors = WayColors.For(ways).ToDictionary(pair => pair.Key, pair => Lab(pair.Value.Color, seen));

        foreach (var (first, second) in ways.SelectMany((way, i) => ways.Skip(i + 1).Select(other => (way, other))))
        {
            var distance = Math.Sqrt(colors[first].Zip(colors[second], (a, b) => (a - b) * (a - b)).Sum());
            // CIE 1976: 2.3 is just noticeable; neighbouring areas of 10 are told apart at a glance.
            Assert.True(distance > 10, $"{first} and {second} look alike ({distance:0.0}) with {eyes}");
        }
    }

    [Theory]
    [InlineData("sequential", "#6E6E6E")]
    [InlineData("One after another", "#6E6E6E")]
    [InlineData("threads", "#E69F00")]
    [InlineData("one thread an item", "#E69F00")]
    [InlineData("Task.Run", "#F2C45A")]
    [InlineData("async", "#0072B2")]
    [InlineData("await Task.WhenAll", "#0072B2")]
    [InlineData("async, 8 at a time", "#56B4E9")]
    [InlineData("parallel", "#009E73")]
    [InlineData("Parallel.ForEachAsync", "#66C2A5")]
    [InlineData("PLINQ", "#00604A")]
    [InlineData("4 processes", "#D55E00")]
    public void A_way_is_known_by_its_usual_names(string name, string color) => Assert.Equal(new Ink(color, Texture.Solid), WayColors.For([name])[name]);

    [Fact]
    public void The_same_way_in_python_keeps_the_colour_and_is_hatched()
    {
        Assert.Equal(new Ink("#E69F00", Texture.Hatched), WayColors.For(["Python threads"])["Python threads"]);
    }

    [Fact]
    public void A_run_has_the_same_colour_in_every_chart()
    {
        var comparison = Known.Three();
        Figure[] figures =
        [
            comparison.Timings, comparison.Timelines, Charts.CpuMap(comparison), Charts.GuessFigure(comparison, comparison.Runs.ToDictionary(run => run.Name, run => 100.0)),
            Charts.Bars("bars", "cups", [.. comparison.Runs.Select(run => (run.Name, 1.0))]),
            Charts.OverTime("over time", "cups", [.. comparison.Runs.Select(run => (run.Name, (IReadOnlyList<(TimeSpan, double)>)[(Known.Ms(1), 1)]))]),
            Charts.Ticks("ticks", [.. comparison.Runs.Select(run => (run.Name, (IReadOnlyList<TimeSpan>)[Known.Ms(1)]))]),
        ];

        foreach (var run in comparison.Runs)
        {
            Assert.All(figures, figure => Assert.Contains(Known.Traces(figure), trace => Says(trace, run.Name) && Colors(trace).Contains(WayColors.Of(run.Kind))));
        }

        var drawn = Known.Traces(comparison.Timelines).Where(trace => ((string?)trace["hovertemplate"])?.EndsWith("async<extra></extra>", StringComparison.Ordinal) == true);
        Assert.All(drawn, trace => Assert.Equal(WayColors.Of(WayKind.Async), (string?)trace["marker"]!["line"]!["color"]));
    }

    private static bool Says(JsonObject trace, string run) => trace.ToJsonString().Contains(run, StringComparison.Ordinal);

    private static IEnumerable<string?> Colors(JsonObject trace) =>
        [(string?)trace["marker"]?["color"], (string?)trace["marker"]?["line"]?["color"], (string?)trace["line"]?["color"]];

    private static double[] Lab(string color, double[] seen)
    {
        var light = Palette.Channels(color).Select(channel => channel / 255.0)
            .Select(c => c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4)).ToArray();
        var rgb = Enumerable.Range(0, 3).Select(row => Math.Clamp(light.Select((c, i) => c * seen[row * 3 + i]).Sum(), 0, 1)).ToArray();
        static double F(double t) => t > 0.008856 ? Math.Cbrt(t) : 7.787 * t + 16.0 / 116;
        var x = F((0.4124 * rgb[0] + 0.3576 * rgb[1] + 0.1805 * rgb[2]) / 0.9505);
        var y = F(0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2]);
        var z = F((0.0193 * rgb[0] + 0.1192 * rgb[1] + 0.9505 * rgb[2]) / 1.089);
        return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
    }
}
