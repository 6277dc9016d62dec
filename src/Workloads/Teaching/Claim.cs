using System.Globalization;

namespace ConcurrencyLab;

/// <summary>A sentence that a chapter claims, checked against what was just measured on the user's machine.</summary>
/// <param name="Text">The sentence.</param>
/// <param name="Measured">The figure with its unit, as shown.</param>
/// <param name="Bound">What the figure must meet, as shown.</param>
/// <param name="Holds">Whether it does.</param>
/// <param name="Reason">The likely reason when it does not hold here; null when it does or none is known.</param>
public sealed record Claim(string Text, string Measured, string Bound, bool Holds, string? Reason)
{
    /// <summary>The figure must be as large as the bound or larger.</summary>
    /// <param name="text">The sentence.</param>
    /// <param name="measured">What was measured, usually a ratio; null or not a number when it could not be.</param>
    /// <param name="bound">The bound; choose a ratio that holds on two cores and on sixty-four.</param>
    /// <param name="unit">Unit of both, <c>×</c> for a ratio.</param>
    /// <param name="otherwise">The likely reason when it does not hold.</param>
    /// <param name="of">The run that the figure is of, so that a saved one is told apart from one measured here.</param>
    public static Claim AtLeast(string text, double? measured, double bound, string unit = "×", string? otherwise = null, RunResult? of = null) =>
        Make(text, measured, bound, isLowest: true, unit, otherwise, of);

    /// <summary>The figure must be as small as the bound or smaller.</summary>
    /// <inheritdoc cref="AtLeast"/>
    public static Claim AtMost(string text, double? measured, double bound, string unit = "×", string? otherwise = null, RunResult? of = null) =>
        Make(text, measured, bound, isLowest: false, unit, otherwise, of);

    /// <summary>Speed-up of one run over another, repeat by repeat when one of them is the baseline.</summary>
    public static Claim Faster(string text, Comparison comparison, string run, string than, double atLeast, string? otherwise = null) =>
        SpeedUp(text, comparison, run, than, atLeast, isLowest: true, otherwise);

    /// <summary>One run is no faster than another, or not by much: as <see cref="Faster"/>, from above.</summary>
    public static Claim NotFaster(string text, Comparison comparison, string run, string than, double atMost, string? otherwise = null) =>
        SpeedUp(text, comparison, run, than, atMost, isLowest: false, otherwise);

    private static Claim SpeedUp(string text, Comparison comparison, string run, string than, double bound, bool isLowest, string? otherwise)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        var (one, other) = (comparison[run], comparison[than]);
        if (!one.Succeeded || !other.Succeeded)
        {
            return new Claim(text, "not measured", Show(bound, isLowest, "×"), false, one.Failure ?? other.Failure);
        }

        if (one.Agreement == Agreement.Different || other.Agreement == Agreement.Different)
        {
            return new Claim(text, "another answer", Show(bound, isLowest, "×"), false, "A way that gives another answer than the sequential one has no speed worth comparing.");
        }

        var ratio = comparison.IsBaseline(other) && one.ComparedTo == other.ComparedTo ? one.SpeedUp!.Value.Median : other.Wall.Median / one.Wall.Median;
        return Make(text, ratio, bound, isLowest, "×", Disturbed(comparison) ?? otherwise, one, other);
    }

    private static string? Disturbed(Comparison comparison) => Quiet.Warning(comparison.BusyBeside) is { } warning ? $"S{warning[1..]}: restart the notebook." : null;

    private static Claim Make(string text, double? measured, double bound, bool isLowest, string unit, string? otherwise, params RunResult?[] of)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        var isMeasured = measured is { } number && double.IsFinite(number);
        var holds = isMeasured && (isLowest ? measured >= bound : measured <= bound);
        var figure = isMeasured ? Show(measured!.Value, unit, holds ? null : bound) : null;
        // Saved figures are told apart from what was measured here.
        var saved = of.Any(run => run?.SavedFrom is not null) ? " (saved)" : "";
        return new Claim(
            text,
            (figure ?? "not measured") + saved,
            Show(bound, isLowest, unit),
            holds,
            holds ? null : figure is null ? of.Select(run => run?.Failure).FirstOrDefault(failure => failure is not null) ?? "Nothing was measured: the run failed, or the cells above have not run." : otherwise);
    }

    private static string Show(double bound, bool isLowest, string unit) => (isLowest ? "at least " : "at most ") + Show(bound, unit);

    /// <summary>With the digits that matter, and with more where rounding would make a figure that misses its bound look as if it met it.</summary>
    private static string Show(double value, string unit, double? missed = null)
    {
        var format = Math.Abs(value) switch
        {
            // A two-hundredth is not nothing.
            > 0 and < 0.0995 => "G2",
            < 9.95 => "0.0#",
            _ => "#,0",
        };
        string Text(double number, string digits) => number.ToString(digits, CultureInfo.InvariantCulture);
        for (var digits = 3; missed is { } bound && digits <= 17 && Text(value, format) == Text(bound, format); digits++)
        {
            format = $"G{digits}";
        }

        return Text(value, format) + (unit.Length == 0 ? "" : " " + unit);
    }
}
