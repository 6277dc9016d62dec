using System.Collections;

namespace ConcurrencyLab;

/// <summary>Compares the answers of two runs.</summary>
internal static class Answers
{
    // Adding doubles in another order changes the last bits; anything beyond that is another answer.
    private const double RoundingTolerance = 1e-9;

    /// <summary>True when two answers are the same: part by part for sequences, by value for the rest.</summary>
    internal static bool Same(object? left, object? right) => (left, right) switch
    {
        (null, null) => true,
        (null, _) or (_, null) => false,
        (string a, string b) => a == b,
        (double a, double b) => Close(a, b),
        (float a, float b) => Close(a, b),
        _ when Parts(left) is { } a && Parts(right) is { } b =>
            a.Count == b.Count && a.Zip(b).All(pair => Same(pair.First, pair.Second)),
        _ => left.Equals(right),
    };

    private static List<object?>? Parts(object answer) => answer switch
    {
        IAnswer parts => [.. parts.Parts],
        string => null,
        IEnumerable sequence => [.. sequence.Cast<object?>()],
        _ => null,
    };

    private static bool Close(double a, double b) =>
        a.Equals(b) || Math.Abs(a - b) <= RoundingTolerance * Math.Max(Math.Abs(a), Math.Abs(b));
}
