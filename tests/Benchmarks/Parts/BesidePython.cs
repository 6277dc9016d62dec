using ConcurrencyLab.Benchmarks.Peers;
using ConcurrencyLab.Benchmarks.Report;

namespace ConcurrencyLab.Benchmarks.Parts;

/// <summary>The same algorithms in CPython, on one core and on all of them.</summary>
internal static class BesidePython
{
    private const int Rounds = 3;

    internal static async Task<Part> MeasureAsync()
    {
        const string Question = "how much faster than the same algorithm in Python?";
        if (BenchmarkPeers.CPython.Path is null)
        {
            return new Part("python", Question, [], [BenchmarkPeers.CPython.Line], []);
        }

        var photograph = Path.GetTempFileName();
        try
        {
            Works.SavePhotograph(photograph);
            List<Finding> figures =
            [
                .. await MeasureAsync(Works.Primality(16), "primality.py", workers => new { items = 16, workers }, (mine, theirs) => mine == theirs),
                .. await MeasureAsync(Works.Image(4), "blur.py", workers => new { items = 4, path = photograph, workers }, Near(1e-3)),
                .. await MeasureAsync(Works.Planets(8), "planets.py", workers => new { items = 8, steps = Works.Steps, workers }, Near(1e-9)),
            ];
            return new Part("python", Question, figures,
                [
                    "Sequential beside sequential, and `Parallel.ForEach` beside `multiprocessing.Pool.map` (whose processes are started for the call, as its users write it).",
                    "Answers are compared: the primes exactly, orbits to a billionth, the picture to a thousandth (single beside double precision).",
                ], []);
        }
        finally
        {
            File.Delete(photograph);
        }
    }

    private static async Task<IReadOnlyList<Finding>> MeasureAsync<TItem, TResult>(
        Work<TItem, TResult> work, string script, Func<int, object> arguments, Func<double, double, bool> same)
    {
        var care = new MeasureOptions { RecordSpans = false, MinRepeats = Rounds, MaxRepeats = Rounds, Budget = TimeSpan.FromMinutes(5) };
        var (items, todo) = (work.Items, work.Do);
        var mine = items.Select(item => Convert.ToDouble(todo(item), null)).ToArray();
        var theirs = (await Python.Run<double[]>(script, arguments(0))).Value;
        if (mine.Length != theirs.Length || mine.Zip(theirs).Any(pair => !same(pair.First, pair.Second)))
        {
            throw new InvalidOperationException($"{work.Name}: Python answers otherwise, {string.Join(", ", theirs.Take(3))} instead of {string.Join(", ", mine.Take(3))}.");
        }

        // Python's answers differ from ours in the last digits and were compared above.
        var comparison = await Compare.Runs(work.Name, care,
            Run.As("sequential", () => { Sequential.Map(items, todo); }),
            Run.As("parallel", () => { ParallelForEach.Map(items, todo); }),
            Run.Python("Python sequential", script, arguments(0)),
            Run.Python("Python processes", script, arguments(Environment.ProcessorCount)));
        return
        [
            Beside("sequential", "sequential", "Python sequential"),
            Beside("on all cores", "parallel", "Python processes"),
        ];

        Finding Beside(string what, string ours, string peer) => Finding.Beside($"{work.Name}, {what}", Units.Milliseconds,
            Walls(comparison, ours), BenchmarkPeers.CPython.Version!, Walls(comparison, peer), Aim.AtLeast(10), peerOverOurs: true);
    }

    private static List<double> Walls(Comparison comparison, string run) => comparison[run] is { Succeeded: true } measured
        ? [.. measured.Samples.Select(sample => sample.WallMilliseconds)]
        : throw new InvalidOperationException($"{run}: {comparison[run].Failure}");

    private static Func<double, double, bool> Near(double share) => (mine, theirs) => Math.Abs(mine - theirs) <= share * Math.Abs(mine);
}
