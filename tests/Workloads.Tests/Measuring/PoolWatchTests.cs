namespace ConcurrencyLab.Tests;

[Collection(Alone.Name)]
public class PoolWatchTests
{
    private static async Task<int> LaterAsync()
    {
        await Task.Delay(10, TestContext.Current.CancellationToken);
        return 1;
    }

    private static async Task MoreThreadsAsync(int before)
    {
        while (ThreadPool.ThreadCount <= before)
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task It_counts_every_item_and_ends_with_all_of_them()
    {
        var watch = await PoolWatch.Of(30, () => LaterAsync());

        Assert.Equal((0.0, 30.0), (watch.Done[0].Value, watch.Done[^1].Value));
        Assert.Equal(watch.Done.Select(look => look.Value).Order(), watch.Done.Select(look => look.Value));
        Assert.True(watch.Duration >= watch.Done[^1].At);
    }

    [Fact]
    public async Task A_pool_whose_items_block_on_async_grows()
    {
        var (before, items) = (ThreadPool.ThreadCount, PoolWatch.TooMany);
        Assert.True(items > before);

        var watch = await PoolWatch.Of(items, () => MoreThreadsAsync(before).GetAwaiter().GetResult());

        Assert.Equal(items, watch.Done[^1].Value);
        Assert.True(watch.Threads.Max(look => look.Value) > before);
    }

    [Fact]
    public async Task What_an_item_throws_is_thrown() =>
        Assert.Equal("spilt", (await Assert.ThrowsAsync<InvalidOperationException>(() => PoolWatch.Of(3, (Action)(() => throw new InvalidOperationException("spilt"))))).Message);
}
