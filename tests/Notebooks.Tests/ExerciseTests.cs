using System.Text.RegularExpressions;
using ConcurrencyLab.Kernel.Output;
using ConcurrencyLab.Kernel.Session;
using ConcurrencyLab.Lab.Files;

namespace ConcurrencyLab.Tests;

/// <summary>Every exercise of every chapter: the stub that a reader finds must fail its check, the solution must pass it.</summary>
public partial class ExerciseTests
{
    private const string Verdict = "application/vnd.concurrencylab.exercise+json";
    private const string Plain = "text/plain";

    public static TheoryData<string> Names => [.. Tier.Of(Chapters.Names.Select(row => row.Data), "00-start-here", "09-the-gil")];

    [Fact]
    public void Every_chapter_after_the_first_two_has_at_least_two() =>
        Assert.All(Directory.EnumerateFiles(Paths.Notebooks, "*.ipynb").Select(Path.GetFileNameWithoutExtension), name =>
            Assert.InRange(ExercisesOf(name!).Length, string.CompareOrdinal(name, "02") < 0 ? 1 : 2, 20));

    public static TheoryData<string> WithPython => [.. Tier.Of(Chapters.Names.Select(row => row.Data).Where(name => ExercisesOf(name, python: true).Length > 0), "05-threads")];

    [Theory, MemberData(nameof(Names))]
    public Task The_stub_of_each_fails_and_the_solution_passes(string chapter) => JudgeAsync(chapter, ExercisesOf(chapter, python: false));

    [Theory, MemberData(nameof(WithPython))]
    public Task And_so_it_is_in_Python(string chapter)
    {
        PythonNotebook.NeedsPython();
        return JudgeAsync(chapter, ExercisesOf(chapter, python: true));
    }

    private static async Task JudgeAsync(string chapter, string[] exercises)
    {
        var notebook = Chapters.Read(chapter);
        await using var session = new CSharpSession(new SessionOptions { WorkingFolder = Paths.Notebooks });
        await ShowAsync(session, notebook.CodeCells.First().Source, Plain);

        foreach (var exercise in exercises)
        {
            var stub = notebook.CodeCells.Single(cell => Check().Matches(cell.Source).Any(match => match.Groups["name"].Value == exercise)).Source;
            Assert.Contains("\"passed\":false", await ShowAsync(session, stub, Verdict), StringComparison.Ordinal);

            var solution = await ShowAsync(session, $"Exercises.{exercise}.Solution", Plain);
            var verdict = await ShowAsync(session, solution, Verdict);
            if (verdict.Contains("Machine busy", StringComparison.Ordinal)) TestContext.Current.AddWarning(verdict);
            else Assert.Contains("\"passed\":true", verdict, StringComparison.Ordinal);

            Assert.False(string.IsNullOrWhiteSpace(await ShowAsync(session, $"Exercises.{exercise}.Hint", Plain)));
        }
    }

    private static string[] ExercisesOf(string chapter, bool? python = null) =>
        [.. Chapters.Read(chapter).CodeCells.Where(cell => python is null || cell.Source.StartsWith("#!python", StringComparison.Ordinal) == python).SelectMany(cell => Check().Matches(cell.Source)).Select(match => match.Groups["name"].Value)];

    private static async Task<string> ShowAsync(CSharpSession session, string source, string mimeType)
    {
        var outputs = new List<CellOutput>();
        var result = await session.ExecuteAsync(new Cell(source, 1), outputs.Add, TestContext.Current.CancellationToken);
        Assert.True(result.Succeeded, result.Error is null ? "" : string.Join('\n', result.Error.Traceback));
        var shown = outputs.OfType<DisplayOutput>().Last().Data[mimeType]!;
        return shown is System.Text.Json.Nodes.JsonValue text && text.TryGetValue<string>(out var words) ? words : shown.ToJsonString();
    }

    [GeneratedRegex(@"Exercises\.(?<name>\w+)\.Check\(")]
    private static partial Regex Check();
}
