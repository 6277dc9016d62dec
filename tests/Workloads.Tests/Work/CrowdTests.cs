namespace ConcurrencyLab.Tests;

public class CrowdTests
{
    [Fact]
    public async Task Threads_come_to_wait_and_each_keeps_memory()
    {
        var crowd = await ManyWaits.OfThreads(200, TimeSpan.FromSeconds(30));

        Assert.Equal((200, 200, null), (crowd.Asked, crowd.Waiting, crowd.Stopped));
        Assert.InRange(crowd.BytesEach, 1024, 10 << 20);
        Assert.True(crowd.Milliseconds > 0);
    }

    [Fact]
    public async Task A_task_that_waits_keeps_some_hundred_bytes()
    {
        var crowd = await ManyWaits.OfTasks(20_000);

        Assert.Equal((20_000, 20_000, null), (crowd.Asked, crowd.Waiting, crowd.Stopped));
        Assert.InRange(crowd.BytesEach, 100, 2000);
    }

    [Fact]
    public async Task A_crowd_too_large_for_its_time_says_so()
    {
        var crowd = await ManyWaits.OfThreads(1_000_000, TimeSpan.FromMilliseconds(20));

        Assert.InRange(crowd.Waiting, 1, 999_999);
        Assert.Contains("threads: ", ManyWaits.Table("waits", ("threads", crowd)).ToString(), StringComparison.Ordinal);
        Assert.NotNull(crowd.Stopped);
    }

    [Theory]
    [InlineData(0, 1), InlineData(1_000_001, 1), InlineData(1, 0), InlineData(1, 61)]
    public async Task Sizes_and_times_that_make_no_sense_are_refused(int count, int seconds) =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => ManyWaits.OfThreads(count, TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void Open_files_are_limited_to_a_number_that_this_process_could_use() => Assert.True(OpenFiles.Limit >= 64);
}
