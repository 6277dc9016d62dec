namespace ConcurrencyLab.Interleavings;

/// <summary>How often a program broke when only the operating system scheduled it.</summary>
/// <param name="Program">The program's name.</param>
/// <param name="Threads">Threads that ran it.</param>
/// <param name="Asked">Runs that were asked for.</param>
/// <param name="Runs">Runs that fitted into the time.</param>
/// <param name="Broken">Runs after which a check did not hold.</param>
/// <param name="Threw">Runs in which a task threw.</param>
/// <param name="Hung">Runs that stood still for a quarter of a second and were ended by force.</param>
/// <param name="First">The first of them that failed, counted from 1; null when none did.</param>
/// <param name="Elapsed">Time for all runs, building them included.</param>
[TypeFormatterSource(MimeTypes.Markdown, MimeTypes.Plain)]
public sealed record StressTestResult(string Program, int Threads, int Asked, int Runs, int Broken, int Threw, int Hung, int? First, TimeSpan Elapsed) : IMimeBundle
{
    /// <summary>Runs that went wrong in one way or another.</summary>
    public int Failures => Broken + Threw + Hung;

    /// <summary>As a paragraph of Markdown.</summary>
    public string ToMarkdown() => MarkdownText.Escape(ToString());

    /// <summary>The figures in a sentence.</summary>
    public override string ToString()
    {
        var fitted = Runs < Asked ? $" (of {Quantity.Count(Asked)}: no more fitted into the time)" : "";
        string[] ways = [.. new[] { (Broken, "broke"), (Threw, "threw"), (Hung, "hung") }.Where(way => way.Item1 > 0).Select(way => $"{Quantity.Count(way.Item1)} {way.Item2}")];
        var verdict = Failures == 0 ? "not one went wrong" : $"{string.Join(", ", ways)}: 1 in {Quantity.Digits((double)Runs / Failures)}, the first was number {Quantity.Count(First!.Value)}";
        return $"{Program}, for real: {Quantity.Count(Runs, "run")}{fitted} on {Quantity.Count(Threads, "thread")} in {Quantity.Time(Elapsed.TotalMilliseconds)}, {verdict}";
    }

    string? IMimeBundle.Show(string mimeType) => mimeType switch
    {
        MimeTypes.Markdown => ToMarkdown(),
        MimeTypes.Plain => ToString(),
        _ => null,
    };
}
