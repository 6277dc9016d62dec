using System.Globalization;

namespace ConcurrencyLab.Charting;

/// <summary>Figures as people read them: three digits that matter and a unit that fits.</summary>
public static class Quantity
{
    /// <summary>Longer times, ms, are told in minutes.</summary>
    public const double LongestInSeconds = 599_500;

    /// <summary>Longer times, ms, are told in hours.</summary>
    public const double LongestInMinutes = 60 * LongestInSeconds;

    /// <summary>Milliseconds as a time: <c>3.00 ns</c>, <c>312 µs</c>, <c>3.12 ms</c>, <c>1.23 s</c>, <c>40.0 min</c>, <c>16.3 h</c>.</summary>
    public static string Time(double milliseconds) => Math.Abs(milliseconds) switch
    {
        0 => "0 ms",
        < 0.0009995 => Digits(milliseconds * 1_000_000) + " ns",
        < 0.9995 => Digits(milliseconds * 1000) + " µs",
        < 999.5 => Digits(milliseconds) + " ms",
        < LongestInSeconds => Digits(milliseconds / 1000) + " s",
        < LongestInMinutes => Digits(milliseconds / 60_000) + " min",
        _ => Digits(milliseconds / 3_600_000) + " h",
    };

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
