using System.Collections.Concurrent;
using System.Text.Json.Nodes;

// Chapters measure: two at once would measure each other.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
[assembly: AssemblyFixture(typeof(ConcurrencyLab.Tests.Chapters))]

namespace ConcurrencyLab.Tests;

/// <summary>The chapters of the repository, each run once in .NET Interactive for all tests.</summary>
public sealed class Chapters
{
    private const string MeasureSeconds = "CONCURRENCYLAB_MEASURE_SECONDS";
    private static readonly TimeSpan CellLimit = TimeSpan.FromSeconds(60);
    private readonly ConcurrentDictionary<string, Lazy<Task<ChapterRuns>>> _runs = new(StringComparer.Ordinal);

    /// <summary>Puts the process where VS Code and Jupyter start a kernel: in the notebook's folder.</summary>
    public Chapters() => Directory.SetCurrentDirectory(Folder);

    /// <summary>The folder of the chapters.</summary>
    public static string Folder { get; } = Path.Combine(Root(), "notebooks");

    /// <summary>The chapters' names, for theories.</summary>
    public static TheoryData<string> Names => [.. Directory.EnumerateFiles(Folder, "*.ipynb").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    /// <summary>The cells of a chapter that run.</summary>
    internal static IReadOnlyList<NotebookCell> CellsOf(string name) => NotebookCell.Of(Path.Combine(Folder, name + ".ipynb"));

    /// <summary>What running the chapter gave: after a quick look, what did not hold in it is measured with the usual care.</summary>
    internal Task<ChapterRuns> RunAsync(string name) => _runs.GetOrAdd(name, key => new Lazy<Task<ChapterRuns>>(() => RunNowAsync(key))).Value;

    private static async Task<ChapterRuns> RunNowAsync(string name)
    {
        var others = new OtherPrograms();
        var quick = await RunOnceAsync(name, "0.7");
        var isClear = quick.Any(cell => cell.Failure is not null) || quick.SelectMany(Claim.Of).All(claim => claim.Holds);
        return new ChapterRuns(quick, isClear ? quick : await RunOnceAsync(name, null), others.AreBusy);
    }

    private static async Task<IReadOnlyList<CellRun>> RunOnceAsync(string name, string? seconds)
    {
        Environment.SetEnvironmentVariable(MeasureSeconds, seconds);
        using var kernel = new NotebookKernel();
        var cells = new List<CellRun>();
        foreach (var cell in CellsOf(name))
        {
            cells.Add(await kernel.RunAsync(cell, CellLimit, TestContext.Current.CancellationToken));
            // What comes after needs what was declared here; its errors would only hide the first.
            if (cells[^1].Failure is not null) break;
        }

        Environment.SetEnvironmentVariable(MeasureSeconds, null);
        return cells;
    }

    private static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "ConcurrencyLab.slnx"))) return folder.FullName;
        }
        throw new DirectoryNotFoundException("No ConcurrencyLab.slnx above the tests: run them inside the repository.");
    }
}

/// <summary>A chapter's quick run and the careful one that followed if it was needed; the last is the one that counts.</summary>
internal sealed record ChapterRuns(IReadOnlyList<CellRun> Quick, IReadOnlyList<CellRun> Last, bool WereOthersBusy)
{
    /// <summary>Claims that held in neither run.</summary>
    public IEnumerable<string> Broken
    {
        get
        {
            var quick = Quick.SelectMany(Claim.Of).ToArray();
            return Last.SelectMany(Claim.Of).Where((claim, index) => !claim.Holds && quick[index] is { Holds: false })
                .Select(claim => $"{claim.Text}: {claim.Measured}, bound {claim.Bound} {claim.Reason}");
        }
    }
}

/// <summary>A sentence of a chapter, checked against what was just measured.</summary>
internal sealed record Claim(string Text, string Measured, string Bound, bool Holds, string? Reason)
{
    /// <summary>The MIME type by which a cell shows its claims.</summary>
    public const string MimeType = "application/vnd.concurrencylab.claims+json";

    /// <summary>The claims that a cell shows.</summary>
    public static IEnumerable<Claim> Of(CellRun cell) =>
        cell.Shown.Where(shown => shown.ContainsKey(MimeType)).SelectMany(shown => JsonNode.Parse(shown[MimeType])!["claims"]!.AsArray()).Select(claim => new Claim(
            claim!["text"]!.GetValue<string>(), claim["measured"]!.GetValue<string>(), claim["bound"]!.GetValue<string>(),
            claim["holds"]!.GetValue<bool>(), claim["reason"]?.GetValue<string>()));
}
