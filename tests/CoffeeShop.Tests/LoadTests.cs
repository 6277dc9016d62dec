namespace ConcurrencyLab.Tests;

public sealed class LoadTests
{
    private const int ManyWaits = 10_000;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ten_thousand_orders_are_in_flight_at_once_and_each_gets_its_own_cup()
    {
        await using var shop = await RunningShop.StartAsync();
        // Nobody of the party is answered before all have come: this alone takes ten thousand connections at one time.
        var party = Enumerable.Range(0, ManyWaits).Select(_ => shop.Client.GetAsync($"/party/all/{ManyWaits}", Stop));
        foreach (var response in await Task.WhenAll(party))
        {
            Assert.True(response.IsSuccessStatusCode);
            response.Dispose();
        }

        var cups = await Task.WhenAll(Enumerable.Range(1, ManyWaits).Select(order => shop.OrderAsync(order, "ms=5000&jitter=0")));
        Assert.Equal(Enumerable.Range(1, ManyWaits), cups.Select(cup => cup!.Order));
        var stats = await shop.StatsAsync();
        Assert.Equal(new Stats(ManyWaits, 0, 0, ManyWaits), stats);

        await shop.ResetStatsAsync();
        Assert.Equal(new Stats(0, 0, 0, 0), await shop.StatsAsync());
    }
}
