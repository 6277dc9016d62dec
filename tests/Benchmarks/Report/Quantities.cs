using System.Globalization;

namespace ConcurrencyLab.Benchmarks.Report;

/// <summary>The units that figures come in.</summary>
internal static class Units
{
    internal const string Milliseconds = "ms";
    internal const string Nanoseconds = "ns";
    internal const string Bytes = "B";
    internal const string Megabytes = "MB";
    internal const string PerSecond = "1/s";
    internal const string Times = "times";
    internal const string Threads = "threads";
    internal const string Order = "power of n";
}

/// <summary>Numbers as a report shows them: three digits that count, invariant culture.</summary>
internal static class Quantities
{
    internal static string Plain(double value)
    {
        if (value == 0 || !double.IsFinite(value))
        {
            return value.ToString(CultureInfo.InvariantCulture);
        }

        var decimals = Math.Clamp(2 - (int)Math.Floor(Math.Log10(Math.Abs(value))), 0, 6);
        var rounded = Math.Round(value, decimals).ToString("N" + decimals, CultureInfo.InvariantCulture);
        return decimals > 0 ? rounded.TrimEnd('0').TrimEnd('.') : rounded;
    }

    internal static string Of(MedianInterval estimate) => estimate.Count <= 1
        ? Plain(estimate.Median)
        : $"{Plain(estimate.Median)} ({Plain(estimate.Low)} to {Plain(estimate.High)})";
}
