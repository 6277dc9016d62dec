using System.Collections.Concurrent;
using ConcurrencyLab.Lab.Claims;
using ConcurrencyLab.Lab.Execution;
using ConcurrencyLab.Lab.Files;
using ConcurrencyLab.Lab.Notebooks;

// Chapters measure in processes of their own, and exercises in this one.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
[assembly: AssemblyFixture(typeof(ConcurrencyLab.Tests.Chapters))]

namespace ConcurrencyLab.Tests;

/// <summary>
/// The chapters of the repository, each run once for all tests. Usually three that wait, compute and start processes, some
/// at a time (half of their time they wait), each way once only: that shows that the cells run and proves no claim. Where
/// everything is asked for all of them, one after the other and with care.
/// </summary>
public sealed class Chapters : IDisposable
{
    private const string MeasureSeconds = "CONCURRENCYLAB_MEASURE_SECONDS";
    private const string Once = "0";
    private static readonly TimeSpan CellLimit = TimeSpan.FromMinutes(2);

    private readonly SemaphoreSlim _places = new(Tier.IsAll ? 1 : Environment.ProcessorCount + 1);
    private readonly ConcurrentDictionary<string, Lazy<Task<ChapterLooks<ChapterOutcome>>>> _runs = new(StringComparer.Ordinal);

    /// <summary>The chapters' names, for theories.</summary>
    public static TheoryData<string> Names => [.. Directory.EnumerateFiles(Paths.Notebooks, "*.ipynb").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    /// <summary>Those that run; the cells of the others are compiled, by a test of the kernel.</summary>
    public static TheoryData<string> Run => [.. Tier.Of(Names.Select(row => row.Data), "00-start-here", "03-processes-and-threads", "06-processes")];

    /// <summary>The notebook as it is committed.</summary>
    public static Notebook Read(string name) => Notebook.Read(Path.Combine(Paths.Notebooks, name + ".ipynb"));

    public void Dispose() => _places.Dispose();

    /// <summary>What running the chapter gave; asking for one begins them all.</summary>
    internal Task<ChapterLooks<ChapterOutcome>> RunAsync(string name)
    {
        foreach (var chapter in Tier.IsAll ? [name] : Run.Select(row => row.Data))
        {
            _ = Begun(chapter);
        }

        return Begun(name);
    }

    private static Task<ChapterOutcome> RunAsync(Notebook chapter, string? seconds)
    {
        Environment.SetEnvironmentVariable(MeasureSeconds, seconds);
        return ChapterRun.ExecuteAsync(chapter, CellLimit, _ => { }, TestContext.Current.CancellationToken);
    }

    private Task<ChapterLooks<ChapterOutcome>> Begun(string name) => _runs.GetOrAdd(name, key => new Lazy<Task<ChapterLooks<ChapterOutcome>>>(() => RunInTurnAsync(Read(key)))).Value;

    private async Task<ChapterLooks<ChapterOutcome>> RunInTurnAsync(Notebook chapter)
    {
        await _places.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            if (!Tier.IsAll) return new ChapterLooks<ChapterOutcome>([await RunAsync(chapter, Once)], [], WereOthersBusy: false);
            return await ChapterLooks<ChapterOutcome>.TakeAsync(
                seconds => RunAsync(chapter, seconds),
                run => run.Failure is null ? Claim.Of(run.Executed).Select(claim => (claim.Holds, $"{claim.Text}: {claim.Measured}, bound {claim.Bound} {claim.Reason}")) : null);
        }
        finally
        {
            _places.Release();
        }
    }
}
