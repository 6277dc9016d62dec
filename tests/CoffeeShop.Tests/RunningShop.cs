using System.Diagnostics;
using System.Net.Http.Json;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace ConcurrencyLab.Tests;

/// <summary>The real program in a process of its own, as its parent sees it.</summary>
internal sealed partial class RunningShop : IAsyncDisposable
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    private RunningShop(Process process, string firstLine)
    {
        Process = process;
        FirstLine = firstLine;
        using var ready = JsonDocument.Parse(firstLine);
        Address = new Uri(ready.RootElement.GetProperty("address").GetString()!);
        Client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = int.MaxValue, UseProxy = false }) { BaseAddress = Address };
    }

    public Process Process { get; }

    public string FirstLine { get; }

    public Uri Address { get; }

    public HttpClient Client { get; }

    public static async Task<RunningShop> StartAsync()
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            ArgumentList = { "exec", Path.Combine(AppContext.BaseDirectory, "CoffeeShop.dll") },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var process = Process.Start(start)!;
        var line = await process.StandardOutput.ReadLineAsync(Stop);
        return line is not null
            ? new RunningShop(process, line)
            : throw new InvalidOperationException("The shop did not open: " + await process.StandardError.ReadToEndAsync(Stop));
    }

    public Task<Cup?> OrderAsync(int order, string query = "") => Client.GetFromJsonAsync<Cup>($"/coffee/{order}?{query}", Web, Stop);

    public async Task<Stats> StatsAsync() => (await Client.GetFromJsonAsync<Stats>("/stats", Web, Stop))!;

    public async Task ResetStatsAsync() => (await Client.DeleteAsync("/stats", Stop)).Dispose();

    /// <summary>Asks again and again until the statistics are as wanted, for a minute.</summary>
    public async Task<Stats> StatsAsync(Func<Stats, bool> wanted)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        limit.CancelAfter(TimeSpan.FromMinutes(1));
        Stats stats;
        for (stats = await StatsAsync(); !wanted(stats); stats = await StatsAsync()) await Task.Delay(10, limit.Token);
        return stats;
    }

    public void Signal(int signal) => Assert.Equal(0, Kill(Process.Id, signal));

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (!Process.HasExited) Process.Kill();
        await Process.WaitForExitAsync(CancellationToken.None);
        Process.Dispose();
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}

/// <summary>One shop for the tests of a class, which run one after the other.</summary>
public sealed class OpenShop : IAsyncLifetime
{
    internal RunningShop Shop { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Shop = await RunningShop.StartAsync();

    public ValueTask DisposeAsync() => Shop.DisposeAsync();
}

internal sealed record Cup(int Order, string Drink, string Origin, int Milliseconds);

internal sealed record Stats(long Served, long Failed, int InFlight, int PeakInFlight);
