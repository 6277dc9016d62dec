using System.Text.RegularExpressions;
using ConcurrencyLab.Kernel.Output;
using ConcurrencyLab.Kernel.Session;
using ConcurrencyLab.Lab.Execution;
using ConcurrencyLab.Lab.Files;

namespace ConcurrencyLab.Tests;

/// <summary>A session of one of the two engines, in a process of its own.</summary>
internal sealed partial class Engine : IAsyncDisposable
{
    /// <summary>Characters of an answer that are compared.</summary>
    private const int Longest = 120;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);
    private readonly ChapterProcess _process;
    private int _cells;

    private Engine(ChapterProcess process) => _process = process;

    /// <summary>The program of .NET Interactive's engine, as it was built with these tests.</summary>
    public static string DotnetInteractive { get; } =
        Path.Combine(AppContext.BaseDirectory.Replace($"{Path.DirectorySeparatorChar}Interactive.Tests{Path.DirectorySeparatorChar}", $"{Path.DirectorySeparatorChar}Interactive{Path.DirectorySeparatorChar}", StringComparison.Ordinal), "ConcurrencyLab.Interactive.dll");

    /// <summary>False when its process has ended.</summary>
    public bool IsAlive => _process.IsAlive;

    /// <summary>Starts a session in the chapters' folder.</summary>
    /// <param name="program">The program that runs it; null for the lab's own.</param>
    public static async Task<Engine> StartAsync(string? program) =>
        new(await ChapterProcess.StartAsync(Paths.Notebooks, save: false, TestContext.Current.CancellationToken, program));

    /// <summary>Runs a cell.</summary>
    /// <param name="source">Its code.</param>
    /// <param name="limit">The time after which it is interrupted; two minutes when left out.</param>
    /// <returns>What it showed, a line each, and what became of it.</returns>
    public async Task<(string Shown, CellResult Result)> RunAsync(string source, TimeSpan? limit = null)
    {
        List<CellOutput> outputs = [];
        void Show(CellOutput output)
        {
            // As a front end does it: what is updated changes where it stands.
            var place = output is DisplayOutput { IsUpdate: true } update
                ? outputs.FindIndex(earlier => earlier is DisplayOutput shown && shown.DisplayId == update.DisplayId)
                : -1;
            if (place >= 0) outputs[place] = (DisplayOutput)output with { IsUpdate = false };
            else outputs.Add(output);
        }

        var result = await _process.ExecuteAsync(new Cell(source, ++_cells), Show, limit ?? Limit, TestContext.Current.CancellationToken);
        return (string.Join('\n', outputs.Where(output => output is not ErrorOutput).Append(result.Error).OfType<CellOutput>().Select(Said)), result);
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    /// <summary>An output in a line: what it is, in which MIME types, and its text without markup and without what differs from run to run.</summary>
    private static string Said(CellOutput output) => output switch
    {
        StreamOutput text => $"{(text.IsError ? "err" : "out")}: {OneLine(text.Text)}",
        DisplayOutput { IsUpdate: true } update => $"update of nothing that is shown {Content(update)}",
        DisplayOutput { IsResult: true } value => $"value {Content(value)}",
        DisplayOutput shown => $"shown {Content(shown)}",
        ErrorOutput { Line: { } line } error => $"error in line {line}: {OneLine(error.Message)}",
        ErrorOutput error => $"error {error.Name}: {OneLine(error.Message)}",
        _ => output.GetType().Name,
    };

    private static string Content(DisplayOutput shown)
    {
        var text = (string?)(shown.Data["text/plain"] as System.Text.Json.Nodes.JsonValue)
            ?? Markup().Replace(Style().Replace(shown.Data.Select(content => content.Value?.ToString()).FirstOrDefault() ?? "", ""), " ");
        return $"{string.Join(" + ", shown.Data.Select(content => content.Key).Order(StringComparer.Ordinal))}: {OneLine(text)}";
    }

    private static string OneLine(string text)
    {
        text = text.Replace(Paths.Root, "", StringComparison.Ordinal);
        text = Blank().Replace(text.Trim(), " ");
        text = CellNumbers().Replace(text, "cell #");
        text = Guids().Replace(Milliseconds().Replace(text, "# ms"), "#");
        return text.Length <= Longest ? text : text[..Longest] + "…";
    }

    [GeneratedRegex("<style.*?</style>", RegexOptions.Singleline)]
    private static partial Regex Style();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Markup();

    [GeneratedRegex(@"\bcell \d+")]
    private static partial Regex CellNumbers();

    [GeneratedRegex("[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}")]
    private static partial Regex Guids();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blank();

    [GeneratedRegex(@"[\d.]+ ?ms\b")]
    private static partial Regex Milliseconds();
}
