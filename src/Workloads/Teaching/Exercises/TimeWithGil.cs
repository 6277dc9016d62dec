using System.Globalization;

namespace ConcurrencyLab;

public static partial class Exercises
{
    /// <summary>Chapter 09: how long several threads take with one lock and without.</summary>
    public static Exercise<Func<int, double, double, int, bool, double>> TimeWithGil { get; } = new(
        "09-2",
        "All waits pass at the same time: once wait. With a lock, the threads then compute one after the other. Without, as many at once as there are cores, so in ceil(threads / cores) rounds.",
        """
        double TimeNeeded(int threads, double wait, double compute, int cores, bool gil)
        {
            var rounds = gil ? threads : Math.Ceiling(threads / (double)cores);
            return wait + rounds * compute;
        }

        await Exercises.TimeWithGil.Check(TimeNeeded)
        """,
        attempt =>
        {
            (int Threads, double Wait, double Compute, int Cores, bool Gil, double Needed)[] cases =
            [
                (1, 100, 10, 4, true, 110),
                (4, 0, 10, 4, true, 40),
                (4, 0, 10, 4, false, 10),
                (4, 100, 10, 4, true, 140),
                (4, 100, 10, 4, false, 110),
                (5, 0, 10, 4, false, 20),
                (1000, 100, 0, 2, true, 100),
                (16, 50, 1, 8, true, 66),
                (16, 50, 1, 8, false, 52),
            ];
            foreach (var (threads, wait, compute, cores, gil, needed) in cases)
            {
                var answer = attempt(threads, wait, compute, cores, gil);
                if (!(Math.Abs(answer - needed) < 1e-6))
                {
                    return string.Create(CultureInfo.InvariantCulture,
                        $"{threads} threads, each waits {wait} ms and then computes {compute} ms, {cores} cores, {(gil ? "with" : "without")} a GIL: it says {answer} ms, but they need {needed} ms.");
                }
            }

            return null;
        });
}
