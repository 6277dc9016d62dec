using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace ConcurrencyLab.Lab.Doctor;

/// <summary>What is talked to over a port.</summary>
internal static class Servers
{
    private const string PostgresVariable = "CONCURRENCYLAB_POSTGRES";
    private static readonly TimeSpan Limit = Probe.Limit;

    /// <summary>Can this process listen on a loopback port and reach it? A proxy, a firewall or a sandbox may forbid it.</summary>
    public static async Task<Finding> LoopbackAsync(Patient patient)
    {
        const string Subject = "127.0.0.1";
        using var patience = new CancellationTokenSource(Limit);
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            using var client = new TcpClient();
            var arrived = listener.AcceptTcpClientAsync(patience.Token);
            await client.ConnectAsync((IPEndPoint)listener.LocalEndpoint, patience.Token).ConfigureAwait(false);
            using var server = await arrived.ConfigureAwait(false);
            await client.GetStream().WriteAsync("c"u8.ToArray(), patience.Token).ConfigureAwait(false);
            var heard = new byte[1];
            await server.GetStream().ReadExactlyAsync(heard, patience.Token).ConfigureAwait(false);
            return Finding.Fine(Subject, "ports can be opened and reached");
        }
        catch (Exception fault) when (fault is SocketException or IOException or OperationCanceledException)
        {
            return Finding.Needed(Subject, $"no port can be opened and reached: {(fault is OperationCanceledException ? "no answer" : fault.Message)}", "let programs of this machine talk to one another: see its firewall or sandbox");
        }
    }

    /// <summary>Starts the coffee shop as chapters do, and orders one coffee.</summary>
    public static async Task<Finding> CoffeeShopAsync(Patient patient)
    {
        const string Subject = "coffee shop";
        var program = Path.Combine(patient.Lab, "coffeeshop", "CoffeeShop.dll");
        if (patient.Root.Length == 0 || !File.Exists(program)) return Finding.Needed(Subject, "is not built", Patient.Build);
        using var patience = new CancellationTokenSource(Limit);
        // It ends when the other end of its standard input does, however that happens.
        var start = new ProcessStartInfo(patient.Dotnet, ["exec", program]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        using var shop = Process.Start(start)!;
        try
        {
            var errors = shop.StandardError.ReadToEndAsync(patience.Token);
            if (await shop.StandardOutput.ReadLineAsync(patience.Token).ConfigureAwait(false) is not { } ready)
                return Finding.Needed(Subject, $"does not start: {(await errors.ConfigureAwait(false)).Trim().Split('\n')[0].Trim()}", Patient.Build);
            using var said = JsonDocument.Parse(ready);
            var address = said.RootElement.GetProperty("address").GetString()!;
            // Not through the proxy that the environment may name.
            using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
            using var cup = await client.GetAsync($"{address}/coffee/1?ms=1", patience.Token).ConfigureAwait(false);
            return cup.IsSuccessStatusCode
                ? Finding.Fine(Subject, "starts and serves")
                : Finding.Needed(Subject, $"answers an order with {(int)cup.StatusCode}", Patient.Build);
        }
        catch (Exception fault) when (fault is OperationCanceledException or HttpRequestException or JsonException or KeyNotFoundException)
        {
            return fault is OperationCanceledException
                ? Finding.Needed(Subject, $"does not serve within {Limit.TotalSeconds:0} s", Probe.Busy)
                : Finding.Needed(Subject, $"does not serve: {fault.Message}", Patient.Build);
        }
        finally
        {
            shop.StandardInput.Close();
            if (!shop.WaitForExit(TimeSpan.FromSeconds(2))) shop.Kill(entireProcessTree: true);
        }
    }

    /// <summary>A server that is named, or the programs of one.</summary>
    public static Task<Finding> PostgresAsync(Patient patient)
    {
        const string Subject = "PostgreSQL", Instead = "chapters query SQLite; the tests of PostgreSQL are skipped";
        if (Environment.GetEnvironmentVariable(PostgresVariable) is { Length: > 0 }) return Task.FromResult(Finding.Fine(Subject, $"{PostgresVariable} names a database"));
        // Debian keeps a server's programs off PATH.
        const string Debian = "/usr/lib/postgresql";
        var program = patient.Find("postgres")
            ?? (Directory.Exists(Debian) ? Directory.EnumerateDirectories(Debian).Select(version => Path.Combine(version, "bin", "postgres")).FirstOrDefault(File.Exists) : null);
        return Task.FromResult(program is null
            ? Finding.Optional(Subject, $"none; {Instead}", $"name one in {PostgresVariable}, or on Debian and Ubuntu: sudo tests/install-debian-packages.sh")
            : Finding.Fine(Subject, program));
    }
}
