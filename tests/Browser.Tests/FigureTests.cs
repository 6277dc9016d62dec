using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ConcurrencyLab.Lab.Notebooks;
using ConcurrencyLab.Tests.Support;

namespace ConcurrencyLab.Tests;

/// <summary>What a chart shows is what the notebook says: its data, its words, its table, the length of its bars.</summary>
public sealed partial class FigureTests(Book book)
{
    private const string Plotly = "application/vnd.plotly.v1+json";

    [Theory]
    [MemberData(nameof(Book.Chapters), MemberType = typeof(Book))]
    public async Task The_traces_are_the_notebooks(string chapter)
    {
        var seen = (await book.VisitAsync(chapter)).AtDesk;
        var saved = Charts(chapter);

        Assert.Equal(saved.Count, seen.Length);
        foreach (var (chart, of) in seen.Zip(saved)) Assert.True(JsonNode.DeepEquals(Plain(chart.Data), Plain(of.Figure["data"]!)), $"{chart.Id} has other data than its notebook");
    }

    [Theory]
    [MemberData(nameof(Book.Chapters), MemberType = typeof(Book))]
    public async Task The_words_are_the_notebooks_in_light_in_dark_and_on_a_phone(string chapter)
    {
        var visit = await book.VisitAsync(chapter);
        var saved = Charts(chapter);

        foreach (var seen in new[] { visit.AtDesk, visit.InDark, visit.OnPhone })
        {
            foreach (var (chart, of) in seen.Zip(saved))
            {
                var shown = chart.Texts.Select(text => Letters(text.Text)).ToHashSet(StringComparer.Ordinal);
                var missing = Labels(of.Figure).Where(label => !shown.Contains(Letters(label)));
                Assert.True(!missing.Any(), $"{chart.Id} does not show \"{string.Join("\", \"", missing)}\"; it shows {string.Join(" | ", chart.Texts.Select(text => text.Text))}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Book.Chapters), MemberType = typeof(Book))]
    public async Task What_a_listener_hears_of_a_bar_is_what_a_viewer_reads(string chapter)
    {
        var seen = (await book.VisitAsync(chapter)).AtDesk;

        foreach (var (chart, of) in seen.Zip(Charts(chapter)).Where(pair => pair.Second.Words.StartsWith("Bar chart", StringComparison.Ordinal)))
        {
            var shown = string.Join('\n', chart.Texts.Select(text => Letters(text.Text)));
            foreach (var line in of.Words.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1))
            {
                // "threads: 39.5 ms · 14× faster (35.5 ms to 71.8 ms)" stands above its bar without the colon and the interval.
                var label = Interval().Replace(line, "");
                var colon = label.LastIndexOf(": ", StringComparison.Ordinal);
                label = label[..colon] + label[(colon + 1)..];
                Assert.True(shown.Contains(Letters(label), StringComparison.Ordinal), $"{chart.Id} says \"{line}\" and shows {shown}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Book.Chapters), MemberType = typeof(Book))]
    public async Task Words_in_a_bar_keep_their_colour_in_dark(string chapter)
    {
        var visit = await book.VisitAsync(chapter);

        foreach (var (light, dark) in visit.AtDesk.Zip(visit.InDark))
        {
            Assert.Equal(light.Data.Select(Color), dark.Data.Select(Color));
        }
        static string? Color(JsonNode? trace) => trace!["insidetextfont"]?["color"]?.ToString();
    }

    [Fact]
    public async Task Medians_are_the_same_above_the_bar_and_in_the_table()
    {
        var compared = 0;
        foreach (var chapter in Book.Visited)
        {
            var visit = await book.VisitAsync(chapter);
            foreach (var table in visit.Tables.Where(table => table.Rows.Length > 1 && table.Rows[0].ElementAtOrDefault(1) == "wall time"))
            {
                var title = Letters(Place().Replace(table.Caption, ""));
                var chart = visit.AtDesk.FirstOrDefault(chart => chart.Bars.Length == table.Rows.Length - 1
                    && chart.Bars.All(bars => bars.Length == 1) && chart.Texts.Any(text => Letters(text.Text).StartsWith(title, StringComparison.Ordinal)));
                if (chart is null) continue;
                foreach (var row in table.Rows.Skip(1))
                {
                    compared++;
                    Assert.Contains(chart.Texts, text => Letters(text.Text).StartsWith(Letters(row[0] + row[1]), StringComparison.Ordinal));
                }
            }
        }
        Assert.True(compared > 0, "no table stands beside a chart of the same runs");
    }

    [Theory]
    [MemberData(nameof(Book.Chapters), MemberType = typeof(Book))]
    public async Task A_bar_is_as_long_as_its_figure(string chapter)
    {
        var visit = await book.VisitAsync(chapter);

        foreach (var (chart, of) in visit.AtDesk.Zip(Charts(chapter)))
        {
            JsonObject[] traces = [.. of.Figure["data"]!.AsArray().Select(trace => trace!.AsObject()).Where(trace => trace["type"]?.ToString() == "bar")];
            if (of.Figure["layout"]!["xaxis"]?["range"] is not JsonArray range || of.Figure["layout"]!["xaxis"]!["type"]?.ToString() != "linear") continue;
            if (!traces.All(trace => trace["orientation"]?.ToString() == "h" && trace["base"] is null && trace["x"] is JsonArray { Count: 1 })) continue;
            var pixels = chart.PlotWidth / (range[1]!.GetValue<double>() - range[0]!.GetValue<double>());
            Assert.Equal(traces.Length, chart.Bars.Length);
            foreach (var (trace, bars) in traces.Zip(chart.Bars))
            {
                var expected = trace["x"]![0]!.GetValue<double>() * pixels;
                Assert.True(Math.Abs(bars[0].Width - expected) <= 2,
                    string.Create(CultureInfo.InvariantCulture, $"{chart.Id}: the bar of {trace["name"]} is {bars[0].Width:0.0} pixels long and should be {expected:0.0}"));
            }
        }
    }

    private static IReadOnlyList<(JsonObject Figure, string Words)> Charts(string chapter) =>
        [.. from cell in Book.Source(chapter).CodeCells
            from output in cell.Outputs
            where output["data"]?[Plotly] is JsonObject
            select (output["data"]![Plotly]!.AsObject(), NotebookCell.Text(output, "text/plain") ?? "")];

    // Plotly writes colours in its own way: rgba(0, 0, 0, 0).
    private static JsonNode? Plain(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members.Select(member => KeyValuePair.Create(member.Key, Plain(member.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Plain)]),
        JsonValue value when value.TryGetValue<string>(out var text) && text.StartsWith("rgb", StringComparison.Ordinal) => text.Replace(" ", "", StringComparison.Ordinal),
        _ => node?.DeepClone(),
    };

    private static IEnumerable<string> Labels(JsonObject figure)
    {
        var layout = figure["layout"]!;
        if ((layout["title"] is JsonObject title ? title["text"] : layout["title"])?.ToString() is { Length: > 0 } words) yield return words;
        foreach (var note in layout["annotations"] as JsonArray ?? [])
        {
            if (note!["text"]?.ToString() is { Length: > 0 } text && note["visible"]?.GetValue<bool>() != false) yield return text;
        }
    }

    // Markup, line ends and the kind of a blank are the drawing's matter, the letters are the figure's.
    private static string Letters(string text) => NoLetter().Replace(System.Net.WebUtility.HtmlDecode(Markup().Replace(text, "")), "");

    [GeneratedRegex("<[^>]+>")]
    private static partial Regex Markup();

    [GeneratedRegex(@"\s+")]
    private static partial Regex NoLetter();

    [GeneratedRegex(@" \([^()]* to [^()]*\)$")]
    private static partial Regex Interval();

    [GeneratedRegex(@" \([^()]*\)$")]
    private static partial Regex Place();
}
