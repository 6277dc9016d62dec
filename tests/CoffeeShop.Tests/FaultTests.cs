using System.Net;

namespace ConcurrencyLab.Tests;

public sealed class FaultTests(OpenShop open) : IClassFixture<OpenShop>
{
    private readonly RunningShop _shop = open.Shop;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_errors_asked_for_nothing_goes_wrong()
    {
        var outcomes = await OutcomesAsync(200, "ms=0");
        Assert.All(outcomes, outcome => Assert.Equal("cup", outcome));
    }

    [Fact]
    public async Task The_share_of_orders_asked_for_goes_wrong_and_always_the_same_ones()
    {
        var outcomes = await OutcomesAsync(400, "ms=1&errors=0.25&faults=unavailable,reset");
        // 400 throws at 0.25 stray by √(400 × 0.25 × 0.75) ≈ 9 from 100.
        Assert.InRange(outcomes.Count(outcome => outcome != "cup"), 70, 130);
        Assert.Contains("503", outcomes);
        Assert.Contains("broken", outcomes);
        Assert.Equal(outcomes, await OutcomesAsync(400, "ms=1&errors=0.25&faults=unavailable,reset"));
        Assert.NotEqual(outcomes, await OutcomesAsync(400, "ms=1&errors=0.25&faults=unavailable,reset&seed=2"));
    }

    [Fact]
    public async Task A_refused_order_is_answered_503_after_the_wait()
    {
        using var response = await _shop.Client.GetAsync("/coffee/5?ms=1&errors=1&faults=unavailable", Stop);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Contains("Order 5", await response.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reset_breaks_the_connection_and_the_client_does_not_silently_order_again()
    {
        // A connection that is in use already: the case in which a client repeats a request of which it has seen nothing.
        await _shop.OrderAsync(1, "ms=0");
        await _shop.ResetStatsAsync();
        await Assert.ThrowsAsync<HttpRequestException>(() => _shop.Client.GetAsync("/coffee/5?ms=1&errors=1&faults=reset", Stop));
        var stats = await _shop.StatsAsync(stats => stats.InFlight == 0);
        Assert.Equal(1, stats.Failed);
    }

    [Fact]
    public async Task A_drip_brings_the_right_answer_bit_by_bit()
    {
        Assert.Equal(await _shop.OrderAsync(5, "ms=10&jitter=0"), await _shop.OrderAsync(5, "ms=10&jitter=0&errors=1&faults=drip"));

        using (var response = await _shop.Client.GetAsync("/coffee/5?ms=1000&errors=1&faults=drip", HttpCompletionOption.ResponseHeadersRead, Stop))
        {
            var all = new byte[response.Content.Headers.ContentLength!.Value];
            await using var body = await response.Content.ReadAsStreamAsync(Stop);
            Assert.InRange(await body.ReadAsync(all, Stop), 1, all.Length - 1);
        }

        // The shop has seen that the rest is not wanted.
        await _shop.StatsAsync(stats => stats.InFlight == 0);
    }

    [Fact]
    public async Task A_client_that_disconnects_is_not_waited_for()
    {
        await _shop.ResetStatsAsync();
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var order = _shop.Client.GetAsync("/coffee/1?ms=3600000", leaving.Token);
        await _shop.StatsAsync(stats => stats.InFlight == 1);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => order);
        var stats = await _shop.StatsAsync(stats => stats.InFlight == 0);
        Assert.Equal(1, stats.Failed);
    }

    private Task<string[]> OutcomesAsync(int count, string query)
        => Task.WhenAll(Enumerable.Range(1, count).Select(async order =>
        {
            try
            {
                using var response = await _shop.Client.GetAsync($"/coffee/{order}?{query}", Stop);
                return response.IsSuccessStatusCode ? "cup" : ((int)response.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture);
            }
            catch (HttpRequestException)
            {
                return "broken";
            }
        }));
}
