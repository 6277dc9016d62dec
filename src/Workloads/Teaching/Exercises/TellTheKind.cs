namespace ConcurrencyLab;

public static partial class Exercises
{
    /// <summary>Chapter 04: waits, computes or both, from the two clocks.</summary>
    public static Exercise<Func<double, double, string>> TellTheKind { get; } = new(
        "04-1",
        "Divide processor time by wall time. Near 0 it waits, near 1 (or above: several cores) it computes. What if the wall time is 0?",
        """
        string TellTheKind(double wallMs, double processorMs)
        {
            var busy = wallMs <= 0 ? 1 : processorMs / wallMs;
            return busy <= 0.33 ? "waits" : busy >= 0.67 ? "computes" : "both";
        }

        await Exercises.TellTheKind.Check(TellTheKind)
        """,
        attempt => Task.FromResult(KindsToTell().Select(work => Wrong(attempt, work.What, work.Wall, work.Processor, work.Kind)).FirstOrDefault(wrong => wrong is not null)));

    private static IEnumerable<(string What, double Wall, double Processor, string Kind)> KindsToTell() =>
    [
        ("A download", 1000, 12, "waits"),
        ("A sum over an array", 1000, 995, "computes"),
        ("A short download", 8, 0.2, "waits"),
        ("A short sum", 0.02, 0.02, "computes"),
        ("A sum on eight cores", 100, 760, "computes"),
        ("A page that is fetched and then parsed", 200, 100, "both"),
        ("A sleep of an hour", 3_600_000, 1, "waits"),
        ("A work too short for the clock", 0, 0, "computes"),
    ];

    private static string? Wrong(Func<double, double, string> attempt, string what, double wall, double processor, string kind)
    {
        var said = attempt(wall, processor);
        var figures = FormattableString.Invariant($"{what} took {wall} ms on the wall and {processor} ms of processor time");
        // What is too short to tell is not worth sharing out, as little as what computes; any answer but an error will do.
        return said is not ("waits" or "computes" or "both") ? $"{figures}; you said \"{said}\" instead of \"waits\", \"computes\" or \"both\"."
            : wall > 0 && said != kind ? $"{figures}: {Explain(kind)}, but you said \"{said}\"."
            : null;
    }

    private static string Explain(string kind) => kind switch
    {
        "waits" => "for most of the time no core worked, so it waits",
        "computes" => "a core worked all the time, or several did, so it computes",
        _ => "a core worked for half the time, so it is both",
    };
}
