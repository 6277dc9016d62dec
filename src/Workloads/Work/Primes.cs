namespace ConcurrencyLab;

/// <summary>
/// Work that computes: are these twenty numbers prime? Trial division, on purpose the slow way. Numbers and algorithm are those
/// of <i>Fluent Python</i>, 2nd ed., chapter 19 (<c>primes.py</c>), so that timings can be compared with Python's.
/// <code>var answers = Primes.Numbers.Select(Primes.IsPrime);</code>
/// </summary>
public static class Primes
{
    /// <summary>
    /// The twenty numbers, from an instant to the most costly: a prime near 10¹⁶ takes 50 million divisions (about 0.2 s), a
    /// number with a small divisor almost none. So the items differ a thousandfold, which is what makes sharing them out a problem.
    /// </summary>
    public static IReadOnlyList<long> Numbers { get; } =
    [
        2, 142702110479723, 299593572317531, 3333333333333301, 3333333333333333, 3333335652092209, 4444444444444423,
        4444444444444444, 4444444488888889, 5555553133149889, 5555555555555503, 5555555555555555, 6666666666666666,
        6666666666666719, 6666667141414921, 7777777536340681, 7777777777777753, 7777777777777777, 9999999999999917,
        9999999999999999,
    ];

    /// <summary>Whether <paramref name="number"/> is prime. Cost: up to √number / 2 divisions.</summary>
    public static bool IsPrime(long number)
    {
        using var span = Spans.Item(number);
        if (number < 2) return false;
        if (number == 2) return true;
        if (number % 2 == 0) return false;
        var root = SquareRoot(number);
        for (long divisor = 3; divisor <= root; divisor += 2)
        {
            if (number % divisor == 0) return false;
        }
        return true;
    }

    /// <summary>How many of the numbers are prime: one parcel of work instead of many, when the journey to a worker costs more than a number.</summary>
    public static int Count(long[] numbers)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        return numbers.Count(IsPrime);
    }

    /// <summary>The first primes above a number: as many as asked for, each about as costly as the others.</summary>
    /// <param name="number">Where to begin; the cost of each grows with its square root.</param>
    /// <param name="count">How many.</param>
    /// <exception cref="ArgumentOutOfRangeException">A negative count, or a number of 10¹⁸ or more, which would take minutes.</exception>
    public static long[] After(long number, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(number, 1_000_000_000_000_000_000);
        var primes = new List<long>(count);
        for (var next = Math.Max(number, 1) + 1; primes.Count < count; next++)
        {
            if (IsPrime(next)) primes.Add(next);
        }

        return [.. primes];
    }

    /// <summary>The largest whole number whose square is at most <paramref name="number"/>.</summary>
    internal static long SquareRoot(long number)
    {
        var root = (long)Math.Sqrt(number);
        // A double has 53 bits: above that its root may be one off in either direction.
        while (root > 0 && root > number / root) root--;
        while (root + 1 <= number / (root + 1)) root++;
        return root;
    }
}
