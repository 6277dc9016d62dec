using System.Text.Json.Nodes;

namespace ConcurrencyLab.Tests.ChartTests;

/// <summary>Charts are read across a room: nothing is cut, covered or too small, and the picture says what the interactive chart says.</summary>
public class LegibilityTests
{
    public static TheoryData<string> Some { get; } = [.. Tier.Of(Extremes.Figures.Keys,
        "sixty-four lanes", "thousands of waits", "timelines with long names", "twelve runs with long names", "failed and different",
        "guesses from nanoseconds to minutes", "128 workers by XPlot", "ticks", "bars of bytes", "a map of long names", "ten thousand values over time", "a schedule")];

    [Theory]
    [MemberData(nameof(Some))]
    public void The_picture_can_be_read_and_says_what_the_interactive_chart_says(string chart)
    {
        var figure = Extremes.Figures[chart]();
        var drawing = figure.Drawing!;
        var words = PngWords.Of(drawing);
        var (layout, traces) = (Known.Json(figure)["layout"]!, Known.Traces(figure));

        Assert.True(words.Count > 2);
        Assert.Empty(PngWords.Faults(drawing, words));
        SameWords(drawing, layout, [.. words.Select(word => Plain(word.Text))]);
        SameLegend(traces, words);
        // A dark page turns what is nearly black, words above all, into its own ink.
        Assert.All(traces.Where(trace => (string?)trace["mode"] != "text").SelectMany(trace => Colors(trace)).Distinct(),
            color => Assert.True(Palette.Brightness(color) >= Palette.Darkest, $"{color} would be turned white"));
    }

    [Fact]
    public void A_map_that_names_each_point_needs_no_legend_of_them()
    {
        (string, double, double)[] works =
        [
            ("network", 52, 0.9), ("user input", 81, 0.4), ("file made safe", 41, 12), ("file read again", 11, 10.5), ("database server", 40, 0.6),
            ("database library", 38, 37), ("primes", 60, 59), ("darts", 44, 43.5), ("planets", 52, 51.8), ("picture", 47, 46), ("compression", 65, 64), ("encryption", 30, 29.8),
        ];
        var map = Charts.CpuMap(Known.Of([.. works.Select(work => Known.Run(work.Item1, [work.Item2], work.Item3, null))]));

        var named = Known.Json(map)["layout"]!["annotations"]!.AsArray().Select(note => (string)note!["text"]!).ToHashSet();
        Assert.Subset(named, works.Select(work => work.Item1).ToHashSet());
        Assert.Equal(2, Known.Traces(map).Count(trace => (bool)trace["showlegend"]!));
    }

    [Fact]
    public void Spans_that_follow_each_other_are_parted_in_both()
    {
        var bars = Known.Traces(Known.Waiting("async", 4).Figure).Single(trace => (string?)trace["name"] == "running" && !(bool)trace["showlegend"]!);

        Assert.Contains("rgba(255,255,255", bars["marker"]!["line"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_bar_too_short_to_see_keeps_its_colour_and_shows_no_whisker()
    {
        var figure = Known.Of(Known.Run("sequential", [4000, 4000, 4000], 1, null), Known.Run("async", [1, 1.1, 1.2], 1, 4000)).Timings;
        var shown = Known.Traces(figure);

        Assert.Equal(2, (double)shown.Single(trace => (string?)trace["name"] == "async")["marker"]!["line"]!["width"]!);
        using var picture = SkiaSharp.SKBitmap.Decode(figure.Png.ToArray());
        var blue = SkiaSharp.SKColor.Parse(WayColors.Of(WayKind.Async));
        Assert.Contains(picture.Pixels, pixel => pixel == blue);
    }

    [Fact]
    public void Tasks_of_long_names_are_told_apart_in_narrow_columns()
    {
        var words = PngWords.Of(Extremes.Figures["a schedule"]().Drawing!).Select(word => word.Text).ToList();

        Assert.All(Enumerable.Range(0, 5), i => Assert.Contains(words, word => word.EndsWith($"-{i}", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_title_breaks_where_the_column_of_a_notebook_ends_and_not_before()
    {
        var title = (string)Known.Json(Extremes.Figures["ticks"]())["layout"]!["title"]!["text"]!;
        var lines = title[3..title.IndexOf("</b>", StringComparison.Ordinal)].Split("<br>");
        double WidthOf(string line) => TextMetrics.Width(line, Sizes.Title, bold: true);

        Assert.True(lines.Length > 1);
        Assert.All(lines, line => Assert.InRange(WidthOf(line), 0, 700));
        Assert.All(lines.Zip(lines.Skip(1)), pair => Assert.True(WidthOf($"{pair.First} {pair.Second.Split(' ')[0]}") > 500));
    }

    private static void SameWords(Drawing drawing, JsonNode layout, List<string> words)
    {
        Assert.Contains(Plain(drawing.Title), string.Join(" ", words), StringComparison.Ordinal);
        Assert.Contains(Plain(drawing.Subtitle), string.Join(" ", words), StringComparison.Ordinal);
        foreach (var axis in new[] { "xaxis", "yaxis" })
        {
            var title = (string)layout[axis]!["title"]!["text"]!;
            Assert.All(title.Split("<br>", StringSplitOptions.RemoveEmptyEntries), line => Assert.Contains(Plain(line), words));
            Assert.All(layout[axis]!["ticktext"]?.AsArray() ?? [], text => Assert.Contains(Plain((string)text!), words));
        }

        foreach (var part in layout["annotations"]!.AsArray().SelectMany(note => ((string)note!["text"]!).Replace("<b>", "", StringComparison.Ordinal).Split("</b>")))
        {
            Assert.True(part.Trim().Length == 0 || words.Contains(Plain(part)), $"\"{part}\" is not in the picture");
        }
    }

    private static void SameLegend(List<JsonObject> traces, IReadOnlyList<PngWord> words)
    {
        var interactive = traces.Where(trace => (bool?)trace["showlegend"] ?? true).Select(trace => Plain((string)trace["name"]!)).Distinct().ToList();
        // A legend is read line by line.
        var bottom = words.Where(word => word.Size == Sizes.Key).OrderBy(word => word.Box.MidY).ThenBy(word => word.Box.Left).Select(word => Plain(word.Text));
        Assert.Equal(interactive, bottom.TakeLast(interactive.Count));
    }

    private static IEnumerable<string> Colors(JsonNode? node) => node switch
    {
        JsonObject properties => properties.SelectMany(property => property.Key.EndsWith("color", StringComparison.Ordinal)
            ? (property.Value is JsonArray several ? several.Select(one => one?.ToString()) : [property.Value?.ToString()]).OfType<string>().Where(color => color.StartsWith('#'))
            : Colors(property.Value)),
        JsonArray items when items.Any(item => item is JsonObject) => items.SelectMany(Colors),
        _ => [],
    };

    private static string Plain(string text) => System.Net.WebUtility.HtmlDecode(text).Replace('\u00A0', ' ').Trim();
}
