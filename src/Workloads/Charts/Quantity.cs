using System.Globalization;

namespace ConcurrencyLab;

/// <summary>Figures as people read them: three digits that matter and a unit that fits.</summary>
internal static class Quantity
{
    /// <summary>Milliseconds as a time: <c>312 µs</c>, <c>3.12 ms</c>, <c>1.23 s</c>.</summary>
    public static string Time(double milliseconds) => Math.Abs(milliseconds) switch
    {
        0 => "0 ms",
        < 0.9995 => Digits(milliseconds * 1000) + " µs",
        < 999.5 => Digits(milliseconds) + " ms",
        _ => Digits(milliseconds / 1000) + " s",
    };

    /// <summary>Bytes as memory: <c>640 B</c>, <c>12.5 KiB</c>, <c>1.21 MiB</c>.</summary>
    public static string Memory(double bytes)
    {
        var (scaled, unit) = Math.Abs(bytes) switch
        {
            < 1024 => (bytes, "B"),
            < 1024 * 1024 => (bytes / 1024, "KiB"),
            < 1024 * 1024 * 1024 => (bytes / (1024 * 1024), "MiB"),
            _ => (bytes / (1024 * 1024 * 1024), "GiB"),
        };
        return (unit == "B" ? scaled.ToString("0", CultureInfo.InvariantCulture) : Digits(scaled)) + " " + unit;
    }

    /// <summary>A whole number with its thousands apart.</summary>
    public static string Count(long count) => count.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>One thing or several: <c>1 item</c>, <c>1,200 items</c>.</summary>
    public static string Count(long count, string one) => $"{Count(count)} {one}{(count == 1 ? "" : "s")}";

    /// <summary>How many times: <c>6.1×</c>, <c>12×</c>, <c>1,200×</c>.</summary>
    public static string Times(double ratio) => ratio.ToString(ratio < 9.95 ? "0.0" : "#,0", CultureInfo.InvariantCulture) + "×";

    /// <summary>A speed-up in words: <c>6.1× faster</c>, <c>1.3× slower</c>, <c>about as fast</c>.</summary>
    public static string Faster(double speedUp) => speedUp switch
    {
        <= 0 or double.NaN => "not comparable",
        < 0.95 => Times(1 / speedUp) + " slower",
        <= 1.05 => "about as fast",
        _ => Times(speedUp) + " faster",
    };

    /// <summary>A share as percent, with a digit more when it is small.</summary>
    public static string Percent(double share) =>
        (share * 100).ToString(Math.Abs(share) < 0.0995 ? "0.0" : "0", CultureInfo.InvariantCulture) + " %";

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
    public static string Short(string text, int length)
    {
        text = text.ReplaceLineEndings(" ").Trim();
        return text.Length <= length ? text : string.Concat(text.AsSpan(0, length - 1).TrimEnd(), "…");
    }
}
