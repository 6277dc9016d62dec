namespace ConcurrencyLab.Tests;

public sealed class RoasteryTests
{
    [Fact]
    public async Task Together_or_in_two_stages_the_roast_is_the_same()
    {
        using var shop = CoffeeShop.Open(ms: 2);
        var roastery = new Roastery(shop.With(kilobytes: 16), quality: 5);
        var sequential = shop.Orders(8).Select(roastery.FetchAndRoast).ToArray();
        Assert.Equal(sequential, await Task.WhenAll(shop.Orders(8).Select(roastery.FetchAndRoastAsync)));
        var beans = await Task.WhenAll(shop.Orders(8).Select(roastery.FetchAsync));
        Assert.Equal(sequential, beans.Select(roastery.Roast));
        Assert.Equal(8, sequential.Distinct().Count());
        Assert.All(sequential, roast => Assert.InRange(roast.Packed, 1, roast.Size - 1));
    }

    [Fact]
    public async Task A_download_that_goes_wrong_is_not_roasted()
    {
        using var shop = CoffeeShop.Open(ms: 1);
        var roastery = new Roastery(shop.With(errors: 1, faults: ShopFaults.Unavailable));
        await Assert.ThrowsAsync<HttpRequestException>(() => roastery.FetchAndRoastAsync(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Roastery(shop, quality: 12));
    }
}
