namespace ConcurrencyLab.Charting;

/// <summary>One axis.</summary>
/// <param name="Title">What is measured and in which unit; empty for rows that name themselves.</param>
/// <param name="Low">Value at the left or lower end.</param>
/// <param name="High">Value at the right or upper end; below <paramref name="Low"/> for rows counted from the top.</param>
public sealed record Axis(string Title, double Low, double High)
{
    /// <summary>Numbers up to this power of ten are written out, larger and smaller ones with a letter: 20M, 3B.</summary>
    internal const int PlainDecades = 6;

    /// <summary>Times that people know by name, in milliseconds: decades up to ten seconds, then minutes and hours.</summary>
    private static readonly Tick[] RoundTimes =
    [
        .. new[] { "0.1 ns", "1 ns", "10 ns", "100 ns", "1 µs", "10 µs", "100 µs", "1 ms", "10 ms", "100 ms", "1 s", "10 s" }
            .Select((words, i) => new Tick(Math.Pow(10, i - 7), words)),
        new(60_000, "1 min"), new(600_000, "10 min"), new(3_600_000, "1 h"), new(36_000_000, "10 h"), new(360_000_000, "100 h"),
    ];

    /// <summary>Whether it is logarithmic; both ends are then above zero.</summary>
    public bool Log { get; init; }

    /// <summary>Ticks with their own words; null leaves them to the painter.</summary>
    public IReadOnlyList<Tick>? Ticks { get; init; }

    /// <summary>Whether lines cross the plotting area at the ticks.</summary>
    public bool Grid { get; init; } = true;

    internal double Length => Math.Abs(High - Low);

    /// <summary>How far along the axis a value lies: 0 at its low end, 1 at its high end.</summary>
    /// <param name="value">In the axis's unit; what lies below a logarithmic axis, zero above all, lies just below it.</param>
    public double Share(double value) => Log
        ? Math.Log(Math.Max(value, Low / 10) / Low) / Math.Log(High / Low)
        : (value - Low) / (High - Low);

    /// <summary>Whether words beside a value fit between it and the high end rather than before it.</summary>
    internal bool HasRoomAfter(double value) => Share(value) <= 0.7;

    /// <summary>
    /// Logarithmic with ticks at decades and, where there are few of those, at 2 and 5 between them: numbers, never powers.
    /// </summary>
    /// <param name="title">What is measured and in which unit.</param>
    /// <param name="smallest">The smallest value, above 0.</param>
    /// <param name="largest">The largest value.</param>
    /// <param name="room">How many times further than the values the axis reaches at both ends.</param>
    /// <exception cref="ArgumentOutOfRangeException">The values are not above 0, or not finite, or the wrong way round.</exception>
    public static Axis Logarithmic(string title, double smallest, double largest, double room = 1.6)
    {
        if (!(smallest > 0 && smallest <= largest && double.IsFinite(largest)))
        {
            throw new ArgumentOutOfRangeException(nameof(smallest), FormattableString.Invariant($"No logarithmic axis reaches from {smallest} to {largest}."));
        }

        var (low, high) = (smallest / room, largest * room);
        var decades = Math.Log10(high / low);
        double[] steps = decades <= 3 ? [1, 2, 5] : [1];
        var every = Math.Max(1, (int)Math.Ceiling(decades / 8));
        var lowest = (int)Math.Floor(Math.Log10(low));
        var values = Enumerable.Range(lowest, (int)Math.Ceiling(decades) + 2).Where(exponent => exponent % every == 0)
            .SelectMany(exponent => steps.Select(step => step * Math.Pow(10, exponent)));
        return new Axis(title, low, high) { Log = true, Ticks = [.. values.Where(value => value >= low && value <= high).Select(value => new Tick(value, Quantity.Plain(value)))] };
    }

    /// <summary>Logarithmic over times; on one that reaches far each tick names its own unit.</summary>
    /// <param name="title">What is measured, without a unit.</param>
    /// <param name="smallest">The smallest time in milliseconds, above 0.</param>
    /// <param name="largest">The largest time in milliseconds.</param>
    /// <param name="unit">The unit that values are drawn in, and how many of them are a millisecond.</param>
    /// <param name="room">How many times further than the times the axis reaches at both ends.</param>
    /// <exception cref="ArgumentOutOfRangeException">The times are not above 0, or not finite, or the wrong way round.</exception>
    public static Axis Times(string title, double smallest, double largest, (string Name, double PerMillisecond) unit, double room = 1.6)
    {
        var axis = Logarithmic($"{title}, {unit.Name} (logarithmic)", smallest * unit.PerMillisecond, largest * unit.PerMillisecond, room);
        if (axis.High / axis.Low <= 1e4)
        {
            return axis;
        }

        const int Most = 8;
        var inside = RoundTimes.Select(time => time with { At = time.At * unit.PerMillisecond }).Where(time => time.At >= axis.Low && time.At <= axis.High).ToList();
        var every = (inside.Count + Most - 1) / Most;
        return axis with { Title = $"{title} (logarithmic)", Ticks = [.. inside.Where((_, i) => i % every == 0)] };
    }

    /// <summary>
    /// Its own ticks, else ticks at round numbers where plotly.js puts them on a linear axis of that length with ticks at least
    /// so far apart (CSS pixels): one, two or five times a power of ten, between four and ten of them.
    /// </summary>
    internal IReadOnlyList<Tick> TicksOn(double length, double apart)
    {
        if (Ticks is not null)
        {
            return Ticks;
        }

        var (low, high) = (Math.Min(Low, High), Math.Max(Low, High));
        var rough = (high - low) / (Math.Clamp(length / apart, 4, 9) + 1);
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step = power * new[] { 2, 5, 10 }.First(times => times * power >= rough * (1 - 1e-9));
        var digits = (int)Math.Floor(Math.Log10(Math.Max(Math.Abs(low), Math.Abs(high))) + 0.01);
        var thousands = Math.Abs(digits) > PlainDecades ? Math.Clamp((int)Math.Round((digits - 1) / 3.0), -3, 4) : 0;
        var letter = "nµm kMBT"[thousands + 3];
        var ticks = new List<Tick>();
        for (var at = Math.Ceiling(low / step - 1e-9); at * step <= high + step * 1e-9; at++)
        {
            var value = Math.Round(at * step / Math.Pow(1000, thousands), 9);
            ticks.Add(new Tick(at * step, value == 0 ? "0" : $"{Quantity.Plain(value)}{letter}".Replace('-', '−').TrimEnd()));
        }

        return ticks;
    }
}

/// <summary>A place on an axis and the words that stand at it.</summary>
/// <param name="At">In the axis's unit.</param>
/// <param name="Text">What stands there.</param>
public readonly record struct Tick(double At, string Text);
