namespace ConcurrencyLab;

/// <summary>The same work, run in several ways and measured in turn: what travels from a cell to its picture.</summary>
/// <param name="Title">What was compared, for example <c>40 orders of 50 ms</c>.</param>
/// <param name="Runs">In the order in which the user named them; the first one is the baseline.</param>
/// <param name="Machine">Where it was measured.</param>
/// <param name="Cost">What measuring itself costs.</param>
[TypeFormatterSource(MimeTypes.Plotly, MimeTypes.Png, MimeTypes.Plain)]
public sealed record Comparison(
    string Title,
    IReadOnlyList<RunResult> Runs,
    Machine Machine,
    MeasuringCost Cost)
{
    /// <summary>The run that the others are compared to: the first one.</summary>
    public RunResult Baseline => Runs[0];

    /// <summary>Whether others are compared to this run: the first one, or the first of its language.</summary>
    public bool IsBaseline(RunResult run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return string.Equals(run.Name, run.ComparedTo ?? Baseline.Name, StringComparison.Ordinal);
    }

    /// <summary>
    /// How many cores something else in this process kept busy when measuring began, which all figures suffer from: a loop
    /// that an earlier cell left behind, say. 0 when it was quiet.
    /// </summary>
    public double BusyBeside { get; init; }

    /// <summary>The line under a chart's title: cores, runtime, where they took part Pythons with the origin of saved figures, and whether something disturbed.</summary>
    internal string Where => string.Join(", ", [Machine.Subtitle, .. Runs.Where(run => run.Language != RunResult.CSharp)
        .Select(run => run.Language + (run.SavedFrom is { } origin ? $" (saved: {origin})" : "")).Distinct()])
        + (Quiet.Warning(BusyBeside) is { } warning ? " · " + warning : "");

    /// <summary>The same comparison without some of its runs.</summary>
    /// <exception cref="KeyNotFoundException">No run has such a name; the message lists those that exist.</exception>
    public Comparison Without(params string[] names)
    {
        ArgumentNullException.ThrowIfNull(names);
        var left = names.Select(name => this[name]).ToList();
        return this with { Runs = [.. Runs.Where(run => !left.Contains(run))] };
    }

    /// <summary>The chart in words.</summary>
    public override string ToString() => ShownAsAttribute.Of(this)?.Show(MimeTypes.Plain) ?? Title;

    /// <summary>One run by its name.</summary>
    /// <exception cref="KeyNotFoundException">No run has that name; the message lists those that exist.</exception>
    public RunResult this[string name] => Runs.FirstOrDefault(run => string.Equals(run.Name, name, StringComparison.OrdinalIgnoreCase))
        ?? throw new KeyNotFoundException($"No run is named \"{name}\". There are: {string.Join(", ", Runs.Select(run => run.Name))}.");
}

/// <summary>What measuring itself costs, measured on this machine in this process.</summary>
/// <param name="PerRunNanoseconds">Added to each repeat's wall time.</param>
/// <param name="PerSpanNanoseconds">Added for each recorded item, enter and leave together.</param>
public sealed record MeasuringCost(double PerRunNanoseconds, double PerSpanNanoseconds);
