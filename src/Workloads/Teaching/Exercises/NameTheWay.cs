using System.Globalization;

namespace ConcurrencyLab;

public static partial class Exercises
{
    /// <summary>Chapter 11: tell from three figures how a program was run.</summary>
    public static Exercise<Func<int, int, double, string>> NameTheWay { get; } = new(
        "11-1",
        "How many items were in flight? One: sequential. Several on a single thread: async. Several threads: then look whether they kept the cores busy or stood and waited.",
        """
        string NameTheWay(int threads, int inFlight, double busyCores)
        {
            if (inFlight == 1) return "sequential";
            if (threads == 1) return "async";
            return busyCores < 0.5 ? "threads" : "parallel";
        }

        await Exercises.NameTheWay.Check(NameTheWay)
        """,
        async attempt =>
        {
            var shop = CoffeeShop.Open(ms: 120);
            var orders = shop.Orders(6);
            var set = new Mandelbrot(width: 240, height: 120, iterations: 10_000);
            // More than there are cores: beside busy programs they still get some cores' worth of time.
            var workers = Math.Clamp(4 * Environment.ProcessorCount, 4, 16);
            var runs = await Compare.Runs(
                "name the way",
                new MeasureOptions { MinRepeats = 1, MaxRepeats = 1 },
                Run.As("sequential", () => { orders.Take(3).Select(shop.Order).ToArray(); }),
                Run.As("async", () => { EventLoop.Run(() => Task.WhenAll(orders.Select(shop.OrderAsync))); }),
                Run.As("threads", () => { ThreadPerItem.Map(orders, shop.Order); }),
                Run.As("parallel", () => { FixedThreads.Map(set.Rows, set.Compute, workers); })).ConfigureAwait(false);
            foreach (var run in runs.Runs)
            {
                if (!run.Succeeded || run.Timeline is not { } timeline)
                {
                    return $"The program \"{run.Name}\" could not be run here: {run.Failure ?? "nothing was recorded"}";
                }

                var (threads, inFlight, busy) = (timeline.PeakThreads, timeline.PeakInFlight, run.CpuUtilization);
                var answer = attempt(threads, inFlight, busy);
                if (!string.Equals(answer?.Trim(), run.Name, StringComparison.OrdinalIgnoreCase))
                {
                    var wrong = string.Create(CultureInfo.InvariantCulture,
                        $"A program just ran on {Quantity.Count(threads, "thread")}, had up to {Quantity.Count(inFlight, "item")} in flight and kept {busy:0.00} cores busy. You say \"{answer}\", but it was {run.Name}.");
                    // Cores that others have are not kept busy by it.
                    return run.Name == "parallel" ? JudgeWait.UnlessBusy(wrong) : wrong;
                }
            }

            return null;
        });
}
