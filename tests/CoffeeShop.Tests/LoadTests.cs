namespace ConcurrencyLab.Tests;

public sealed class LoadTests
{
    private static readonly int Many = Tier.IsAll ? 10_000 : 1_000;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Thousands_of_orders_are_in_flight_at_once_and_each_gets_its_own_cup()
    {
        await using var shop = await RunningShop.StartAsync();
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var waiting = Task.WhenAll(Enumerable.Range(1, Many).Select(order => shop.Client.GetAsync($"/coffee/{order}?ms=3600000", leaving.Token)));
        Assert.Equal(new Stats(0, 0, Many, Many), await shop.StatsAsync(stats => stats.InFlight == Many));
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Equal(new Stats(0, Many, 0, Many), await shop.StatsAsync(stats => stats.InFlight == 0));

        await shop.ResetStatsAsync();
        Assert.Equal(new Stats(0, 0, 0, 0), await shop.StatsAsync());
        var cups = await Task.WhenAll(Enumerable.Range(1, Many).Select(order => shop.OrderAsync(order, "ms=1&jitter=0")));
        Assert.Equal(Enumerable.Range(1, Many), cups.Select(cup => cup!.Order));
    }
}
