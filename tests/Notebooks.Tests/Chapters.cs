using System.Collections.Concurrent;
using ConcurrencyLab.Lab.Claims;
using ConcurrencyLab.Lab.Execution;
using ConcurrencyLab.Lab.Files;
using ConcurrencyLab.Lab.Notebooks;

// Chapters measure: two at once would measure each other.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
[assembly: AssemblyFixture(typeof(ConcurrencyLab.Tests.Chapters))]

namespace ConcurrencyLab.Tests;

/// <summary>The chapters of the repository, each run once for all tests.</summary>
public sealed class Chapters
{
    private const string MeasureSeconds = "CONCURRENCYLAB_MEASURE_SECONDS";
    private const int MostRuns = 3;
    private static readonly TimeSpan CellLimit = TimeSpan.FromSeconds(60);
    private readonly ConcurrentDictionary<string, Lazy<Task<ChapterRuns>>> _runs = new(StringComparer.Ordinal);

    /// <summary>The chapters' names, for theories.</summary>
    public static TheoryData<string> Names => [.. Directory.EnumerateFiles(Paths.Notebooks, "*.ipynb").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    /// <summary>Those that are run today: running all takes minutes.</summary>
    public static TheoryData<string> Today => [.. DailyShare.Of(Names.Select(row => row.Data), days: 3)];

    /// <summary>The notebook as it is committed.</summary>
    public static Notebook Read(string name) => Notebook.Read(Path.Combine(Paths.Notebooks, name + ".ipynb"));

    /// <summary>What running the chapter gave. It is run again when a claim did not hold: machines have bad moments.</summary>
    internal Task<ChapterRuns> RunAsync(string name) => _runs.GetOrAdd(name, key => new Lazy<Task<ChapterRuns>>(() => RunNowAsync(Read(key)))).Value;

    private static async Task<ChapterRuns> RunNowAsync(Notebook chapter)
    {
        var outcomes = new List<ChapterOutcome>();
        do
        {
            // A quick look first; whatever does not hold in it is measured with the usual care.
            Environment.SetEnvironmentVariable(MeasureSeconds, outcomes.Count == 0 ? "0.7" : null);
            outcomes.Add(await ChapterRun.ExecuteAsync(chapter, CellLimit, _ => { }, TestContext.Current.CancellationToken));
        }
        while (outcomes.Count < MostRuns && outcomes[^1].Failure is null && Claim.Of(outcomes[^1].Executed).Any(claim => !claim.Holds));
        Environment.SetEnvironmentVariable(MeasureSeconds, null);
        return new ChapterRuns(outcomes);
    }
}

/// <summary>The runs of a chapter; the last is the one that counts.</summary>
internal sealed record ChapterRuns(IReadOnlyList<ChapterOutcome> Outcomes)
{
    public ChapterOutcome Last => Outcomes[^1];

    /// <summary>Claims that held in none of the runs.</summary>
    public IEnumerable<string> Broken
    {
        get
        {
            var runs = Outcomes.Select(outcome => Claim.Of(outcome.Executed)).ToArray();
            return runs[^1].Where((_, index) => !runs.Any(claims => claims.ElementAtOrDefault(index) is { Holds: true }))
                .Select(claim => $"{claim.Text}: {claim.Measured}, bound {claim.Bound} {claim.Reason}");
        }
    }
}
