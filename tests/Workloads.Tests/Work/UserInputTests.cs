namespace ConcurrencyLab.Tests;

public sealed class UserInputTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Lines_come_in_order_in_both_forms_and_then_the_end()
    {
        using var input = new UserInput(["latte", "zwei, bitte – größer", ""], ms: 5);
        Assert.Equal("latte", input.ReadLine());
        Assert.Equal("zwei, bitte – größer", await input.ReadLineAsync(Stop));
        Assert.Equal("", input.ReadLine());
        Assert.Null(await input.ReadLineAsync(Stop));
    }

    [Fact]
    public async Task Those_who_wait_when_the_person_is_sent_away_see_the_end()
    {
        var input = new UserInput(["never"], ms: 3_600_000 / 2);
        var line = input.ReadLineAsync(Stop);
        Assert.False(line.IsCompleted);
        input.Dispose();
        Assert.Null(await line);
        Assert.Null(input.ReadLine());

        var other = new UserInput(["never"], ms: 3_600_000 / 2);
        var blocked = Task.Factory.StartNew(other.ReadLine, Stop, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        other.Dispose();
        Assert.Null(await blocked);

        // More than a pipe holds, and nothing is read: sending the person away must not wait for that.
        var tooMuch = new UserInput([new string('x', 1_000_000)], ms: 0);
        tooMuch.Dispose();
        Assert.Null(tooMuch.ReadLine());
    }
}
