using System.Runtime.CompilerServices;

namespace ConcurrencyLab;

/// <summary>Refuses sizes that make no sense.</summary>
internal static class Sensible
{
    /// <summary>The value itself.</summary>
    /// <param name="value">What was asked for.</param>
    /// <param name="least">The least that makes sense.</param>
    /// <param name="most">The most that does.</param>
    /// <param name="rule">Says so, in a sentence.</param>
    /// <param name="name">The parameter that it came in.</param>
    /// <exception cref="ArgumentOutOfRangeException">It lies outside, or is no number.</exception>
    public static T Within<T>(this T value, T least, T most, string rule, [CallerArgumentExpression(nameof(value))] string name = "")
        where T : IComparable<T>
        => value.CompareTo(least) >= 0 && value.CompareTo(most) <= 0 ? value : throw new ArgumentOutOfRangeException(name, value, rule);
}
