using System.Globalization;

namespace ConcurrencyLab.Charting;

/// <summary>Axes for values whose range is only known when they are drawn.</summary>
internal static class Scales
{
    /// <summary>
    /// Logarithmic with ticks at decades and, where there are few of those, at 2 and 5 between them: numbers, never powers.
    /// </summary>
    public static Scale Logarithmic(string title, double smallest, double largest, double room = 1.6)
    {
        if (smallest <= 0 || !double.IsFinite(largest) || largest < smallest)
        {
            throw new ArgumentOutOfRangeException(nameof(smallest), $"No logarithmic axis reaches from {smallest} to {largest}.");
        }

        var (low, high) = (smallest / room, largest * room);
        var decades = Math.Log10(high / low);
        double[] steps = decades <= 3 ? [1, 2, 5] : [1];
        var every = Math.Max(1, (int)Math.Ceiling(decades / 8));
        var ticks = new List<Tick>();
        for (var exponent = (int)Math.Floor(Math.Log10(low)); exponent <= Math.Log10(high); exponent++)
        {
            ticks.AddRange(steps.Where(_ => exponent % every == 0).Select(step => step * Math.Pow(10, exponent))
                .Where(value => value >= low && value <= high).Select(value => new Tick(value, Plain(value))));
        }

        return new Scale(title, low, high) { Log = true, Ticks = ticks };
    }

    /// <summary>Logarithmic over times in milliseconds, drawn in a unit of which so many are one; far ones with each tick's own unit.</summary>
    /// <param name="title">What is measured, without a unit.</param>
    /// <param name="smallest">The smallest time, ms.</param>
    /// <param name="largest">The largest time, ms.</param>
    /// <param name="unit">Unit of the drawn values and how many of them are a millisecond.</param>
    /// <param name="room">Share that stays free at both ends.</param>
    public static Scale Times(string title, double smallest, double largest, (string Name, double PerMillisecond) unit, double room = 1.6)
    {
        var (low, high) = (smallest / room, largest * room);
        if (high / low <= 1e4)
        {
            return Logarithmic($"{title}, {unit.Name} (logarithmic)", smallest * unit.PerMillisecond, largest * unit.PerMillisecond, room);
        }

        const int Most = 8;
        var inside = RoundTimes.Where(time => time >= low && time <= high).ToList();
        var every = Math.Max(1, (int)Math.Ceiling(inside.Count / (double)Most));
        return new Scale($"{title} (logarithmic)", low * unit.PerMillisecond, high * unit.PerMillisecond)
        {
            Log = true,
            Ticks = [.. inside.Where((_, i) => i % every == 0).Select(time => new Tick(time * unit.PerMillisecond, InWords(time)))],
        };
    }

    /// <summary>Times that people know by name, ms: decades up to ten seconds, then minutes and hours.</summary>
    private static readonly double[] RoundTimes =
        [.. Enumerable.Range(-7, 12).Select(exponent => Math.Pow(10, exponent)), 60_000, 600_000, 3_600_000, 36_000_000, 360_000_000];

    private static string InWords(double milliseconds) => milliseconds switch
    {
        < 0.00099 => Plain(Math.Round(milliseconds * 1e6, 3)) + " ns",
        < 0.99 => Plain(Math.Round(milliseconds * 1000, 3)) + " µs",
        < 999 => Plain(milliseconds) + " ms",
        < 59_000 => Plain(milliseconds / 1000) + " s",
        < 3_500_000 => Plain(milliseconds / 60_000) + " min",
        _ => Plain(milliseconds / 3_600_000) + " h",
    };

    /// <summary>Numbers up to this power of ten are written out, larger and smaller ones with a letter: 20M, 3B.</summary>
    public const int PlainDecades = 6;

    /// <summary>
    /// Ticks at round numbers on a linear axis, where plotly.js puts them on an axis of that length with ticks at least so
    /// far apart (CSS pixels): one, two or five times a power of ten, between four and ten of them.
    /// </summary>
    public static IReadOnlyList<Tick> Ticks(Scale scale, double length, double apart)
    {
        var (low, high) = (Math.Min(scale.Low, scale.High), Math.Max(scale.Low, scale.High));
        var rough = (high - low) / (Math.Clamp(length / apart, 4, 9) + 1);
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step = power * new[] { 2, 5, 10 }.First(times => times * power >= rough * (1 - 1e-9));
        var largest = Math.Max(Math.Abs(low), Math.Abs(high));
        var digits = (int)Math.Floor(Math.Log10(largest) + 0.01);
        var thousands = Math.Abs(digits) > PlainDecades ? (int)Math.Round((digits - 1) / 3.0) : 0;
        var unit = Math.Pow(1000, thousands);
        var letter = thousands switch { -3 => "n", -2 => "µ", -1 => "m", 1 => "k", 2 => "M", 3 => "B", 4 => "T", _ => "" };
        if (letter.Length == 0)
        {
            unit = 1;
        }

        var ticks = new List<Tick>();
        for (var at = Math.Ceiling(low / step - 1e-9); at * step <= high + step * 1e-9; at++)
        {
            var value = Math.Round(at * step / unit, 9);
            ticks.Add(new Tick(at * step, value == 0 ? "0" : Plain(value).Replace('-', '−') + letter));
        }

        return ticks;
    }

    /// <summary>A number without an exponent.</summary>
    public static string Plain(double value) => value.ToString("#,0.########", CultureInfo.InvariantCulture);

    /// <summary>Whether values lie so far apart that the small ones would vanish on a linear axis.</summary>
    public static bool FarApart(IEnumerable<double> values, double times)
    {
        var all = values.ToList();
        return all.Count > 1 && all.Min() > 0 && all.Max() / all.Min() > times;
    }

    /// <summary>Not more points than can be seen: of those that fall into one of so many columns the lowest and highest stay.</summary>
    public static IReadOnlyList<Point> Thin(IReadOnlyList<Point> points, int columns)
    {
        if (points.Count <= columns * 2)
        {
            return points;
        }

        var (first, last) = (points[0].X, points[^1].X);
        var width = last > first ? (last - first) / columns : 1;
        return [.. points.GroupBy(point => (int)((point.X - first) / width))
            .SelectMany(column => new[] { column.MinBy(point => point.Y), column.MaxBy(point => point.Y) }.Distinct().OrderBy(point => point.X))];
    }
}
