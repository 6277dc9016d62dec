namespace ConcurrencyLab;

/// <summary>A median and how sure it is.</summary>
/// <param name="Median">The middle value.</param>
/// <param name="Low">Lower end of the interval around it.</param>
/// <param name="High">Upper end of the interval around it.</param>
/// <param name="Confidence">Chance, between 0 and 1, that the interval holds the true median; few repeats give less than 0.95.</param>
/// <param name="Count">How many values it was made from.</param>
public readonly record struct MedianInterval(double Median, double Low, double High, double Confidence, int Count)
{
    /// <summary>Of nothing that was measured: no bound is met by it.</summary>
    public static MedianInterval None { get; } = new(double.NaN, double.NaN, double.NaN, 0, 0);

    /// <summary>Half the interval's width as a share of the median; 0 when all values agree.</summary>
    public double RelativeSpread => Median == 0 ? 0 : (High - Low) / 2 / Math.Abs(Median);

    /// <summary>
    /// Median with the distribution-free interval between two order statistics: no assumption about the shape of the
    /// noise, which on a busy machine is never a bell. Interval and confidence: Hollander and Wolfe, <i>Nonparametric
    /// Statistical Methods</i>, section 3.6.
    /// </summary>
    /// <param name="values">At least one value, in any order.</param>
    /// <param name="confidence">Wanted confidence; the widest interval is given when there are too few values for it.</param>
    /// <exception cref="ArgumentException">There are no values.</exception>
    public static MedianInterval Of(IEnumerable<double> values, double confidence = 0.95)
    {
        var sorted = values.Order().ToArray();
        if (sorted.Length == 0)
        {
            throw new ArgumentException("A median needs at least one value.", nameof(values));
        }

        var count = sorted.Length;
        var median = count % 2 == 1 ? sorted[count / 2] : (sorted[count / 2 - 1] + sorted[count / 2]) / 2;
        // The interval from the k-th smallest to the k-th largest value misses the median with chance 2 P(B < k), B ~ Binomial(n, 1/2).
        var rank = 0;
        var miss = 2 * Math.Pow(0.5, count);
        var term = Math.Pow(0.5, count);
        while (rank + 1 < count / 2)
        {
            term *= (double)(count - rank) / (rank + 1);
            if (miss + 2 * term > 1 - confidence)
            {
                break;
            }

            miss += 2 * term;
            rank++;
        }

        return new MedianInterval(median, sorted[rank], sorted[count - 1 - rank], count == 1 ? 0 : 1 - miss, count);
    }
}
