namespace ConcurrencyLab.Tests;

public class TrialTests
{
    [Theory]
    [InlineData("Results of when all")]
    [InlineData("Lazy by hand")]
    [InlineData("Cancelled delay")]
    [InlineData("Channel pipeline")]
    [InlineData("Blocking collection pipeline")]
    public void Tried(string name)
    {
        var (program, expected) = Snippets.All.Single(snippet => snippet.Program.Name == name);
        var found = program.Explore(TestContext.Current.CancellationToken);
        Assert.True(expected == found.Outcome, $"{expected} is expected.\n{found}");
        Assert.True(expected != Outcome.Holds || found.Complete, found.ToString());
    }
}
