using System.Net;
using System.Net.NetworkInformation;
using System.Text.RegularExpressions;

namespace ConcurrencyLab.Tests;

public sealed partial class LifetimeTests
{
    private const int Interrupt = 2, Terminate = 15;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_line_of_json_and_then_silence()
    {
        await using var shop = await RunningShop.StartAsync();
        Assert.Matches(ReadyLine(), shop.FirstLine);
        await shop.OrderAsync(1, "ms=0");
        await Assert.ThrowsAsync<HttpRequestException>(() => shop.Client.GetAsync("/coffee/5?ms=0&errors=1&faults=reset", Stop));
        using var nowhere = await shop.Client.GetAsync("/nowhere", Stop);
        Assert.Equal(HttpStatusCode.NotFound, nowhere.StatusCode);
        shop.Process.StandardInput.Close();
        Assert.Equal("", await shop.Process.StandardOutput.ReadToEndAsync(Stop));
        Assert.Equal("", await shop.Process.StandardError.ReadToEndAsync(Stop));
    }

    [Fact]
    public async Task It_listens_on_the_loopback_address_only()
    {
        await using var shop = await RunningShop.StartAsync();
        var listeners = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Where(end => end.Port == shop.Address.Port).ToArray();
        var listener = Assert.Single(listeners);
        Assert.Equal(IPAddress.Loopback, listener.Address);
    }

    [Fact]
    public async Task It_ends_when_its_parent_lets_go_of_the_pipe_also_with_orders_in_flight()
    {
        await using var shop = await RunningShop.StartAsync();
        var order = shop.OrderAsync(1, "ms=3600000");
        await shop.StatsAsync(stats => stats.InFlight == 1);
        shop.Process.StandardInput.Close();
        await shop.Process.WaitForExitAsync(Stop);
        Assert.Equal(0, shop.Process.ExitCode);
        await Assert.ThrowsAsync<HttpRequestException>(() => order);
    }

    [Fact]
    public async Task An_interrupt_is_not_meant_for_it()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no SIGINT to send to another process.");
        await using var shop = await RunningShop.StartAsync();
        var order = shop.OrderAsync(1, "ms=300&jitter=0");
        await shop.StatsAsync(stats => stats.InFlight == 1);
        shop.Signal(Interrupt);
        shop.Signal(Interrupt);
        Assert.Equal(300, (await order)!.Milliseconds);
        await shop.OrderAsync(2, "ms=0");
        Assert.False(shop.Process.HasExited);
    }

    [Fact]
    public async Task A_request_to_terminate_ends_it()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no SIGTERM.");
        await using var shop = await RunningShop.StartAsync();
        shop.Signal(Terminate);
        await shop.Process.WaitForExitAsync(Stop);
        Assert.Equal(0, shop.Process.ExitCode);
    }

    [GeneratedRegex("""^\{"address":"http://127\.0\.0\.1:\d+","processId":\d+\}$""")]
    private static partial Regex ReadyLine();
}
