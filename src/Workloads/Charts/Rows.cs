namespace ConcurrencyLab;

/// <summary>
/// Charts of named rows: the name stands above its bar, not beside it, so that neither a long name nor a narrow page
/// takes room from the bars.
/// </summary>
internal static class Rows
{
    /// <summary>Height of one row in CSS pixels.</summary>
    public const int Height = 46;

    /// <summary>Thickness of a bar as a share of its row.</summary>
    public const double Bar = 0.42;

    /// <summary>Bars hang low in their rows: the words stand above.</summary>
    public const double Offset = 0.22;

    /// <summary>Where the middle of a row's bar lies.</summary>
    public static double At(int row) => row + Offset;

    /// <summary>Letters that stand beside each other on a page 400 CSS pixels wide.</summary>
    private const int Letters = 60;

    /// <summary>A row's name and its figure, above its bar; the name gives way.</summary>
    public static Note Heading(int row, string name, string figure) =>
        new(0, row + Offset - Bar / 2 - 0.03, Quantity.Short(name, Math.Clamp(Letters - figure.Length, 16, 34)), figure) { AtLeftEdge = true, Vertical = Align.End };

    /// <summary>Unit in which times up to this many milliseconds are best read, and how many of them are one millisecond.</summary>
    public static (string Unit, double PerMillisecond) Unit(double largestMilliseconds) => largestMilliseconds switch
    {
        <= 0 => ("ms", 1),
        < 0.9995 => ("µs", 1000),
        < 9999.5 => ("ms", 1),
        _ => ("s", 0.001),
    };

    /// <summary>The subtitle's common end: how many repeats the figures were made from.</summary>
    public static string Repeats(IEnumerable<Estimate> estimates)
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
}
