using System.Collections.Concurrent;
using ConcurrencyLab.Lab.Claims;
using ConcurrencyLab.Lab.Execution;
using ConcurrencyLab.Lab.Files;
using ConcurrencyLab.Lab.Notebooks;

// Chapters measure: two at once would measure each other.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
[assembly: AssemblyFixture(typeof(ConcurrencyLab.Tests.Chapters))]

namespace ConcurrencyLab.Tests;

/// <summary>The chapters of the repository, each run for all tests in a process of .NET Interactive's engine.</summary>
public sealed class Chapters
{
    private const string MeasureSeconds = "CONCURRENCYLAB_MEASURE_SECONDS";
    private static readonly TimeSpan CellLimit = TimeSpan.FromMinutes(2);
    private readonly ConcurrentDictionary<string, Lazy<Task<ChapterLooks<ChapterOutcome>>>> _runs = new(StringComparer.Ordinal);

    /// <summary>The chapters' names, for theories.</summary>
    public static TheoryData<string> Names => [.. Directory.EnumerateFiles(Paths.Notebooks, "*.ipynb").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    /// <summary>The notebook as it is committed.</summary>
    public static Notebook Read(string name) => Notebook.Read(Path.Combine(Paths.Notebooks, name + ".ipynb"));

    /// <summary>What running the chapter gave.</summary>
    internal Task<ChapterLooks<ChapterOutcome>> RunAsync(string name) => _runs.GetOrAdd(name, key => new Lazy<Task<ChapterLooks<ChapterOutcome>>>(() => ChapterLooks<ChapterOutcome>.TakeAsync(
        seconds => RunOnceAsync(Read(key), seconds),
        run => run.Failure is null ? Claim.Of(run.Executed).Select(claim => (claim.Holds, $"{claim.Text}: {claim.Measured}, bound {claim.Bound} {claim.Reason}")) : null))).Value;

    private static Task<ChapterOutcome> RunOnceAsync(Notebook chapter, string? seconds)
    {
        Environment.SetEnvironmentVariable(MeasureSeconds, seconds);
        return ChapterRun.ExecuteAsync(chapter, CellLimit, _ => { }, TestContext.Current.CancellationToken, program: Engine.DotnetInteractive);
    }
}
