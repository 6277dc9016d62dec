using System.Globalization;
using System.Text.Json.Nodes;

namespace ConcurrencyLab;

/// <summary>One axis of a reader's chart: places numbers, dates and categories, and keeps track of what was placed.</summary>
internal sealed class ReaderAxis
{
    private readonly JsonObject _axis;
    private readonly List<string> _categories = [];
    private readonly bool _dates;
    private readonly bool _log;
    private double _low = double.MaxValue;
    private double _high = double.MinValue;
    private bool _tight;

    /// <param name="axis">The axis in the chart's layout.</param>
    /// <param name="values">All values that will be placed: they decide whether it holds numbers, dates or categories.</param>
    public ReaderAxis(JsonObject axis, IEnumerable<JsonNode?> values)
    {
        _axis = axis;
        _log = (string?)axis["type"] == "log";
        var words = values.Where(value => ReaderChart.Number(value) is null && value is JsonValue).Select(value => value!.ToString()).ToList();
        _dates = words.Count > 0 && words.All(word => Date(word) is not null);
        IsCategorical = (words.Count > 0 && !_dates) || (string?)axis["type"] == "category";
    }

    public bool IsCategorical { get; }

    /// <summary>The place of a value; null where it has none, or where a logarithm has none.</summary>
    public double? At(JsonNode? value)
    {
        if (value is null)
        {
            return null;
        }

        double? place = IsCategorical ? Category(value.ToString()) : _dates ? Date(value.ToString())?.ToOADate() : ReaderChart.Number(value);
        return _log && place <= 0 ? null : place;
    }

    /// <summary>The place of a category by name.</summary>
    public double Category(string name)
    {
        var place = _categories.IndexOf(name);
        if (place < 0)
        {
            _categories.Add(name);
            place = _categories.Count - 1;
        }

        return place;
    }

    /// <summary>Makes the axis reach this far.</summary>
    public void Reach(double low, double high)
    {
        if (_log && low <= 0)
        {
            low = high > 0 ? high : 1;
            high = Math.Max(high, low);
        }

        (_low, _high) = (Math.Min(_low, low), Math.Max(_high, high));
    }

    /// <summary>As <see cref="Reach"/>, without the room that is otherwise left beside marks.</summary>
    public void Fill(double low, double high)
    {
        Reach(low, high);
        _tight = true;
    }

    public Scale Scale(string? title)
    {
        var text = ReaderChart.Plain(title ?? "");
        var (low, high) = _low <= _high ? (_low, _high) : _log ? (1, 10) : (0, 1);
        if (_axis["range"] is JsonArray { Count: 2 } range && !_dates && ReaderChart.Number(range[0]) is { } from && ReaderChart.Number(range[1]) is { } to)
        {
            (low, high) = _log ? (Math.Pow(10, from), Math.Pow(10, to)) : (from, to);
        }
        else if (_log)
        {
            return Scales.Logarithmic(text, low, high, 1.3);
        }
        else if (!_tight)
        {
            var room = high > low ? (high - low) * 0.05 : Math.Max(Math.Abs(high) * 0.1, 0.5);
            // Bars stand on the axis: no room below zero.
            (low, high) = (low == 0 ? 0 : low - room, high == 0 ? 0 : high + room);
        }

        if (IsCategorical)
        {
            // Not more names than stand side by side.
            var every = Math.Max(1, (int)Math.Ceiling(_categories.Count / 16.0));
            var names = _categories.Index().Where(category => category.Index % every == 0)
                .Select(category => new Tick(category.Index, Quantity.Short(ReaderChart.Plain(category.Item), Math.Clamp(110 / Math.Max(1, _categories.Count), 6, 24))));
            return new Scale(text, Math.Min(low, -0.5), Math.Max(high, _categories.Count - 0.5)) { Ticks = [.. names] };
        }

        return _log ? Scales.Logarithmic(text, low, high, 1) : new Scale(text, low, high) { Ticks = _dates ? Dates(low, high) : null };
    }

    private static DateTime? Date(string word) =>
        DateTime.TryParse(word, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out var date) ? date : null;

    private static List<Tick> Dates(double low, double high)
    {
        const int Steps = 5;
        var format = (high - low) switch { > 4 => "yyyy-MM-dd", > 0.01 => "MM-dd HH:mm", _ => "HH:mm:ss" };
        return [.. Enumerable.Range(0, Steps).Select(i => low + (high - low) * (i + 0.5) / Steps)
            .Select(day => new Tick(day, DateTime.FromOADate(day).ToString(format, CultureInfo.InvariantCulture)))];
    }
}
