#pragma warning disable xUnit1051 // the forms without a token are those that chapters call
using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace ConcurrencyLab.Tests;

public sealed class CoffeeShopTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_way_of_ordering_gets_equal_cups()
    {
        using var shop = CoffeeShop.Open(ms: 5, jitter: 0.5, seed: 7);
        var sequential = shop.Orders(20).Select(shop.Order).ToArray();
        Assert.Equal(Enumerable.Range(1, 20), sequential.Select(cup => cup.Order));
        Assert.Equal(sequential, await Task.WhenAll(shop.Orders(20).Select(shop.OrderAsync)));
        Assert.Equal(sequential, shop.Orders(20).AsParallel().AsOrdered().WithDegreeOfParallelism(10).Select(shop.Order).ToArray());
        var others = shop.With(seed: 8);
        Assert.NotEqual(sequential, others.Orders(20).Select(others.Order));
        Assert.Equal(sequential, others.With(seed: 7).Orders(20).Select(others.With(seed: 7).Order));
    }

    [Fact]
    public async Task Another_program_gets_the_very_same_cups_and_downloads()
    {
        using var shop = CoffeeShop.Open(ms: 3, jitter: 0.5, seed: 7);
        using var other = new HttpClient();
        var cup = await other.GetStringAsync(shop.CoffeeUrl.Replace("{order}", "3", StringComparison.Ordinal), Stop);
        Assert.Equal(shop.Order(3), System.Text.Json.JsonSerializer.Deserialize<Cup>(cup, System.Text.Json.JsonSerializerOptions.Web));
        var small = shop.With(kilobytes: 2);
        Assert.Equal(small.Beans(3), await other.GetByteArrayAsync(small.BeansUrl.Replace("{order}", "3", StringComparison.Ordinal), Stop));
    }

    [Fact]
    public async Task Blocking_orders_hold_their_thread_and_asynchronous_ones_do_not()
    {
        using var shop = CoffeeShop.Open(ms: 400, jitter: 0);
        var task = shop.OrderAsync(1, Stop);
        Assert.False(task.IsCompleted);
        var clock = Stopwatch.StartNew();
        shop.Order(2);
        Assert.True(clock.ElapsedMilliseconds >= 380, $"it took {clock.ElapsedMilliseconds} ms");
        Assert.Equal(400, (await task).Milliseconds);
    }

    [Fact]
    public async Task Orders_in_flight_are_counted_by_the_shop()
    {
        using var shop = CoffeeShop.Open(new SharedShop(), new ShopSettings(Milliseconds: 1_500, Jitter: 0));
        await shop.WarmAsync(200, Stop);
        shop.ResetStats();
        await Task.WhenAll(shop.Orders(200).Select(shop.OrderAsync));
        Assert.Equal(new ShopStats(200, 0, 0, 200), shop.Stats());
        shop.ResetStats();
        foreach (var order in shop.Orders(3)) shop.With(ms: 1).Order(order);
        Assert.Equal(new ShopStats(3, 0, 0, 1), shop.Stats());
    }

    [Fact]
    public async Task Errors_asked_for_come_as_http_errors_in_both_forms()
    {
        using var shop = CoffeeShop.Open(ms: 1);
        var closed = shop.With(errors: 1, faults: ShopFaults.Unavailable);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, Assert.Throws<HttpRequestException>(() => closed.Order(3)).StatusCode);
        var refused = await Assert.ThrowsAsync<HttpRequestException>(() => closed.OrderAsync(3, Stop));
        Assert.Contains("Order 3", refused.Message, StringComparison.Ordinal);
        var broken = shop.With(errors: 1, faults: ShopFaults.Reset);
        var reset = Assert.Throws<HttpRequestException>(() => broken.Order(3));
        Assert.Null(reset.StatusCode);
        Assert.StartsWith("The connection to the coffee shop broke", reset.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<HttpRequestException>(() => broken.BeansAsync(3, Stop));
        Assert.Equal(shop.Order(3), shop.With(errors: 1, faults: ShopFaults.Drip).Order(3));
    }

    [Fact]
    public async Task An_order_can_be_cancelled()
    {
        using var shop = CoffeeShop.Open(ms: 3_600_000);
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var asynchronous = shop.OrderAsync(1, cancel.Token);
        var blocking = Task.Factory.StartNew(() => shop.Order(2, cancel.Token), Stop, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asynchronous);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => blocking);
    }

    [Fact]
    public async Task An_answer_that_comes_drop_by_drop_is_given_up_half_way()
    {
        using var shop = CoffeeShop.Open(ms: 500, jitter: 0).With(errors: 1, faults: ShopFaults.Drip);
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var (asynchronous, blocking) = (shop.OrderAsync(1, cancel.Token), Task.Run(() => shop.Order(2, cancel.Token), Stop));
        // It begins after half a second and takes five more.
        await Task.Delay(1_500, Stop);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asynchronous);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => blocking);
    }

    [Fact]
    public async Task Beans_are_equal_bytes_in_both_forms()
    {
        using var shop = CoffeeShop.Open(ms: 1);
        var beans = shop.With(kilobytes: 3).Beans(4);
        Assert.Equal(3 * 1024, beans.Length);
        Assert.Equal(beans, await shop.With(kilobytes: 3).BeansAsync(4, Stop));
    }

    [Fact]
    public void One_shop_serves_the_process_until_the_last_lets_go()
    {
        var shared = new SharedShop();
        var first = CoffeeShop.Open(shared, new ShopSettings(0));
        var second = CoffeeShop.Open(shared, new ShopSettings(0));
        Assert.Equal(first.ProcessId, second.ProcessId);
        using var server = Process.GetProcessById(first.ProcessId!.Value);
        first.Dispose();
        first.Dispose();
        Assert.Equal(2, second.Order(2).Order);
        Assert.Throws<ObjectDisposedException>(() => first.Order(1));
        second.Dispose();
        Assert.True(server.WaitForExit(TimeSpan.FromSeconds(30)));
        using var third = CoffeeShop.Open(shared, new ShopSettings(0));
        Assert.Equal(1, third.Order(1).Order);
    }

    [Fact]
    public async Task A_shop_that_died_is_opened_again_by_the_next_order_and_orders_in_flight_are_placed_again()
    {
        using var shop = CoffeeShop.Open(new SharedShop(), new ShopSettings(Milliseconds: 300));
        using (var server = Process.GetProcessById(shop.ProcessId!.Value))
        {
            Task<Cup>[] inFlight = [.. shop.Orders(10).Select(shop.OrderAsync)];
            while (shop.Stats().InFlight < 10) { }
            server.Kill();
            Assert.Equal(Enumerable.Range(1, 10), (await Task.WhenAll(inFlight)).Select(cup => cup.Order));
        }
        using (var server = Process.GetProcessById(shop.ProcessId!.Value))
        {
            server.Kill();
            await server.WaitForExitAsync(Stop);
            Assert.Equal(11, shop.Order(11).Order);
        }
    }

    [Fact]
    public async Task The_shop_is_gone_when_its_parent_is_killed()
    {
        await using var parent = await ChildRole.StartAsync("coffee-shop");
        var (id, address) = parent.FirstLine.Split(' ') is [var number, var place] ? (int.Parse(number, CultureInfo.InvariantCulture), place) : default;
        using var server = Process.GetProcessById(id);
        using var elsewhere = CoffeeShop.At(address);
        Assert.Equal(1, elsewhere.Order(1).Order);
        parent.Kill();
        await server.WaitForExitAsync(Stop);
        await Assert.ThrowsAsync<HttpRequestException>(() => elsewhere.OrderAsync(1, Stop));
    }

    [Fact]
    public void The_program_is_found_where_the_build_leaves_it_and_a_wrong_place_is_named()
    {
        Assert.EndsWith(Path.Combine("coffeeshop", "CoffeeShop.dll"), ShopLocation.Find(null), StringComparison.Ordinal);
        Assert.Equal(ShopLocation.Find(null), ShopLocation.Find(Path.GetDirectoryName(ShopLocation.Find(null))));
        var nowhere = Assert.Throws<FileNotFoundException>(() => ShopLocation.Find("/no/such/place"));
        Assert.Contains(ShopLocation.Variable, nowhere.Message, StringComparison.Ordinal);
        Assert.Contains("/no/such/place", nowhere.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bad_settings_are_refused_with_what_they_may_be()
    {
        using var shop = CoffeeShop.Open();
        Assert.Contains("0 to 3600000", Assert.Throws<ArgumentOutOfRangeException>(() => shop.With(ms: -1)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => shop.With(jitter: 1.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => shop.With(errors: double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => shop.With(faults: (ShopFaults)8));
        Assert.Throws<ArgumentOutOfRangeException>(() => shop.With(attempt: -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => shop.With(kilobytes: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => CoffeeShop.Open(ms: -1));
        Assert.Throws<ArgumentException>(() => CoffeeShop.At("the corner"));
    }
}
