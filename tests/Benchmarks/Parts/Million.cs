using System.Globalization;
using System.Text.Json;
using ConcurrencyLab.Benchmarks.Peers;
using ConcurrencyLab.Benchmarks.Report;

namespace ConcurrencyLab.Benchmarks.Parts;

/// <summary>One million waits of ten seconds at once: what memory they take at the highest moment, each kind in a process of its own.</summary>
internal static class Million
{
    private const int Count = 1_000_000;
    private const int Seconds = 10;
    private const int Rounds = 3;

    private static readonly (string Name, string Text)[] Kinds =
    [
        ("timer", "`Task.Delay`, kept in an array"),
        ("method", "an async method that awaits `Task.Delay`"),
        ("lab", "the same by `WhenAll.Map`, each result kept"),
    ];

    internal static async Task<Part> MeasureAsync()
    {
        var peaks = Kinds.ToDictionary(kind => kind.Name, _ => new List<Reply>());
        List<double> python = [], go = [];
        using var goProgram = BenchmarkPeers.Go.Path is { } compiler ? GoProgram.Build(compiler, "million.go") : null;
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var (name, _) in Kinds)
            {
                using var role = await Role.StartAsync("million", name, Count.ToString(CultureInfo.InvariantCulture), Seconds.ToString(CultureInfo.InvariantCulture));
                peaks[name].Add(JsonSerializer.Deserialize<Reply>(await role.AskAsync())!);
            }

            if (BenchmarkPeers.CPython.Path is not null)
            {
                python.Add((await Python.Run<double>("million.py", new { count = Count, seconds = Seconds })).Value / 1e6);
            }

            if (goProgram is not null)
            {
                go.Add(goProgram.Run(Count, Seconds) / 1e6);
            }
        }

        List<Finding> figures = [];
        foreach (var (name, text) in Kinds)
        {
            List<double> peak = [.. peaks[name].Select(reply => reply.PeakBytes / 1e6)];
            var aim = name == "timer" ? Aim.AtMost(250) : null;
            figures.Add(Finding.Alone($"peak memory of the process: {text}", Units.Megabytes, peak, aim));
            figures.Add(Finding.Alone("— of it allocated for each wait", Units.Bytes, peaks[name].Select(reply => reply.AllocatedEach)));
            if (python.Count > 0)
            {
                figures.Add(Finding.Beside("— beside asyncio's", Units.Megabytes, peak, BenchmarkPeers.CPython.Version!, python, null, peerOverOurs: true));
            }

            if (go.Count > 0)
            {
                figures.Add(Finding.Beside("— beside goroutines", Units.Megabytes, peak, BenchmarkPeers.Go.Version!, go, null, peerOverOurs: true));
            }
        }

        return new Part("million", "one million waits of 10 s at once", figures,
            [
                "A megabyte is 1,000,000 bytes. Peak: the most that was ever resident (VmHWM), the runtime's own memory included. Every wait is awaited to its end and counted.",
                WhereTheBytesGo([.. Kinds.Select(kind => MedianInterval.Of(peaks[kind.Name].Select(reply => reply.AllocatedEach)).Median)]),
                "Published elsewhere for the same: C# 218 MB, Rust's tokio 439 MB, asyncio 1,276 MB, Go 2,586 MB. Tokio is not measured here: its package comes from a registry that a build of this repository does not use.",
            ], []);
    }

    private static string WhereTheBytesGo(double[] each)
    {
        const int Place = 8; // a reference in the array
        return $"Where the bytes go: `Task.Delay` is a task and the timer that completes it, {Quantities.Plain(each[0] - Place)} bytes, and {Place} in the array that keeps them. "
            + $"An async method adds {Quantities.Plain(each[1] - each[0])}: a second task, which is the method's state machine at the same time. "
            + $"`WhenAll` adds {Quantities.Plain(each[2] - each[1])}: a state machine around the method, and places for a result and an error of each item.";
    }

    private sealed record Reply(double PeakBytes, double AllocatedEach);

    internal static int Play(string kind, int count, int seconds) => Role.Play(() =>
    {
        var time = TimeSpan.FromSeconds(seconds);
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        Task<int> waiting = kind switch
        {
            "timer" => AllAsync(Fill(count, () => Task.Delay(time))),
            "method" => AllAsync(Fill(count, () => WaitAsync(time))),
            "lab" => MapAsync(count, time),
            _ => throw new ArgumentException($"There is no kind {kind}.", nameof(kind)),
        };
        var each = (double)(GC.GetTotalAllocatedBytes(precise: true) - allocated) / count;
        if (waiting.GetAwaiter().GetResult() != count)
        {
            throw new InvalidOperationException("A wait was lost.");
        }

        return JsonSerializer.Serialize(new Reply(ProcessStatus.PeakBytes(), each));
    });

    private static Task[] Fill(int count, Func<Task> wait)
    {
        var all = new Task[count];
        for (var i = 0; i < count; i++)
        {
            all[i] = wait();
        }

        return all;
    }

    // One after the other: Task.WhenAll would keep another list of them.
    private static async Task<int> AllAsync(Task[] waits)
    {
        foreach (var wait in waits)
        {
            await wait;
        }

        return waits.Count(wait => wait.IsCompletedSuccessfully);
    }

    private static async Task WaitAsync(TimeSpan time) => await Task.Delay(time).ConfigureAwait(false);

    private static async Task<int> MapAsync(int count, TimeSpan time) =>
        (await WhenAll.Map(Enumerable.Range(0, count), async _ => { await Task.Delay(time).ConfigureAwait(false); return true; })).Count(done => done);
}
