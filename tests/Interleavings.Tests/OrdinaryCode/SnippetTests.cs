namespace ConcurrencyLab.Tests;

/// <summary>Ordinary code: the wrong is found, the right is proved.</summary>
public class SnippetTests
{
    public static TheoryData<string> Names => [.. Snippets.All.Select(snippet => snippet.Program.Name)];

    [Theory, MemberData(nameof(Names))]
    public void The_verdict_on_a_learners_program_is_right(string name)
    {
        var (program, expected) = Snippets.All.Single(snippet => snippet.Program.Name == name);

        var found = program.Explore(TestContext.Current.CancellationToken);

        Assert.True(expected == found.Outcome, $"{expected} is expected.\n{found}");
        Assert.True(expected != Outcome.Holds || found.Complete, found.ToString());
        Assert.True(expected == Outcome.Holds || program.Run(found.Schedule).Outcome == expected, $"replayed: {program.Run(found.Schedule)}");
    }
}
