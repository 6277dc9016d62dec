using System.Globalization;

namespace ConcurrencyLab;

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
