namespace ConcurrencyLab.Tests;

/// <summary>Ordinary code: the wrong is found and can be replayed, the right is proved.</summary>
public class SnippetTests
{
    /// <summary>One of each kind where not everything is asked for: each takes a compilation.</summary>
    public static TheoryData<string> Learners => [.. Tier.Of(
        Snippets.All.Select(snippet => snippet.Program.Name),
        "Unprotected counter", "Interlocked counter", "Check and withdraw in a lock", "Captured loop variable", "Double checked too early", "Static field begins anew", "Flag set last", "Torn struct",
        "Locks in both orders", "Buffer with one pulse", "Semaphore released twice", "Barrier separates phases", "List from two threads", "Concurrent add or update", "Get or add of lazy", "Channel pipeline",
        "Await between read and write", "Await inside a semaphore", "Async void", "Cancelled in time", "Timeout or not")];

    public static TheoryData<string> Others => [.. Tier.Of(Classics.All.Select(program => program.Program.Name), "work stealing queue, unlocked pop", "Peterson", "Treiber's stack")];

    [Theory, MemberData(nameof(Learners))]
    public void The_verdict_on_a_learners_program_is_right(string name) => AssertVerdict(Snippets.All, name);

    [Theory, MemberData(nameof(Others))]
    public void The_verdict_on_other_peoples_programs_is_theirs(string name) => AssertVerdict(Classics.All, name);

    [Fact]
    public void About_half_of_the_learners_programs_are_right() =>
        Assert.InRange(Snippets.All.Count(snippet => snippet.Expected == Outcome.Holds), Snippets.All.Count * 0.4, Snippets.All.Count * 0.6);

    private static void AssertVerdict(IReadOnlyList<(ConcurrentProgram Program, Outcome Expected)> programs, string name)
    {
        var (program, expected) = programs.Single(one => one.Program.Name == name);

        var found = program.Explore(TestContext.Current.CancellationToken);

        Assert.True(expected == found.Outcome, $"{expected} is expected.\n{found}");
        Assert.True(expected != Outcome.Holds || found.Complete, found.ToString());
        Assert.True(expected == Outcome.Holds || program.Run(found.Schedule).Outcome == expected, $"replayed: {program.Run(found.Schedule)}");
    }
}
