using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using ConcurrencyLab.Benchmarks.Report;
using Perfolizer.Horology;

namespace ConcurrencyLab.Benchmarks.Parts;

/// <summary>Does the lab measure what is there? The same delegates beside BenchmarkDotNet, and waits whose length is known.</summary>
internal static class Truth
{
    private const int Rounds = 7;
    private const int KnownMilliseconds = 100;

    private static readonly MeasureOptions Care = new() { RecordSpans = false, Budget = TimeSpan.FromSeconds(1), MinRepeats = 7, MaxRepeats = 15 };

    internal static async Task<Part> MeasureAsync()
    {
        var figures = new List<Finding>();
        var perMillisecond = Calibrate();
        foreach (var (name, milliseconds) in new[] { ("1 µs of computing", 0.001), ("1 ms of computing", 1), ("100 ms of computing", 100.0) })
        {
            var steps = Math.Max(1, (int)(perMillisecond * milliseconds));
            figures.Add(await BesideAsync(name, () => Spin(steps)));
        }

        using var shop = CoffeeShop.Open(ms: KnownMilliseconds, jitter: 0);
        figures.Add(await KnownAsync("Thread.Sleep(100)", Run.As("wait", () => Thread.Sleep(KnownMilliseconds))));
        figures.Add(await KnownAsync("Task.Delay(100)", Run.As("wait", () => Task.Delay(KnownMilliseconds))));
        figures.Add(await KnownAsync("an order of 100 ms", Run.As("wait", () => shop.Order(1))) with { Aim = null });
        return new Part("truth", "does the lab measure what is there?", figures,
            [
                $"Computing: one delegate, measured {Rounds} times in turn by the lab (`Compare.Runs`) and by BenchmarkDotNet inside this process (which takes its own overhead off).",
                "Waits: a timer of the system never wakes early, so a little over 1 is right. An order takes its wait and its way through HTTP, so its length is not known and it has no aim.",
            ], []);
    }

    private static async Task<Finding> BesideAsync(string what, Action work)
    {
        List<double> ours = [], peers = [];
        for (var round = 0; round < Rounds; round++)
        {
            ours.Add((await Compare.Runs(what, Care, Run.As("work", work))).Baseline.Wall.Median);
            peers.Add(SameWork.Measure(work));
        }

        return Finding.Beside(what, Units.Milliseconds, ours, "BenchmarkDotNet", peers, Aim.Within(0.03));
    }

    private static async Task<Finding> KnownAsync(string what, Run wait)
    {
        var measured = (await Compare.Runs(what, Care with { Budget = TimeSpan.FromSeconds(3) }, wait)).Baseline.Samples.Select(sample => sample.WallMilliseconds).ToList();
        return Finding.Beside(what, Units.Milliseconds, measured, "its known length", [.. measured.Select(_ => (double)KnownMilliseconds)], Aim.Within(0.01));
    }

    private static double Calibrate()
    {
        const int Steps = 10_000_000;
        var best = double.MaxValue;
        for (var i = 0; i < 10; i++)
        {
            var began = System.Diagnostics.Stopwatch.GetTimestamp();
            Spin(Steps);
            best = Math.Min(best, System.Diagnostics.Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        return Steps / best;
    }

    /// <summary>A chain of multiplications that no compiler shortens: each needs the one before. Constants: Knuth's MMIX generator.</summary>
    private static void Spin(int steps)
    {
        var value = _last;
        for (var i = 0; i < steps; i++)
        {
            value = value * 6364136223846793005 + 1442695040888963407;
        }

        _last = value;
    }

    private static ulong _last = 1;
}

/// <summary>BenchmarkDotNet's view of a delegate. It derives a class from this one, so this one is public.</summary>
public class SameWork
{
    private static Action _work = () => { };
    private readonly Action _own = _work;

    /// <summary>What is measured.</summary>
    [Benchmark]
    public void Invoke() => _own();

    internal static double Measure(Action work)
    {
        _work = work;
        var folder = Directory.CreateTempSubdirectory("benchmarkdotnet-");
        try
        {
            var job = Job.Default.WithToolchain(InProcessEmitToolchain.DontLogOutput)
                .WithWarmupCount(2).WithIterationCount(9).WithIterationTime(TimeInterval.FromMilliseconds(150));
            var config = ManualConfig.CreateEmpty().AddJob(job).AddLogger(NullLogger.Instance)
                .WithOptions(ConfigOptions.DisableLogFile | ConfigOptions.DisableOptimizationsValidator).WithArtifactsPath(folder.FullName);
            var summary = BenchmarkRunner.Run<SameWork>(config);
            return summary.Reports is [{ ResultStatistics: { } statistics }]
                ? statistics.Median / 1e6
                : throw new InvalidOperationException($"BenchmarkDotNet measured nothing: {string.Join("; ", summary.ValidationErrors.Select(error => error.Message))}");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
