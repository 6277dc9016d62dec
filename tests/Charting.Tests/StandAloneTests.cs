using System.Text.Json.Nodes;
using SkiaSharp;

namespace ConcurrencyLab.Tests;

/// <summary>What someone draws who loads nothing but the charting library.</summary>
public class StandAloneTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    public static TheoryData<string, Figure> Figures { get; } = new()
    {
        { "bars", Figure.Of(BarsChart.Draw("Coffee", "a café", "cups a day", [("Monday", 120), ("Tuesday", 95)])) },
        { "lines over time", Figure.Of(OverTimeChart.Draw("Guests", "a café", "people", [("inside", [(0 * Second, 2), (Second, 5)]), ("waiting", [])])) },
        { "ticks", Figure.Of(TicksChart.Draw("Doorbell", "a café", [("front", [0 * Second, Second, 5 * Second]), ("back", [])])) },
        { "a drawing of one's own", Figure.Of(Own) },
    };

    /// <summary>Every kind of layer, on a logarithmic axis and on one with names.</summary>
    private static Drawing Own => new()
    {
        Title = "Roasting",
        Subtitle = "by hand",
        X = Axis.Logarithmic("temperature, °C", 20, 230),
        Y = new Axis("", 2, 0) { Ticks = [new Tick(0.5, "light"), new Tick(1.5, "dark")], Grid = false },
        Layers =
        [
            new Bars("roast", "#0072B2", [new Bar(180, 205, 0.5, 0.4, "light", 175, 210), new Bar(215, 230, 1.5, 0.4, "dark")]) { InLegend = true, Texture = Texture.Hatched, TextInside = true },
            new Points("cooling", "#D55E00", [new Point(200, 0.2, "", 0.1, 0.3), new Point(60, 1.8)]) { InLegend = true, Line = 2, Step = true, Symbol = Symbol.Ring },
            new Rule("boiling", "#888888", 100),
            new Annotations([new Annotation(30, 1, "here", "it cools") { Leader = true, Shift = (20, -10) }]),
        ],
        PlotHeight = 200,
        Description = "Bar chart of roasts.",
    };

    [Theory]
    [MemberData(nameof(Figures))]
    public void It_shows_itself_as_an_interactive_chart_a_picture_and_words(string what, Figure figure)
    {
        var json = JsonNode.Parse(figure.PlotlyJson)!;
        using var picture = SKBitmap.Decode(figure.Png.ToArray());

        Assert.Equal(["data", "layout", "config"], json.AsObject().Select(property => property.Key));
        Assert.NotEmpty(json["data"]!.AsArray());
        Assert.Equal((1400, SKColors.White), (picture.Width, picture.GetPixel(2, 2)));
        Assert.True(figure.Description.Length > 10, what);
        // Zero has no sign, and a template without its text would be shown as it is.
        Assert.DoesNotContain("-0,", figure.PlotlyJson, StringComparison.Ordinal);
        Assert.All(json["data"]!.AsArray(), trace => Assert.True(trace!["text"] is not null || (string?)trace["hovertemplate"] is not "%{text}<extra></extra>"));
    }

    [Fact]
    public void A_drawing_holds_the_same_in_both()
    {
        var layout = JsonNode.Parse(Figure.Of(Own).PlotlyJson)!["layout"]!;

        Assert.Equal("log", (string?)layout["xaxis"]!["type"]);
        Assert.Equal(["light", "dark"], layout["yaxis"]!["ticktext"]!.AsArray().Select(text => (string?)text));
        Assert.Equal(100, (double?)layout["shapes"]![0]!["x0"]);
        Assert.Equal(["boiling", "<b>here</b>  it cools"], layout["annotations"]!.AsArray().Select(note => (string?)note!["text"]));
    }

    [Fact]
    public void A_chart_can_be_changed_before_it_is_shown()
    {
        var figure = Figure.Of(Own, chart => chart["layout"]!["dragmode"] = false);

        Assert.False((bool?)JsonNode.Parse(figure.PlotlyJson)!["layout"]!["dragmode"]);
    }

    [Fact]
    public void A_table_goes_with_it()
    {
        var table = new ResultTable("Coffee", ["day", "cups", ""], [["Monday", "120", ""], ["Tuesday", "95", ""]], ["by hand"]);

        Assert.Equal("Coffee\nday      cups\n-------  ----\nMonday    120\nTuesday    95\nby hand", table.ToString());
        Assert.Equal("Coffee\n\n| day | cups |\n| :-- | --: |\n| Monday | 120 |\n| Tuesday | 95 |\n\n*by hand*", table.ToMarkdown());
    }

    [Fact]
    public void Charts_of_the_two_libraries_are_shown_as_they_are()
    {
        var plotly = Figure.Of(Plotly.NET.GenericChart.ofTraceObject(false, Plotly.NET.Trace2D.initScatter(Microsoft.FSharp.Core.FuncConvert.FromFunc<Plotly.NET.Trace2D, Plotly.NET.Trace2D>(trace =>
        {
            trace.SetProperty("name", "mine");
            trace.SetProperty("y", new[] { 1, 2 });
            return trace;
        }))));
        var old = XPlot.Plotly.Chart.Line([1, 2]);
        old.WithTitle("Old");
        old.WithXTitle("days");
        var xplot = Figure.Of(old);

        Assert.Equal([1, 2], JsonNode.Parse(plotly.PlotlyJson)!["data"]![0]!["y"]!.AsArray().Select(value => (int)value!));
        Assert.Contains("mine (scatter)", plotly.Description, StringComparison.Ordinal);
        // Since plotly.js 2 titles are objects.
        Assert.Equal(("Old", "days"), ((string?)JsonNode.Parse(xplot.PlotlyJson)!["layout"]!["title"]!["text"], (string?)JsonNode.Parse(xplot.PlotlyJson)!["layout"]!["xaxis"]!["title"]!["text"]));
        Assert.Contains("Old", xplot.Description, StringComparison.Ordinal);
        Assert.All(new[] { plotly, xplot }, figure => Assert.Throws<InvalidOperationException>(() => figure.Png));
    }
}
