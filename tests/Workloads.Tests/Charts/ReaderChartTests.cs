using System.Text.Json.Nodes;
using Plotly.NET.CSharp;
using SkiaSharp;
using XPlotChart = XPlot.Plotly.Chart;

namespace ConcurrencyLab.Tests.ChartTests;

/// <summary>Charts that a reader made with Plotly.NET or XPlot.</summary>
public class ReaderChartTests
{
    private static readonly double[] Some = [3, 5, 2];
    private static readonly string[] Letters = ["a", "b", "c"];

    [Fact]
    public void A_plotly_net_chart_keeps_its_json_and_gets_a_picture_and_words()
    {
        var chart = Chart.Column<double, string, string>(values: Some, Keys: Letters, Name: "orders");
        var figure = chart.ToFigure();
        var trace = Known.Traces(figure).Single();

        Assert.Equal("bar", (string?)trace["type"]);
        Assert.Equal(Some, Known.Numbers(trace["y"]));
        Assert.Contains("orders (bar): 3 values, y from 2 to 5", figure.Description, StringComparison.Ordinal);
        using var picture = SKBitmap.Decode(figure.Png.ToArray());
        Assert.Equal(1400, picture.Width);
    }

    [Fact]
    public void An_xplot_chart_is_brought_up_to_date()
    {
        var chart = XPlotChart.Plot(
            new XPlot.Plotly.Trace[] { new XPlot.Plotly.Bar { x = Letters[..2], y = Some[..2], name = "one" } },
            new XPlot.Plotly.Layout.Layout
            {
                title = "Two\nbars; var layout = 1",
                xaxis = new XPlot.Plotly.Xaxis { title = "letters", titlefont = new XPlot.Plotly.Font { size = 20 } },
            });
        var layout = Known.Json(chart.ToFigure())["layout"]!;

        Assert.Equal("Two\nbars; var layout = 1", (string?)layout["title"]!["text"]);
        Assert.Equal("letters", (string?)layout["xaxis"]!["title"]!["text"]);
        Assert.Equal(20, (double)layout["xaxis"]!["title"]!["font"]!["size"]!);
        Assert.Null(layout["xaxis"]!["titlefont"]);
        Assert.Equal([3.0, 5], Known.Numbers(Known.Traces(chart.ToFigure()).Single()["y"]));
        Assert.True(XPlotChart.Line(Some).ToFigure().Png.Length > 1000);
    }

    [Theory]
    [InlineData("""{"type":"scatter","x":[1,2,3],"y":[1,4,9],"mode":"markers","marker":{"color":"#ff0000","size":20}}""")]
    [InlineData("""{"type":"scatter","x":["2026-01-01","2026-01-02"],"y":[1,4],"mode":"lines","line":{"color":"red","width":6}}""")]
    [InlineData("""{"type":"bar","orientation":"h","y":["a","b"],"x":[1,4],"marker":{"color":"rgb(255, 0, 0)"}}""")]
    [InlineData("""{"type":"histogram","x":[1,1,2,3,3,3,9],"marker":{"color":"#F00000","opacity":1}}""")]
    public void What_can_be_painted_in_process_is_painted_in_its_own_colour(string trace)
    {
        var drawing = ReaderChart.Draw(new JsonObject { ["data"] = new JsonArray(JsonNode.Parse(trace)), ["layout"] = new JsonObject() });
        using var picture = SKBitmap.Decode(PngPainter.Paint(drawing));

        var red = 0;
        for (var y = 0; y < picture.Height; y++)
        {
            for (var x = 0; x < picture.Width; x++)
            {
                var color = picture.GetPixel(x, y);
                red += color is { Red: > 220, Green: < 20, Blue: < 20 } ? 1 : 0;
            }
        }

        Assert.InRange(red, 300, 1_000_000);
    }

    [Fact]
    public void A_heat_map_paints_the_least_and_the_most_at_the_ends_of_the_colours()
    {
        var drawing = ReaderChart.Draw(JsonNode.Parse("""{"data":[{"type":"heatmap","z":[[1,2],[3,9]]}],"layout":{}}""")!.AsObject());
        using var picture = SKBitmap.Decode(PngPainter.Paint(drawing));

        // Viridis runs from violet to yellow; the first row lies at the bottom.
        var (low, high) = (picture.GetPixel(300, picture.Height * 3 / 4), picture.GetPixel(1100, picture.Height / 4));
        Assert.True(low.Blue > low.Green, $"{low}");
        Assert.True(high.Red > 200 && high.Green > 200 && high.Blue < 100, $"{high}");
    }

    [Fact]
    public void Stacked_bars_stand_on_each_other_and_groups_beside_each_other()
    {
        const string Traces = """[{"type":"bar","x":["a"],"y":[2],"name":"p"},{"type":"bar","x":["a"],"y":[3],"name":"q"}]""";
        List<Block> Blocks(string mode) => [.. ReaderChart.Draw(JsonNode.Parse($$$"""{"data":{{{Traces}}},"layout":{"barmode":"{{{mode}}}"}}""")!.AsObject())
            .Layers.OfType<Blocks>().SelectMany(layer => layer.Items)];

        var stacked = Blocks("stack");
        Assert.Equal(stacked[0].From, stacked[1].From);
        Assert.Equal((2.0, 5.0), (stacked[1].Row - stacked[1].Thickness / 2, stacked[1].Row + stacked[1].Thickness / 2));
        var grouped = Blocks("group");
        Assert.Equal(grouped[0].To, grouped[1].From, 9);
    }

    [Fact]
    public void Boxes_show_the_middle_half_and_what_lies_far_out()
    {
        var values = string.Join(",", Enumerable.Range(1, 11).Append(100));
        var drawing = ReaderChart.Draw(JsonNode.Parse($$$"""{"data":[{"type":"box","y":[{{{values}}}],"name":"b"}],"layout":{}}""")!.AsObject());
        var box = drawing.Layers.OfType<Blocks>().Single().Items.Single();

        Assert.Equal((3.75, 9.25), (box.Row - box.Thickness / 2, box.Row + box.Thickness / 2));
        Assert.Equal(100, drawing.Layers.OfType<Points>().Single(layer => layer.Symbol == Symbol.Circle).Items.Single().Y);
    }

    [Fact]
    public void A_chart_that_exists_only_interactively_says_so_in_its_picture()
    {
        var figure = Figure.Of(Chart.Pie<double, string, string>(values: Some));
        var drawing = ReaderChart.Draw(Known.Json(figure));

        Assert.Contains("(pie) exists only interactively", drawing.Subtitle, StringComparison.Ordinal);
        Assert.Contains("(pie): 3 values", figure.Description, StringComparison.Ordinal);
        using var picture = SKBitmap.Decode(figure.Png.ToArray());
        Assert.Equal(1400, picture.Width);
    }

    [Theory]
    [InlineData("""{"data":[],"layout":{}}""")]
    [InlineData("""{"data":[{"x":[],"y":[]}],"layout":{}}""")]
    [InlineData("""{"data":[{"x":[1,null,3],"y":[null,"NaN",3]}],"layout":{}}""")]
    [InlineData("""{"data":[{"type":"bar","x":[1,2],"y":[0,0]}],"layout":{"yaxis":{"type":"log"}}}""")]
    [InlineData("""{"data":[{"x":{"dtype":"f8","bdata":"AAAA"},"y":[1]}],"layout":{"title":"typed"}}""")]
    [InlineData("""{"data":[{"type":"heatmap","z":[]}],"layout":{}}""")]
    [InlineData("""{"data":[{"type":"histogram","x":[5]}],"layout":{}}""")]
    [InlineData("""{"data":[{"type":"box","y":[1],"x":["a"]}],"layout":{"title":{"text":"<b>one</b>"}}}""")]
    public void Odd_charts_do_not_fail(string chart)
    {
        var drawing = ReaderChart.Draw(JsonNode.Parse(chart)!.AsObject());

        using var picture = SKBitmap.Decode(PngPainter.Paint(drawing));
        Assert.Equal(1400, picture.Width);
    }
}
