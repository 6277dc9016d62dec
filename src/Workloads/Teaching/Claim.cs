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
    /// <summary>The figure as a number; null when nothing was measured.</summary>
    internal double? Ratio { get; private init; }

    /// <summary>The figure must be as large as the bound or larger.</summary>
    /// <param name="text">The sentence.</param>
    /// <param name="measured">What was measured, usually a ratio; null or not a number when it could not be.</param>
    /// <param name="bound">The bound; choose a ratio that holds on two cores and on sixty-four.</param>
    /// <param name="unit">Unit of both, <c>×</c> for a ratio.</param>
    /// <param name="otherwise">The likely reason when it does not hold.</param>
    /// <param name="of">The run that the figure is of, so that a saved one is told apart from one measured here.</param>
    public static Claim AtLeast(string text, double? measured, double bound, string unit = "×", string? otherwise = null, RunResult? of = null) =>
        Marked(Make(text, measured, bound, "at least", measured >= bound, unit, otherwise), of);

    /// <summary>The figure must be as small as the bound or smaller.</summary>
    /// <inheritdoc cref="AtLeast"/>
    public static Claim AtMost(string text, double? measured, double bound, string unit = "×", string? otherwise = null, RunResult? of = null) =>
        Marked(Make(text, measured, bound, "at most", measured <= bound, unit, otherwise), of);

    /// <summary>Speed-up of one run over another, repeat by repeat when one of them is the baseline.</summary>
    public static Claim Faster(string text, Comparison comparison, string run, string than, double atLeast, string? otherwise = null)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        var (one, other) = (comparison[run], comparison[than]);
        if (!one.Succeeded || !other.Succeeded)
        {
            return new Claim(text, "not measured", "at least " + Show(atLeast, "×"), false, one.Failure ?? other.Failure);
        }

        if (one.Agreement == Agreement.Different || other.Agreement == Agreement.Different)
        {
            return new Claim(text, "another answer", "at least " + Show(atLeast, "×"), false, "A way that gives another answer than the sequential one has no speed worth comparing.");
        }

        var ratio = comparison.IsBaseline(other) && one.ComparedTo == other.ComparedTo ? one.SpeedUp!.Value.Median : other.Wall.Median / one.Wall.Median;
        return Marked(AtLeast(text, ratio, atLeast, "×", otherwise), one, other);
    }

    /// <summary>One run is no faster than another, or not by much: as <see cref="Faster"/>, from above.</summary>
    public static Claim NotFaster(string text, Comparison comparison, string run, string than, double atMost, string? otherwise = null)
    {
        var ratio = Faster(text, comparison, run, than, atMost, otherwise);
        return ratio.Ratio is not { } value ? ratio with { Bound = "at most " + Show(atMost, "×") }
            : Marked(AtMost(text, value, atMost, "×", otherwise), comparison[run], comparison[than]);
    }

    /// <summary>Saved figures are told apart from what was measured here.</summary>
    private static Claim Marked(Claim claim, params RunResult?[] runs) =>
        runs.All(run => run?.SavedFrom is null) ? claim : claim with { Measured = claim.Measured + " (saved)" };

    private static Claim Make(string text, double? measured, double bound, string relation, bool holds, string unit, string? otherwise)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        var known = measured is { } value && double.IsFinite(value);
        return new Claim(
            text,
            known ? Show(measured!.Value, unit) : "not measured",
            $"{relation} {Show(bound, unit)}",
            known && holds,
            known && holds ? null : known ? otherwise : "Nothing was measured: run the cells above first.")
        {
            Ratio = known ? measured : null,
        };
    }

    private static string Show(double value, string unit) => value.ToString(
        Math.Abs(value) switch
        {
            // A two-hundredth is not nothing.
            > 0 and < 0.0995 => "G2",
            < 9.95 => "0.0#",
            _ => "#,0",
        },
        CultureInfo.InvariantCulture) + (unit.Length == 0 ? "" : " " + unit);
}
