namespace ConcurrencyLab;

/// <summary>What medians and their intervals say, in words.</summary>
internal static class Wording
{
    /// <summary>The subtitle's common end: how many repeats the figures were made from.</summary>
    public static string Repeats(IEnumerable<MedianInterval> estimates)
    {
        var all = estimates.Where(estimate => estimate.Count > 0).ToList();
        if (all.Count == 0)
        {
            return "nothing was measured";
        }

        var (fewest, most) = (all.Min(estimate => estimate.Count), all.Max(estimate => estimate.Count));
        if (most == 1)
        {
            return "one repeat";
        }

        var confidence = all.Where(estimate => estimate.Count > 1).Min(estimate => estimate.Confidence);
        var repeats = fewest == most ? $"{most}" : $"{fewest} to {most}";
        return $"median of {repeats}, whiskers: {Math.Floor(confidence * 100)} % interval";
    }

    /// <summary>A speed-up in words: <c>6.1× faster</c>, <c>1.3× slower</c>, <c>about as fast</c>.</summary>
    /// <param name="speedUp">How many times faster, repeat by repeat: a small difference that the repeats do not agree on is none.</param>
    public static string Faster(MedianInterval speedUp) => speedUp switch
    {
        { Median: <= 0 or double.NaN } => "not comparable",
        { Median: >= 0.95 and <= 1.05 } or { Median: > 0.8 and < 1.25, Low: <= 1, High: >= 1 } => "about as fast",
        { Median: < 1 } => Quantity.Times(1 / speedUp.Median) + " slower",
        _ => Quantity.Times(speedUp.Median) + " faster",
    };
}
