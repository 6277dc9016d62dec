[assembly: AssemblyFixture(typeof(ConcurrencyLab.Tests.SmallCellAnswers))]

namespace ConcurrencyLab.Tests;

/// <summary>What both engines answer to the same small cells: a change on either side is seen.</summary>
public class SmallCellTests(SmallCellAnswers answers)
{
    public static TheoryData<string> Plain => [.. SmallCells.Plain.Select(cell => cell.Name)];

    public static TheoryData<string> Packages => [.. SmallCells.Packages.Select(cell => cell.Name)];

    [Theory, MemberData(nameof(Plain))]
    public Task Both_engines_answer_as_the_table_says(string name) => CheckAsync(name);

    [AllTierTheory, MemberData(nameof(Packages))]
    public Task Both_engines_show_the_values_of_packages_as_the_table_says(string name) => CheckAsync(name);

    [Fact]
    public void Where_the_engines_differ_the_table_says_why() =>
        Assert.All(SmallCells.Plain.Concat(SmallCells.Packages), cell => Assert.Equal(cell.Ours == cell.Theirs, string.IsNullOrWhiteSpace(cell.Why)));

    private async Task CheckAsync(string name)
    {
        var (cell, ours, theirs) = await answers.ToAsync(name);

        Assert.Equal(cell.Ours, ours);
        Assert.Equal(cell.Theirs, theirs);
    }
}

/// <summary>The answers, asked for once, in the table's order: a process of each engine.</summary>
public sealed class SmallCellAnswers
{
    private readonly Lazy<Task<Dictionary<string, (SmallCell, string, string)>>> _plain = new(() => AskAsync(SmallCells.Plain));
    private readonly Lazy<Task<Dictionary<string, (SmallCell, string, string)>>> _packages = new(() => AskAsync(SmallCells.Packages));

    internal async Task<(SmallCell Cell, string Ours, string Theirs)> ToAsync(string name) =>
        (await _plain.Value).TryGetValue(name, out var answer) ? answer : (await _packages.Value)[name];

    private static async Task<Dictionary<string, (SmallCell, string, string)>> AskAsync(IReadOnlyList<SmallCell> cells)
    {
        // Waiting is most of it.
        var answers = await Task.WhenAll(AnswersAsync(null, cells), AnswersAsync(Engine.DotnetInteractive, cells));
        return cells.Select((cell, index) => (cell, answers[0][index], answers[1][index])).ToDictionary(answer => answer.cell.Name);
    }

    private static async Task<string[]> AnswersAsync(string? program, IReadOnlyList<SmallCell> cells)
    {
        await using var engine = await Engine.StartAsync(program);
        var answers = new string[cells.Count];
        for (var index = 0; index < answers.Length; index++)
        {
            List<string> lines = [];
            foreach (var source in cells[index].Cells.Split("\n---\n")) lines.Add((await engine.RunAsync(source)).Shown);
            answers[index] = string.Join('\n', lines.Where(line => line.Length > 0));
        }

        return answers;
    }
}
