using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using ConcurrencyLab.Benchmarks.Peers;
using ConcurrencyLab.Benchmarks.Report;

namespace ConcurrencyLab.Benchmarks.Parts;

/// <summary>Ten thousand orders in flight at once: beside what the coffee shop allows at best, and beside asyncio.</summary>
internal static class Waiting
{
    private const int Orders = 10_000;
    private const int Milliseconds = 100;
    private const int Rounds = 5;

    // Longer than it takes to open all connections, so that none of them is used twice meanwhile.
    private const int WarmUpMilliseconds = 15_000;

    // Ten thousand connections at once: those that find the queue full knock again after 1 and 3 seconds.
    private static readonly TimeSpan Ramp = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(3);

    internal static async Task<Part> MeasureAsync()
    {
        // A shop for each: a system may not let one have the connections of all.
        var settings = new ShopSettings(Milliseconds, Jitter: 0);
        using var shop = CoffeeShop.Open(new SharedShop(), settings);
        using var wrkShop = CoffeeShop.Open(new SharedShop(), settings);
        using var pythonShop = CoffeeShop.Open(new SharedShop(), settings);
        using var steadyShop = CoffeeShop.Open(new SharedShop(), settings);
        using var bareShop = CoffeeShop.Open(new SharedShop(), settings);
        string[] OrdersAt(CoffeeShop shop) => ["orders", shop.Address, Number(Orders), Number(Milliseconds)];
        using var ours = await Role.StartAsync(OrdersAt(shop));
        using var steady = await Role.StartAsync([("DOTNET_HillClimbing_Disable", "1")], OrdersAt(steadyShop));
        string FirstOrderAt(CoffeeShop shop) => shop.CoffeeUrl.Replace("{order}", "1", StringComparison.Ordinal);
        using var bare = await Role.StartAsync("requests", FirstOrderAt(bareShop), FirstOrderAt(bareShop.With(ms: WarmUpMilliseconds)), Number(Orders));
        var bareWalls = new List<double>();
        var floors = new List<double>();
        var replies = new List<Reply>();
        var steadyReplies = new List<Reply>();
        List<Run> runs =
        [
            Run.As("ours", async () => replies.Add(JsonSerializer.Deserialize<Reply>(await ours.AskAsync())!)),
            Run.As("steady pool", async () => steadyReplies.Add(JsonSerializer.Deserialize<Reply>(await steady.AskAsync())!)),
            Run.As("bare", async () => bareWalls.Add(double.Parse(await bare.AskAsync(), CultureInfo.InvariantCulture))),
        ];
        if (BenchmarkPeers.Wrk.Path is { } wrk)
        {
            runs.Add(Run.As("wrk", async () => floors.Add(await FloorAsync(wrk, wrkShop))));
        }

        if (BenchmarkPeers.CPython.Path is not null)
        {
            runs.Add(Repository.AmongChapters(() => Run.Python("Python async", "orders_async.py", new { url = pythonShop.CoffeeUrl, count = Orders })));
        }

        var care = new MeasureOptions { RecordSpans = false, WarmUps = 1, MinRepeats = Rounds, MaxRepeats = Rounds, Budget = TimeSpan.FromMinutes(5) };
        var comparison = await Compare.Runs("orders", care, [.. runs]);
        if (comparison.Runs.FirstOrDefault(run => !run.Succeeded) is { } failed)
        {
            throw new InvalidOperationException($"{failed.Name}: {failed.Failure}");
        }

        // What the warm-ups measured does not count.
        var counted = replies[^Rounds..];
        List<double> walls = [.. counted.Select(reply => reply.Milliseconds)];
        var figures = new List<Finding>();
        if (floors.Count > 0)
        {
            figures.Add(Finding.Beside("10,000 orders of 100 ms at once", Units.Milliseconds, walls, "wrk, as many connections", floors[^Rounds..], Aim.AtMost(1.5)));
            figures.Add(Finding.Beside("the platform's HTTP client alone", Units.Milliseconds, bareWalls[^Rounds..], "wrk, as many connections", floors[^Rounds..], null));
        }

        figures.Add(Finding.Beside("10,000 orders of 100 ms at once", Units.Milliseconds, walls, "the platform's HTTP client alone", bareWalls[^Rounds..], null));
        figures.Add(Finding.Alone("threads that serve them", Units.Threads, counted.Select(reply => (double)reply.Threads - reply.ThreadsAtRest), Aim.AtMost(Environment.ProcessorCount + 8)));
        figures.Add(Finding.Alone("the same with a pool that does not try whether more threads do more", Units.Threads, steadyReplies[^Rounds..].Select(reply => (double)reply.Threads - reply.ThreadsAtRest), null));
        figures.Add(Finding.Alone("threads of the process meanwhile, the runtime's own at rest included", Units.Threads, counted.Select(reply => (double)reply.Threads)));
        if (BenchmarkPeers.CPython.Path is not null)
        {
            figures.Add(Finding.Beside("the same by asyncio's raw streams", Units.Milliseconds, walls, BenchmarkPeers.CPython.Version!,
                [.. comparison["Python async"].Samples.Select(sample => sample.WallMilliseconds)], Aim.AtLeast(2), peerOverOurs: true));
        }

        figures.Add(Finding.Alone("memory of the client per order in flight, its connection included", Units.Bytes, counted.Select(reply => reply.BytesEach)));
        return new Part("waiting", "10,000 HTTP orders in flight at once",
            figures,
            [
                "The floor: wrk keeps as many connections busy on as many threads as there are cores, with the same order again and again; 10,000 divided by the orders a second that the shop counts once all connections are there. Client and coffee shop share the cores in every case.",
                "The platform's client alone: SocketsHttpHandler sends 10,000 times one and the same request and reads the answers' bytes; no address is written, no JSON read, no way to run used. That is what leaving HTTP to .NET costs by itself. (Ours makes the address of each order once, in the round before those that count.)",
                "All connections are open before anything is measured, ours and asyncio's; both check the answer and read it as JSON, wrk reads nothing.",
                "The pool tries all the time whether another thread does more (hill climbing). DOTNET_HillClimbing_Disable=1 shows how many threads the orders need without that.",
                "At rest, before anything is asked, the process has the runtime's own threads: the main one, the collector's, the finalizer's, those for signals and diagnostics. What serves the orders comes on top: the pool's workers and their gate, the timer's thread and the one that hears from the sockets.",
                "Memory: what is resident at the highest moment less what was before the first connection.",
                .. BenchmarkPeers.Wrk.Path is null ? new[] { BenchmarkPeers.Wrk.Line } : [],
            ], []);
    }

    private sealed record Reply(double Milliseconds, int Threads, int ThreadsAtRest, double BytesEach);

    /// <summary>The client, in a process of its own: what it holds is its own.</summary>
    internal static int PlayOrders(string address, int count, int milliseconds)
    {
        var atRest = ThreadsAtRest();
        using var shop = CoffeeShop.At(address).With(ms: milliseconds, jitter: 0);
        shop.Order(0);
        GC.Collect();
        var before = ProcessStatus.ResidentBytes();
        var orders = shop.Orders(count);
        _ = WhenAll.Map(orders, shop.With(ms: WarmUpMilliseconds).OrderAsync).GetAwaiter().GetResult();
        if (shop.Stats().PeakInFlight < count)
        {
            throw new InvalidOperationException($"Only {shop.Stats().PeakInFlight} connections were open at one time.");
        }

        return Role.Play(() =>
        {
            GC.Collect();
            ProcessStatus.ForgetPeak();
            var began = Stopwatch.GetTimestamp();
            var serving = WhenAll.Map(orders, shop.OrderAsync);
            // All of them wait by now, or soon will.
            var threads = ProcessStatus.Threads();
            var cups = serving.GetAwaiter().GetResult();
            var took = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
            threads = Math.Max(threads, ProcessStatus.Threads());
            if (cups.Select(cup => cup.Order).Distinct().Count() != count)
            {
                throw new InvalidOperationException("An order was lost.");
            }

            return JsonSerializer.Serialize(new Reply(took, threads, atRest, (ProcessStatus.PeakBytes() - before) / count));
        });
    }

    /// <summary>The platform's HTTP client and nothing else, in a process of its own, too.</summary>
    internal static int PlayRequests(string address, string warmUp, int count)
    {
        using var http = new HttpMessageInvoker(new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false, ActivityHeadersPropagator = null });
        var order = new Uri(address);
        AllAsync(new Uri(warmUp)).GetAwaiter().GetResult();
        return Role.Play(() =>
        {
            GC.Collect();
            var began = Stopwatch.GetTimestamp();
            AllAsync(order).GetAwaiter().GetResult();
            return Stopwatch.GetElapsedTime(began).TotalMilliseconds.ToString("R", CultureInfo.InvariantCulture);
        });

        Task AllAsync(Uri uri) => Task.WhenAll(Enumerable.Range(0, count).Select(_ => OneAsync(uri)));

        async Task OneAsync(Uri uri)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, uri);
            using var response = await http.SendAsync(request, CancellationToken.None);
            response.EnsureSuccessStatusCode();
            var body = new byte[response.Content.Headers.ContentLength ?? 0];
            await (await response.Content.ReadAsStreamAsync()).ReadExactlyAsync(body);
        }
    }

    /// <summary>The process's threads, with those that the runtime starts for itself when first asked for signals and a background collection.</summary>
    private static int ThreadsAtRest()
    {
        using var signals = PosixSignalRegistration.Create(PosixSignal.SIGHUP, _ => { });
        GC.Collect(2, GCCollectionMode.Forced, blocking: false);
        GC.WaitForPendingFinalizers();
        return ProcessStatus.Threads();
    }

    /// <summary>Milliseconds for as many orders, from what the shop serves to wrk once all its connections are there.</summary>
    private static async Task<double> FloorAsync(string wrk, CoffeeShop shop)
    {
        shop.ResetStats();
        var url = shop.CoffeeUrl.Replace("{order}", "1", StringComparison.Ordinal);
        var seconds = Number((int)(Ramp + Window).TotalSeconds + 1);
        var running = Task.Run(() => Tool.Say(wrk, ["-t", Number(Environment.ProcessorCount), "-c", Number(Orders), "-d", $"{seconds}s", "--timeout", "10s", url], TimeSpan.FromMinutes(1)));
        await Task.Delay(Ramp);
        var (began, before) = (Stopwatch.GetTimestamp(), shop.Stats().Served);
        await Task.Delay(Window);
        var stats = shop.Stats();
        var perSecond = (stats.Served - before) / Stopwatch.GetElapsedTime(began).TotalSeconds;
        var (_, said) = await running;
        return stats.PeakInFlight >= Orders / 2
            ? Orders / perSecond * 1000
            : throw new InvalidOperationException($"wrk had at most {stats.PeakInFlight} orders in flight: {said}");
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
