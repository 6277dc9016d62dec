#pragma warning disable xUnit1051 // the forms without a token are those that chapters call
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;

namespace ConcurrencyLab.Tests;

public sealed class CoffeeShopTests
{
    private const int AnHour = 3_600_000;

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
        Assert.Equal(shop.Order(3), JsonSerializer.Deserialize<Cup>(cup, JsonSerializerOptions.Web));
        var small = shop.With(kilobytes: 2);
        Assert.Equal(2 * 1024, small.Beans(3).Length);
        Assert.Equal(small.Beans(3), await small.BeansAsync(3));
        Assert.Equal(small.Beans(3), await other.GetByteArrayAsync(small.BeansUrl.Replace("{order}", "3", StringComparison.Ordinal), Stop));
    }

    [Fact]
    public async Task Orders_in_flight_are_counted_by_the_shop_and_can_be_cancelled()
    {
        using var shop = CoffeeShop.Open(new SharedShop(), new ShopSettings(AnHour));
        shop.ResetStats();
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var orders = Task.WhenAll(shop.Orders(200).Select(order => shop.OrderAsync(order, cancel.Token)));
        await WaitFor(() => shop.Stats().InFlight == 200);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => orders);
        await WaitFor(() => shop.Stats().InFlight == 0);
        Assert.Equal(new ShopStats(0, 200, 0, 200), shop.Stats());

        shop.ResetStats();
        foreach (var order in shop.Orders(3)) shop.With(ms: 1).Order(order);
        Assert.Equal(new ShopStats(3, 0, 0, 1), shop.Stats());
    }

    [Fact]
    public async Task A_blocking_order_holds_its_thread_until_the_answer_or_the_end_of_the_shop()
    {
        using var shop = CoffeeShop.Open(new SharedShop(), new ShopSettings(AnHour));
        Exception? thrown = null;
        var customer = new Thread(() => thrown = Record.Exception(() => shop.Order(1))) { IsBackground = true };
        customer.Start();
        await WaitFor(() => shop.Stats().InFlight == 1);
        Assert.True(customer.IsAlive);
        shop.Dispose();
        Assert.True(customer.Join(TimeSpan.FromSeconds(30)));
        Assert.IsType<HttpRequestException>(thrown);
    }

    [Fact]
    public async Task Errors_asked_for_come_as_http_errors_in_both_forms()
    {
        using var shop = CoffeeShop.Open(ms: 1);
        var closed = shop.With(errors: 1, faults: ShopFaults.Unavailable);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, Assert.Throws<HttpRequestException>(() => closed.Order(3)).StatusCode);
        var refused = await Assert.ThrowsAsync<HttpRequestException>(() => closed.OrderAsync(3));
        Assert.Contains("Order 3", refused.Message, StringComparison.Ordinal);
        var broken = shop.With(errors: 1, faults: ShopFaults.Reset);
        var reset = Assert.Throws<HttpRequestException>(() => broken.Order(3));
        Assert.Null(reset.StatusCode);
        Assert.StartsWith("The connection to the coffee shop broke", reset.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<HttpRequestException>(() => broken.BeansAsync(3));
        Assert.Equal(shop.Order(3), shop.With(errors: 1, faults: ShopFaults.Drip).Order(3));
    }

    [Fact]
    public async Task An_answer_that_comes_drop_by_drop_is_given_up_half_way()
    {
        using var shop = CoffeeShop.Open(ms: 1_000, jitter: 0).With(errors: 1, faults: ShopFaults.Drip);
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var order = shop.OrderAsync(1, cancel.Token);
        // Ordered later and just as slow: when its answer begins, the other one has begun, too, and takes ten seconds more.
        using var other = new HttpClient();
        using (await other.GetAsync(shop.CoffeeUrl.Replace("{order}", "2", StringComparison.Ordinal), HttpCompletionOption.ResponseHeadersRead, Stop))
        {
            await cancel.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => order);
        }
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
        using var shop = CoffeeShop.Open(new SharedShop(), new ShopSettings(Milliseconds: 500));
        using (var server = Process.GetProcessById(shop.ProcessId!.Value))
        {
            Task<Cup>[] inFlight = [.. shop.Orders(10).Select(shop.OrderAsync)];
            await WaitFor(() => shop.Stats().InFlight > 0);
            server.Kill();
            Assert.Equal(Enumerable.Range(1, 10), (await Task.WhenAll(inFlight)).Select(cup => cup.Order));
            Assert.NotEqual(server.Id, shop.ProcessId);
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
        await Assert.ThrowsAsync<HttpRequestException>(() => elsewhere.OrderAsync(1));
        Assert.Throws<HttpRequestException>(() => elsewhere.Order(1));
    }

    [Fact]
    public void The_program_is_found_where_the_build_leaves_it_and_its_absence_says_what_to_do()
    {
        Assert.EndsWith(Path.Combine("coffeeshop", "CoffeeShop.dll"), ShopLocation.Find(), StringComparison.Ordinal);
        Assert.Contains("dotnet build", Assert.Throws<FileNotFoundException>(() => ShopLocation.Find(Path.GetTempPath())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bad_settings_are_refused_with_what_they_may_be()
    {
        using var shop = CoffeeShop.Open();
        Assert.Contains("0 to 3600000", Assert.Throws<ArgumentOutOfRangeException>(() => shop.With(ms: -1)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => shop.With(jitter: 1.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => shop.With(errors: double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => shop.With(faults: (ShopFaults)8));
        Assert.Throws<ArgumentOutOfRangeException>(() => shop.With(kilobytes: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => CoffeeShop.Open(ms: -1));
        Assert.Throws<ArgumentException>(() => CoffeeShop.At("the corner"));
    }

    private static async Task WaitFor(Func<bool> done)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        limit.CancelAfter(TimeSpan.FromMinutes(1));
        while (!done()) await Task.Delay(5, limit.Token);
    }
}
