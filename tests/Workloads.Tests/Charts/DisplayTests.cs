using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.DotNet.Interactive.Formatting;

namespace ConcurrencyLab.Tests.ChartTests;

/// <summary>The formatter that notebooks use finds our values by convention.</summary>
public class DisplayTests
{
    [Fact]
    public void A_figure_goes_out_as_plotly_png_and_plain_text_in_one_bundle()
    {
        var bundle = Bundle(Known.Three().Timings);

        Assert.Equal(["application/vnd.plotly.v1+json", "image/png", "text/plain"], bundle.Keys);
        var json = JsonNode.Parse(bundle["application/vnd.plotly.v1+json"])!.AsObject();
        Assert.Equal(["data", "layout", "config"], json.Select(property => property.Key));
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], Convert.FromBase64String(bundle["image/png"])[..4]);
        Assert.Contains("async: 50.0 ms · 8.0× faster", bundle["text/plain"], StringComparison.Ordinal);
    }

    [Fact]
    public void A_comparison_a_timeline_and_a_scaling_show_their_main_chart()
    {
        var comparison = Known.Three();

        Assert.Equal(comparison.Timings.PlotlyJson, Bundle(comparison)["application/vnd.plotly.v1+json"]);
        Assert.Equal(comparison.Runs[1].Timeline!.Figure.Description, Bundle(comparison.Runs[1].Timeline!)["text/plain"]);
        Assert.Equal(["application/vnd.plotly.v1+json", "image/png", "text/plain"], Bundle(Known.Scaling(2, 1, 2)).Keys);
    }

    [Fact]
    public void A_table_goes_out_as_markdown_and_plain_text()
    {
        var bundle = Bundle(Known.Three().Table);

        Assert.Equal(["text/markdown", "text/plain"], bundle.Keys);
        Assert.Contains("\n| sequential |", bundle["text/markdown"], StringComparison.Ordinal);
        Assert.DoesNotContain("|", bundle["text/plain"], StringComparison.Ordinal);
    }

    [Fact]
    public void A_cup_is_a_line_of_text()
    {
        var cup = Assert.Single(Bundle(new Cup(1, "espresso", "Mandheling", 27)));

        Assert.Equal(("text/plain", "Cup { Order = 1, Drink = espresso, Origin = Mandheling, Milliseconds = 27 }"), (cup.Key, cup.Value));
    }

    [Fact]
    public void Of_results_with_a_failed_item_the_others_are_shown()
    {
        int[] items = [.. Enumerable.Range(1, 20)];
        var failed = Bundle(Sequential.Map(items, item => item == 7 ? throw new InvalidOperationException("out of <milk>") : $"cup {item}"));

        Assert.Equal(["text/markdown", "text/plain"], failed.Keys);
        Assert.All(failed.Values, text => Assert.Contains("1 of 20 items failed: out of", text, StringComparison.Ordinal));
        Assert.All(failed.Values, text => Assert.Contains("cup 20", text, StringComparison.Ordinal));
        Assert.Contains(@"failed: out of \<milk\>", failed["text/markdown"], StringComparison.Ordinal);
        var many = Bundle(Sequential.Map(Enumerable.Range(1, 1000), item => item == 999 ? throw new InvalidOperationException("no beans") : item))["text/plain"];
        Assert.Contains("950 more", many, StringComparison.Ordinal);
        Assert.Contains("no beans", many, StringComparison.Ordinal);
    }

    [Fact]
    public void Results_are_a_table_of_items()
    {
        int[] items = [1, 2, 3];

        var shown = Bundle(Sequential.Map(items, WaysTests.Square));

        Assert.All(shown.Values, text => Assert.Contains("9", text, StringComparison.Ordinal));
        Assert.StartsWith("3 results", shown["text/plain"], StringComparison.Ordinal);
    }

    [Fact]
    public void Every_mime_type_that_a_type_names_has_a_formatter_and_a_text()
    {
        var shown = new[] { typeof(Figure), typeof(Comparison), typeof(Interleavings.Exploration) }.SelectMany(type => type.Assembly.GetTypes())
            .Select(type => (Type: type, Attribute: type.GetCustomAttribute<Charting.TypeFormatterSourceAttribute>()))
            .Where(pair => pair.Attribute is not null).ToList();

        Assert.Contains(shown, pair => pair.Type == typeof(Figure));
        // VS Code prefers it to all else and leaves it blank in Restricted Mode.
        Assert.DoesNotContain("text/html", MimeTypes.All);
        Assert.All(shown, pair =>
        {
            Assert.True(typeof(IMimeBundle).IsAssignableFrom(pair.Type) || Pictured(pair.Type), $"{pair.Type.Name} neither implements IMimeBundle nor says how it is shown");
            Assert.All(pair.Attribute!.PreferredMimeTypes, mimeType => Assert.Contains(mimeType, MimeTypes.All));
        });
    }

    [Fact]
    public void A_value_that_is_not_shown_in_a_mime_type_is_left_to_the_next_formatter()
    {
        using var writer = new StringWriter();

        Assert.False(new MimeBundleFormatter(MimeTypes.Markdown).Format(Known.Three().Timings, writer));
        Assert.Equal("", writer.ToString());
    }

    [Fact]
    public void A_figure_among_words_is_its_picture_with_the_description_for_screen_readers()
    {
        var markdown = Known.Of(Known.Run("a <b> & \"c\"", [1], 1, null)).Timings.ToMarkdown();

        Assert.Contains("a \\<b\\> \\& \"c\": 1.00 ms", markdown, StringComparison.Ordinal);
        Assert.Contains("](data:image/png;base64,iVBOR", markdown, StringComparison.Ordinal);
    }

    [Fact]
    public void Saving_a_figure_writes_the_whole_png_and_leaves_nothing_beside_it()
    {
        var folder = Directory.CreateTempSubdirectory("figure");
        try
        {
            var figure = Known.Three().Timings;
            var path = figure.SavePng(Path.Combine(folder.FullName, "chart.png"));
            figure.SavePng(path);

            Assert.Equal(figure.Png.ToArray(), File.ReadAllBytes(path));
            Assert.Equal([path], Directory.GetFiles(folder.FullName));
            var missing = Assert.Throws<DirectoryNotFoundException>(() => figure.SavePng(Path.Combine(folder.FullName, "nowhere", "chart.png")));
            Assert.Contains("Make it first", missing.Message, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Printing_a_record_paints_none_of_its_charts()
    {
        Assert.StartsWith("Bar chart, wall time of 3 runs: Known figures. 2 cores, .NET 10.0", Known.Three().ToString(), StringComparison.Ordinal);
        Assert.StartsWith("Timeline: async", Known.Waiting("async", 3).ToString(), StringComparison.Ordinal);
        Assert.StartsWith("Line chart, speed-up", Known.Scaling(2, 1, 2).ToString(), StringComparison.Ordinal);
    }

    private static bool Pictured(Type type) =>
        type.Assembly.GetCustomAttributes<ShownAsAttribute>().Any(shown => shown.GetType().GetGenericArguments()[0].IsAssignableFrom(type));

    /// <summary>What a notebook's kernel does with the value of a cell.</summary>
    private static Dictionary<string, string> Bundle(object value) =>
        Formatter.GetPreferredMimeTypesFor(value.GetType()).ToDictionary(mimeType => mimeType, mimeType => value.ToDisplayString(mimeType));
}
