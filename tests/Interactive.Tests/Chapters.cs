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
    private readonly ConcurrentDictionary<string, Lazy<Task<ChapterLooks<IReadOnlyList<CellRun>>>>> _runs = new(StringComparer.Ordinal);

    /// <summary>Puts the process where VS Code and Jupyter start a kernel: in the notebook's folder.</summary>
    public Chapters() => Directory.SetCurrentDirectory(Folder);

    /// <summary>The folder of the chapters.</summary>
    public static string Folder { get; } = Path.Combine(Root(), "notebooks");

    /// <summary>The chapters' names, for theories.</summary>
    public static TheoryData<string> Names => [.. Directory.EnumerateFiles(Folder, "*.ipynb").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    /// <summary>The cells of a chapter that run.</summary>
    internal static IReadOnlyList<NotebookCell> CellsOf(string name) => NotebookCell.Of(Path.Combine(Folder, name + ".ipynb"));

    /// <summary>What running the chapter gave.</summary>
    internal Task<ChapterLooks<IReadOnlyList<CellRun>>> RunAsync(string name) => _runs.GetOrAdd(name, key => new Lazy<Task<ChapterLooks<IReadOnlyList<CellRun>>>>(() => ChapterLooks<IReadOnlyList<CellRun>>.TakeAsync(
        seconds => RunOnceAsync(key, seconds),
        run => run.All(cell => cell.Failure is null) ? run.SelectMany(Claim.Of).Select(claim => (claim.Holds, $"{claim.Text}: {claim.Measured}, bound {claim.Bound} {claim.Reason}")) : null))).Value;

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
