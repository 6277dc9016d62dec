using System.Text.Json.Nodes;

namespace ConcurrencyLab;

/// <summary>
/// The box plots of a reader's chart: the middle half, the median, whiskers to the furthest value within one and a half
/// boxes, and what lies beyond as dots. Tukey, <i>Exploratory Data Analysis</i>, 1977.
/// </summary>
internal static class ReaderBoxes
{
    public static IEnumerable<Layer> Layers(JsonObject trace, ReaderTraces chart, string color, string name, bool legend)
    {
        var across = trace["y"] is null || (string?)trace["orientation"] == "h";
        var (places, lengths) = across ? (chart.Y, chart.X) : (chart.X, chart.Y);
        var values = ReaderTraces.Values(trace, across ? "x" : "y").Select(lengths.At).ToList();
        var groups = ReaderTraces.Values(trace, across ? "y" : "x").ToList();
        var boxes = values.Select((value, i) => (Value: value, Place: i < groups.Count ? places.At(groups[i]) : places.Category(name)))
            .Where(item => item.Value is not null && item.Place is not null)
            .GroupBy(item => item.Place!.Value, item => item.Value!.Value);
        var key = legend;
        foreach (var box in boxes)
        {
            foreach (var layer in Box(box.Key, [.. box.Order()], across, color, name, key))
            {
                yield return layer;
            }

            key = false;
            places.Reach(box.Key - 0.5, box.Key + 0.5);
            lengths.Reach(box.Min(), box.Max());
        }
    }

    private static IEnumerable<Layer> Box(double place, double[] sorted, bool across, string color, string name, bool legend)
    {
        var (low, middle, high) = (LatencyChart.Quantile(sorted, 0.25), LatencyChart.Quantile(sorted, 0.5), LatencyChart.Quantile(sorted, 0.75));
        var reach = 1.5 * (high - low);
        var (least, most) = (sorted.First(value => value >= low - reach), sorted.Last(value => value <= high + reach));
        Point At(double length, double aside) => across ? new Point(length, place + aside) : new Point(place + aside, length);
        yield return new Points(name, color, [At(least, 0), At(most, 0)]) { Line = 1.5 };
        yield return new Blocks(name, color,
            [across ? new Block(low, high, place, 0.5, "") : new Block(place - 0.25, place + 0.25, (low + high) / 2, high - low, "")])
        {
            Texture = Texture.Pale,
            InLegend = legend,
        };
        yield return new Points(name, color, [At(middle, -0.25), At(middle, 0.25)]) { Line = 2.5 };
        yield return new Points(name, color, [.. sorted.Where(value => value < least || value > most).Select(value => At(value, 0))])
        {
            Symbol = Symbol.Circle,
            Size = 5,
        };
    }
}
