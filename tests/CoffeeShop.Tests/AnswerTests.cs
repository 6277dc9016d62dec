using System.Net;
using System.Security.Cryptography;

namespace ConcurrencyLab.Tests;

public sealed class AnswerTests(OpenShop open) : IClassFixture<OpenShop>
{
    private readonly RunningShop _shop = open.Shop;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_order_always_gets_the_same_cup_also_from_another_process()
    {
        await using var other = await RunningShop.StartAsync();
        for (var order = -1; order < 20; order++)
        {
            var here = await _shop.OrderAsync(order, "ms=4&jitter=0.5&seed=7");
            Assert.Equal(here, await _shop.OrderAsync(order, "ms=4&jitter=0.5&seed=7"));
            Assert.Equal(here, await other.OrderAsync(order, "ms=4&jitter=0.5&seed=7"));
        }
    }

    [Fact]
    public async Task The_cups_of_a_seed_are_the_same_in_every_version()
    {
        Assert.Equal(new Cup(7, "americano", "Cerrado", 0), await _shop.OrderAsync(7, "ms=0"));
        Assert.Equal(new Cup(7, "lungo", "Gayo", 0), await _shop.OrderAsync(7, "ms=0&seed=2"));
        Assert.Equal(new Cup(7, "mocha", "Sidamo", 72), await _shop.OrderAsync(7, "ms=50&jitter=0.5&seed=3"));
    }

    [Fact]
    public async Task Waits_spread_around_the_mean_by_the_jitter()
    {
        var cups = await Task.WhenAll(Enumerable.Range(1, 500).Select(order => _shop.OrderAsync(order, "ms=200&jitter=0.2")));
        var waits = cups.Select(cup => cup!.Milliseconds).ToArray();
        Assert.InRange(waits.Min(), 160, 165);
        Assert.InRange(waits.Max(), 235, 240);
        // The mean of 500 even choices out of 160 to 240 strays by 23 / √500 ≈ 1.
        Assert.InRange(waits.Average(), 195, 205);
        Assert.True(waits.Distinct().Count() > 60);
    }

    [Fact]
    public async Task Beans_are_the_same_bytes_in_every_version_and_as_many_as_asked_for()
    {
        var beans = await _shop.Client.GetByteArrayAsync("/beans/3?kilobytes=64&ms=0&seed=1", Stop);
        Assert.Equal(65_536, beans.Length);
        Assert.Equal("59e67197fba3b70298ada801b749e1ef0f1a339e34ce65b7830e3e5d9e00eaf7", Convert.ToHexStringLower(SHA256.HashData(beans)));
        Assert.NotEqual(beans, await _shop.Client.GetByteArrayAsync("/beans/4?kilobytes=64&ms=0&seed=1", Stop));
        Assert.Equal(1024, (await _shop.Client.GetByteArrayAsync("/beans/4?kilobytes=1&ms=0", Stop)).Length);
    }

    [Theory]
    [InlineData("/coffee/abc", "the order number")]
    [InlineData("/coffee/1?ms=-1", "ms")]
    [InlineData("/coffee/1?ms=soon", "ms")]
    [InlineData("/coffee/1?jitter=2", "jitter")]
    [InlineData("/coffee/1?jitter=NaN", "jitter")]
    [InlineData("/coffee/1?errors=10%25", "errors")]
    [InlineData("/coffee/1?faults=fire", "faults")]
    [InlineData("/coffee/1?faults=8", "faults")]
    [InlineData("/beans/1?kilobytes=0", "kilobytes")]
    public async Task Bad_input_is_refused_with_a_line_that_says_what_to_write(string path, string named)
    {
        var before = await _shop.StatsAsync();
        using var response = await _shop.Client.GetAsync(path, Stop);
        var said = await response.Content.ReadAsStringAsync(Stop);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains($"no value for {named}: write ", said, StringComparison.Ordinal);
        Assert.Equal(1, said.Count(character => character == '\n'));
        Assert.Equal(before, await _shop.StatsAsync());
    }
}
