using System.Text.Json.Nodes;

namespace ConcurrencyLab;

/// <summary>The traces of a reader's chart as layers.</summary>
internal sealed class ReaderTraces
{
    private static readonly string[] Arrays = ["x", "y", "z"];
    private static readonly string[] Counted = [.. Arrays, "values"];

    private readonly List<JsonObject> _traces;
    private readonly List<JsonObject> _bars;
    private readonly string _barMode;
    private readonly bool _legend;
    private readonly ReaderColors _colors;

    // How high bars already stand, by place: for stacking.
    private readonly Dictionary<(double Place, bool Negative), double> _stacked = [];

    public ReaderTraces(List<JsonObject> traces, JsonObject layout)
    {
        _traces = traces;
        _colors = new ReaderColors(layout);
        _barMode = (string?)layout["barmode"] ?? "group";
        _bars = [.. traces.Where(trace => ReaderChart.Kind(trace) == "bar")];
        _legend = traces.Count > 1 && (layout["showlegend"] is not JsonValue shown || !shown.TryGetValue<bool>(out var show) || show);
        var drawn = traces.Where(Draws).ToList();
        X = new ReaderAxis(layout["xaxis"] as JsonObject ?? [], drawn.SelectMany(trace => Values(trace, "x")));
        Y = new ReaderAxis(layout["yaxis"] as JsonObject ?? [], drawn.SelectMany(trace => Values(trace, "y")));
    }

    public ReaderAxis X { get; }

    public ReaderAxis Y { get; }

    /// <summary>Whether a trace can be painted in process: a known kind, plain arrays, the first pair of axes.</summary>
    public bool Draws(JsonObject trace) =>
        ReaderChart.Kind(trace) is "scatter" or "scattergl" or "bar" or "histogram" or "box" or "heatmap"
        && ((string?)trace["xaxis"] ?? "x") == "x" && ((string?)trace["yaxis"] ?? "y") == "y"
        && Arrays.All(name => trace[name] is null or JsonArray)
        && (trace["x"] ?? trace["y"] ?? trace["z"]) is not null;

    public IEnumerable<Layer> Layers(JsonObject trace) => ReaderChart.Kind(trace) switch
    {
        "bar" => [Bars(trace)],
        "histogram" => [Histogram(trace)],
        "box" => ReaderBoxes.Layers(trace, this, Color(trace), Name(trace), _legend),
        "heatmap" => [HeatMap(trace)],
        _ => [Scatter(trace)],
    };

    /// <summary>A trace in words and figures.</summary>
    public string Describe(JsonObject trace)
    {
        var count = Counted.Max(name => Values(trace, name).Count());
        string Range(string name)
        {
            var numbers = Numbers(trace, name);
            return numbers.Length == 0 ? "" : $", {name} from {Scales.Plain(numbers.Min())} to {Scales.Plain(numbers.Max())}";
        }

        return $"{Name(trace)} ({ReaderChart.Kind(trace)}): {Quantity.Count(count, "value")}{Range("x")}{Range("y")}";
    }

    public static double[] Numbers(JsonObject trace, string name) => [.. Values(trace, name).Select(ReaderChart.Number).OfType<double>()];

    public static IEnumerable<JsonNode?> Values(JsonObject trace, string name) => trace[name] as JsonArray ?? [];

    private string Name(JsonObject trace) => (string?)trace["name"] is { } name ? ReaderChart.Plain(name) : $"trace {_traces.IndexOf(trace)}";

    private string Color(JsonObject trace) => _colors.Of(trace, _traces.IndexOf(trace));

    private Points Scatter(JsonObject trace)
    {
        var xs = Values(trace, "x").ToList();
        var ys = Values(trace, "y").ToList();
        var errors = (trace["error_y"] as JsonObject)?["array"] as JsonArray;
        var below = (trace["error_y"] as JsonObject)?["arrayminus"] as JsonArray ?? errors;
        var points = new List<Point>();
        for (var i = 0; i < Math.Max(xs.Count, ys.Count); i++)
        {
            // Without x (or y) the values are counted from 0.
            var x = xs.Count == 0 ? i : i < xs.Count ? X.At(xs[i]) : null;
            var y = ys.Count == 0 ? i : i < ys.Count ? Y.At(ys[i]) : null;
            if (x is { } across && y is { } up)
            {
                var more = i < errors?.Count ? ReaderChart.Number(errors[i]) : null;
                var less = i < below?.Count ? ReaderChart.Number(below[i]) : null;
                points.Add(new Point(across, up, "", up - less, up + more));
                X.Reach(across, across);
                Y.Reach(up - (less ?? 0), up + (more ?? 0));
            }
        }

        var mode = (string?)trace["mode"] ?? (points.Count < 20 ? "lines+markers" : "lines");
        var line = trace["line"] as JsonObject;
        return new Points(Name(trace), Color(trace), points)
        {
            Line = mode.Contains("lines", StringComparison.Ordinal) ? ReaderChart.Number(line?["width"]) ?? 2 : 0,
            Dash = (string?)line?["dash"] switch { null or "solid" => Dash.Solid, "dot" => Dash.Dotted, _ => Dash.Dashed },
            Step = (string?)line?["shape"] is "hv",
            Symbol = mode.Contains("markers", StringComparison.Ordinal) ? Symbol.Circle : Symbol.None,
            Size = ReaderChart.Number((trace["marker"] as JsonObject)?["size"]) ?? 6,
            InLegend = _legend,
        };
    }

    private Blocks Bars(JsonObject trace)
    {
        var across = (string?)trace["orientation"] == "h";
        var (places, lengths) = across ? (Y, X) : (X, Y);
        var names = Values(trace, across ? "y" : "x").ToList();
        var values = Numbers(trace, across ? "x" : "y");
        var group = _barMode == "group" ? _bars.Count : 1;
        var width = 0.8 / group;
        var shift = _barMode == "group" ? (_bars.IndexOf(trace) - (group - 1) / 2.0) * width : 0;
        var blocks = new List<Block>();
        for (var i = 0; i < values.Length; i++)
        {
            if ((i < names.Count ? places.At(names[i]) : i) is not { } place)
            {
                continue;
            }

            var from = 0.0;
            if (_barMode is "stack" or "relative")
            {
                _stacked.TryGetValue((place, values[i] < 0), out from);
                _stacked[(place, values[i] < 0)] = from + values[i];
            }

            var (low, high) = (Math.Min(from, from + values[i]), Math.Max(from, from + values[i]));
            places.Reach(place - 0.5, place + 0.5);
            lengths.Reach(Math.Min(0, low), Math.Max(0, high));
            blocks.Add(across
                ? new Block(low, high, place + shift, width, "")
                : new Block(place + shift - width / 2, place + shift + width / 2, (low + high) / 2, high - low, ""));
        }

        return new Blocks(Name(trace), Color(trace), blocks) { InLegend = _legend };
    }

    private Blocks Histogram(JsonObject trace)
    {
        var across = trace["x"] is null;
        var (places, lengths) = across ? (Y, X) : (X, Y);
        var values = Values(trace, across ? "y" : "x").Select(places.At).OfType<double>().ToList();
        var blocks = new List<Block>();
        if (values.Count > 0)
        {
            var (low, high) = (values.Min(), values.Max());
            var bins = places.IsCategorical ? (int)(high - low) + 1
                : (int)(ReaderChart.Number(trace[across ? "nbinsy" : "nbinsx"]) ?? Math.Clamp(Math.Ceiling(Math.Sqrt(values.Count)), 1, 60));
            var width = places.IsCategorical ? 1 : high > low ? (high - low) / bins : 1;
            var start = places.IsCategorical ? low - 0.5 : low;
            foreach (var bin in values.GroupBy(value => Math.Min(bins - 1, (int)((value - start) / width))))
            {
                var middle = start + (bin.Key + 0.5) * width;
                blocks.Add(across
                    ? new Block(0, bin.Count(), middle, width * 0.96, "")
                    : new Block(middle - width * 0.48, middle + width * 0.48, bin.Count() / 2.0, bin.Count(), ""));
                places.Reach(middle - width / 2, middle + width / 2);
                lengths.Reach(0, bin.Count());
            }
        }

        return new Blocks(Name(trace), Color(trace), blocks) { InLegend = _legend };
    }

    private Cells HeatMap(JsonObject trace)
    {
        var rows = Values(trace, "z").OfType<JsonArray>().ToList();
        var columns = rows.Select(row => row.Count).DefaultIfEmpty(0).Max();
        var values = new double[rows.Count, columns];
        for (var row = 0; row < rows.Count; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                values[row, column] = (column < rows[row].Count ? ReaderChart.Number(rows[row][column]) : null) ?? double.NaN;
            }
        }

        Fill(X, [.. Values(trace, "x").Select(X.At).OfType<double>()], columns);
        Fill(Y, [.. Values(trace, "y").Select(Y.At).OfType<double>()], rows.Count);
        return new Cells(Name(trace), values);
    }

    /// <summary>Cells reach half their width beyond the places of their middles.</summary>
    private static void Fill(ReaderAxis axis, double[] middles, int count)
    {
        var (low, high) = middles.Length > 0 ? (middles.Min(), middles.Max()) : (0, count - 1);
        var half = count > 1 && high > low ? (high - low) / (count - 1) / 2 : 0.5;
        axis.Fill(low - half, high + half);
    }
}
