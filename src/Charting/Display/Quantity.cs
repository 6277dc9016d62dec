using System.Globalization;

namespace ConcurrencyLab.Charting;

/// <summary>Figures as people read them: three digits that matter and a unit that fits.</summary>
public static class Quantity
{
    /// <summary>Units of time, each with the time in milliseconds below which it is used and how many of it are one millisecond.</summary>
    private static readonly (double Below, string Name, double PerMillisecond)[] TimeUnits =
        [(0.0009995, "ns", 1e6), (0.9995, "µs", 1000), (999.5, "ms", 1), (599_500, "s", 1 / 1000.0), (60 * 599_500, "min", 1 / 60_000.0), (double.PositiveInfinity, "h", 1 / 3_600_000.0)];

    /// <summary>Milliseconds as a time: <c>3.00 ns</c>, <c>312 µs</c>, <c>3.12 ms</c>, <c>1.23 s</c>, <c>40.0 min</c>, <c>16.3 h</c>.</summary>
    public static string Time(double milliseconds)
    {
        var unit = TimeUnits.FirstOrDefault(unit => Math.Abs(milliseconds) < unit.Below, TimeUnits[^1]);
        return milliseconds == 0 ? "0 ms" : $"{Digits(milliseconds * unit.PerMillisecond)} {unit.Name}";
    }

    /// <summary>The unit for an axis of times up to this many milliseconds, and how many of it are one millisecond.</summary>
    public static (string Name, double PerMillisecond) TimeUnit(double largestMilliseconds)
    {
        // Up to ten thousand, milliseconds need no other unit.
        var unit = largestMilliseconds is > 0 and (< 999.5 or >= 9999.5) ? TimeUnits.FirstOrDefault(unit => largestMilliseconds < unit.Below, TimeUnits[^1]) : TimeUnits[2];
        return (unit.Name, unit.PerMillisecond);
    }

    /// <summary>Bytes as memory: <c>640 B</c>, <c>12.5 KiB</c>, <c>1.21 MiB</c>.</summary>
    public static string Memory(double bytes)
    {
        var (scaled, unit) = InUnit(bytes);
        return (unit == "B" ? scaled.ToString("0", CultureInfo.InvariantCulture) : Digits(scaled)) + " " + unit;
    }

    /// <summary>Bytes at a tick of an axis, which is a round number: <c>16 KiB</c>.</summary>
    public static string MemoryTick(double bytes)
    {
        var (scaled, unit) = InUnit(bytes);
        return scaled.ToString("#,0.##", CultureInfo.InvariantCulture) + " " + unit;
    }

    private static (double Scaled, string Unit) InUnit(double bytes) => Math.Abs(bytes) switch
    {
        < 1024 => (bytes, "B"),
        < 1024 * 1024 => (bytes / 1024, "KiB"),
        < 1024 * 1024 * 1024 => (bytes / (1024 * 1024), "MiB"),
        < 1024.0 * 1024 * 1024 * 1024 => (bytes / (1024 * 1024 * 1024), "GiB"),
        _ => (bytes / (1024.0 * 1024 * 1024 * 1024), "TiB"),
    };

    /// <summary>A whole number with its thousands apart.</summary>
    public static string Count(long count) => count.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>One thing or several: <c>1 item</c>, <c>1,200 items</c>.</summary>
    public static string Count(long count, string one) => $"{Count(count)} {one}{(count == 1 ? "" : "s")}";

    /// <summary>How many times: <c>0.02×</c>, <c>6.1×</c>, <c>12×</c>, <c>1,230×</c>, <c>4.17 million×</c>.</summary>
    public static string Times(double ratio) => ratio switch
    {
        > 0 and < 0.0995 => Math.Round(ratio, Math.Clamp(1 - (int)Math.Floor(Math.Log10(ratio)), 0, 9)).ToString("0.#########", CultureInfo.InvariantCulture),
        < 9.95 => ratio.ToString("0.0", CultureInfo.InvariantCulture),
        < 999.5 => ratio.ToString("0", CultureInfo.InvariantCulture),
        < 999_500 => (Math.Round(ratio / Math.Pow(10, Math.Floor(Math.Log10(ratio)) - 2)) * Math.Pow(10, Math.Floor(Math.Log10(ratio)) - 2)).ToString("#,0", CultureInfo.InvariantCulture),
        < 999_500_000 => Digits(ratio / 1e6) + " million",
        _ => Digits(ratio / 1e9) + " billion",
    } + "×";

    /// <summary>A share as percent, with a digit more when it is small or nearly all.</summary>
    public static string Percent(double share) => (share switch
    {
        0 => "0",
        // Nearly all is not all.
        > 0.9895 and < 1 => Math.Min(share * 100, 99.9).ToString("0.0", CultureInfo.InvariantCulture),
        _ => (share * 100).ToString(Math.Abs(share) < 0.0995 ? "0.0" : "0", CultureInfo.InvariantCulture),
    }) + " %";

    /// <summary>A number as it is, its thousands apart and without an exponent.</summary>
    public static string Plain(double value) => value.ToString("#,0.########", CultureInfo.InvariantCulture);

    /// <summary>Three significant digits, never in powers of ten.</summary>
    public static string Digits(double value)
    {
        if (value == 0 || !double.IsFinite(value))
        {
            return value == 0 ? "0" : "–";
        }

        var decimals = Math.Clamp(2 - (int)Math.Floor(Math.Log10(Math.Abs(value)) + 0.0002), 0, 6);
        return Math.Round(value, decimals).ToString(decimals == 0 ? "#,0" : "#,0." + new string('0', decimals), CultureInfo.InvariantCulture);
    }

    /// <summary>Not longer than that many characters, the rest as an ellipsis.</summary>
    public static string Shortened(string text, int length)
    {
        text = text.ReplaceLineEndings(" ").Trim();
        return text.Length <= length ? text : string.Concat(text.AsSpan(0, length - 1).TrimEnd(), "…");
    }
}
