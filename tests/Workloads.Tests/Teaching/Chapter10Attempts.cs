using static ConcurrencyLab.Tests.Attempt;

namespace ConcurrencyLab.Tests;

public sealed class Chapter10Attempts : Marking<Chapter10Attempts>, IAttempts
{
    public static IEnumerable<Attempt> All => [.. ChooseTheWay, .. RoastAll];

    private static IEnumerable<Attempt> ChooseTheWay =>
    [
        Right(Exercises.ChooseTheWay, "by the words", job => Choose(job, "async", "threads", "parallel", "sequential")),
        Right(Exercises.ChooseTheWay, "in capitals", job => Choose(job, "Async", "Threads", "Parallel", "Sequential")),
        Right(Exercises.ChooseTheWay, "by what is said of them", job =>
            job.Contains("awaited", StringComparison.Ordinal) ? "async" : job.Contains("blocks", StringComparison.Ordinal) ? "threads" : job.Contains("sum", StringComparison.Ordinal) ? "sequential" : "parallel"),

        Wrong(Exercises.ChooseTheWay, "parallel for what can be awaited", "you chose parallel: just now it took", job => Choose(job, "parallel", "threads", "parallel", "sequential")),
        Wrong(Exercises.ChooseTheWay, "one page after the other", "you chose sequential: just now it took", job => Choose(job, "sequential", "threads", "parallel", "sequential")),
        Wrong(Exercises.ChooseTheWay, "one scan after the other", "16 scans", job => Choose(job, "async", "sequential", "parallel", "sequential")),
        Wrong(Exercises.ChooseTheWay, "async for what blocks", "there is nothing to await", job => Choose(job, "async", "async", "parallel", "sequential")),
        Wrong(Exercises.ChooseTheWay, "threads for a thousand additions", "the sum of 1,000 numbers", job => Choose(job, "async", "threads", "parallel", "threads")),
        Wrong(Exercises.ChooseTheWay, "another word", "choose one of sequential, async, threads, parallel", job => Choose(job, "asyncio", "threads", "parallel", "sequential")),
    ];

    private static string Choose(string job, string pages, string scans, string tiles, string sum) => job switch
    {
        "12 web pages, 20 ms each; the client can be awaited" => pages,
        "16 scans of 20 ms; the scanner's library blocks" => scans,
        "24 tiles of a picture to blur, 10 ms each" => tiles,
        "the sum of 1,000 numbers" => sum,
        _ => throw new ArgumentException($"Nobody expects \"{job}\".", nameof(job)),
    };

    private static IEnumerable<Attempt> RoastAll =>
    [
        Right(Exercises.RoastAll, "Pipeline.Map", async (orders, download, roast) => [.. await Pipeline.Map(orders, download, roast)]),
        Right(Exercises.RoastAll, "a place for each core", (orders, download, roast) => WithPlaces(orders, download, roast, Environment.ProcessorCount)),
        Right(Exercises.RoastAll, "Parallel.ForEachAsync", async (orders, download, roast) =>
        {
            var downloads = orders.Select(download).ToList();
            var roasted = new int[orders.Count];
            var options = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount };
            await Parallel.ForAsync(0, roasted.Length, options, async (index, _) => roasted[index] = roast(await downloads[index]));
            return roasted;
        }),

        Wrong(Exercises.RoastAll, "one after the other", "Never more than one download", async (orders, download, roast) =>
        {
            var roasted = new List<int>();
            foreach (var order in orders) roasted.Add(roast(await download(order)));
            return [.. roasted];
        }),
        Wrong(Exercises.RoastAll, "all downloads first", "Nothing was roasted before", async (orders, download, roast) =>
        {
            var beans = await Task.WhenAll(orders.Select(download));
            return [.. beans.AsParallel().AsOrdered().Select(roast)];
        }),
        Wrong(Exercises.RoastAll, "a thread for each roast", "roasts at a time on", (orders, download, roast) => WithPlaces(orders, download, roast, orders.Count)),
        Wrong(Exercises.RoastAll, "one roast at a time", "Never more than one roast at a time", (orders, download, roast) => WithPlaces(orders, download, roast, 1)),
        Wrong(Exercises.RoastAll, "roasted twice", "24 roasts", async (orders, download, roast) =>
        {
            await Pipeline.Map(orders, download, roast);
            return [.. await Pipeline.Map(orders, download, roast)];
        }),
        Wrong(Exercises.RoastAll, "as they come", "in their order", async (orders, download, roast) => [.. (await Pipeline.Map(orders, download, roast)).Reverse()]),
        Wrong(Exercises.RoastAll, "null", "null", (_, _, _) => Task.FromResult<int[]>(null!)),
    ];

    private static async Task<int[]> WithPlaces(IReadOnlyList<int> orders, Func<int, Task<byte[]>> download, Func<byte[], int> roast, int places)
    {
        using var cores = new SemaphoreSlim(places);
        return await Task.WhenAll(orders.Select(async order =>
        {
            var beans = await download(order);
            await cores.WaitAsync();
            try
            {
                return await Task.Factory.StartNew(() => roast(beans), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            }
            finally
            {
                cores.Release();
            }
        }));
    }
}
