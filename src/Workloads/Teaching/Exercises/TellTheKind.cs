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
        attempt =>
        {
            const string Waits = "for most of the time no core worked, so it waits",
                Computes = "a core worked all the time, or several did, so it computes",
                Both = "a core worked for half the time, so it is both";
            (string What, double Wall, double Processor, string Kind, string Why)[] works =
            [
                ("A download", 1000, 12, "waits", Waits),
                ("A sum over an array", 1000, 995, "computes", Computes),
                ("A short download", 8, 0.2, "waits", Waits),
                ("A short sum", 0.02, 0.02, "computes", Computes),
                ("A sum on eight cores", 100, 760, "computes", Computes),
                ("A page that is fetched and then parsed", 200, 100, "both", Both),
                ("A sleep of an hour", 3_600_000, 1, "waits", Waits),
                ("A large file from a slow disk", 500, 150, "waits", "a core worked for less than a third of the time, so it waits"),
                ("A query and its table", 500, 180, "both", "a core worked for more than a third of the time and less than two thirds, so it is both"),
                ("A long parse of a small page", 500, 315, "both", "a core worked for more than a third of the time and less than two thirds, so it is both"),
                ("An encryption of a file", 500, 350, "computes", "a core worked for more than two thirds of the time, so it computes"),
                ("A work too short for the clock", 0, 0, "computes", Computes),
            ];
            foreach (var (what, wall, processor, kind, why) in works)
            {
                var said = attempt(wall, processor);
                var figures = FormattableString.Invariant($"{what} took {wall} ms on the wall and {processor} ms of processor time");
                if (said is not ("waits" or "computes" or "both")) return $"{figures}; you said \"{said}\" instead of \"waits\", \"computes\" or \"both\".";
                // What is too short to tell is not worth sharing out, as little as what computes; any answer but an error will do.
                if (wall > 0 && said != kind) return $"{figures}: {why}, but you said \"{said}\".";
            }

            return null;
        });
}
