namespace ConcurrencyLab.Tests;

public class ManyWaitsTests
{
    [Fact]
    public async Task Threads_come_to_wait_and_each_keeps_memory()
    {
        var waits = await ManyWaits.OfThreads(200, TimeSpan.FromSeconds(30));

        Assert.Equal((200, 200, null), (waits.Asked, waits.Waiting, waits.Stopped));
        Assert.InRange(waits.BytesEach, 1024, 10 << 20);
    }

    [Fact]
    public async Task A_task_that_waits_keeps_some_hundred_bytes()
    {
        var waits = await ManyWaits.OfTasks(20_000);

        Assert.Equal((20_000, 20_000, null), (waits.Asked, waits.Waiting, waits.Stopped));
        Assert.InRange(waits.BytesEach, 100, 2000);
    }

    [Fact]
    public async Task Too_many_large_for_its_time_says_so()
    {
        var waits = await ManyWaits.OfThreads(1_000_000, TimeSpan.FromMilliseconds(20));

        Assert.InRange(waits.Waiting, 1, 999_999);
        Assert.Contains("threads: ", ManyWaits.Table("waits", ("threads", waits)).ToString(), StringComparison.Ordinal);
        Assert.NotNull(waits.Stopped);
    }

    [Theory]
    [InlineData(0, 1), InlineData(1_000_001, 1), InlineData(1, 0), InlineData(1, 61)]
    public async Task Sizes_and_times_that_make_no_sense_are_refused(int count, int seconds) =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => ManyWaits.OfThreads(count, TimeSpan.FromSeconds(seconds)));
}
