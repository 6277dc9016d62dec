namespace ConcurrencyLab.Tests;

[Collection(Alone.Name)]
public class CostsTests
{
    [Fact]
    public async Task Costs_are_measured_without_being_compared()
    {
        var works = await Compare.Costs("two", ("sleep", () => Thread.Sleep(20)), ("loop", () => Thread.SpinWait(1000)));

        Assert.All(works.Runs, run => Assert.Equal(Agreement.NotChecked, run.Agreement));
        Assert.Equal(WorkKind.Waits, WorkKinds.Of(works["sleep"]));
    }
}
