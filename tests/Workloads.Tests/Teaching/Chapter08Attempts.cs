using System.Threading.Channels;
using static ConcurrencyLab.Tests.Attempt;

namespace ConcurrencyLab.Tests;

public sealed class Chapter08Attempts : Marking<Chapter08Attempts>, IAttempts
{
    public static IEnumerable<Attempt> All => [.. AsTheyCome, .. DownloadThenTaste];

    private static IEnumerable<Attempt> AsTheyCome =>
    [
        Right(Exercises.AsTheyCome, "WhenEach", async (cups, serve) =>
        {
            var wrong = 0;
            await foreach (var ready in Task.WhenEach(cups)) wrong += await Wrongs(ready, serve);
            return wrong;
        }),
        Right(Exercises.AsTheyCome, "WhenAny, and the task taken off the list", async (cups, serve) =>
        {
            var (left, wrong) = (cups.ToList(), 0);
            while (left.Count > 0)
            {
                var ready = await Task.WhenAny(left);
                left.Remove(ready);
                wrong += await Wrongs(ready, serve);
            }

            return wrong;
        }),
        Right(Exercises.AsTheyCome, "a waiter for each", async (cups, serve) => (await Task.WhenAll(cups.Select(cup => Wrongs(cup, serve)))).Sum()),
        Right(Exercises.AsTheyCome, "a channel", async (cups, serve) =>
        {
            var ready = Channel.CreateUnbounded<Task<Cup>>();
            foreach (var cup in cups) _ = cup.ContinueWith(done => ready.Writer.TryWrite(done), TaskScheduler.Default);
            var wrong = 0;
            for (var served = 0; served < cups.Count; served++) wrong += await Wrongs(await ready.Reader.ReadAsync(), serve);
            return wrong;
        }),

        Wrong(Exercises.AsTheyCome, "one after the other", "something else is awaited first", async (cups, serve) =>
        {
            foreach (var cup in cups) serve(await cup);
            return 0;
        }),
        Wrong(Exercises.AsTheyCome, "when all are there", "something else is awaited first", async (cups, serve) =>
        {
            await Task.WhenAny(Task.WhenAll(cups));
            return cups.Sum(cup => Wrongs(cup, serve).Result);
        }),
        Wrong(Exercises.AsTheyCome, "the first that is ready, again and again", "but cup 3 was served", async (cups, serve) =>
        {
            for (var served = 0; served < cups.Count; served++) serve(await await Task.WhenAny(cups));
            return 1;
        }),
        Wrong(Exercises.AsTheyCome, "no catch", "Catch what a future throws", async (cups, serve) =>
        {
            await foreach (var ready in Task.WhenEach(cups)) serve(await ready);
            return 0;
        }),
        Wrong(Exercises.AsTheyCome, "a catch and no count", "it counted 0", async (cups, serve) =>
        {
            await foreach (var ready in Task.WhenEach(cups)) await Wrongs(ready, serve);
            return 0;
        }),
        Wrong(Exercises.AsTheyCome, "twice", "but cup 3 was served", async (cups, serve) =>
        {
            var wrong = 0;
            await foreach (var ready in Task.WhenEach(cups)) wrong += await Wrongs(ready, cup =>
            {
                serve(cup);
                serve(cup);
            });
            return wrong;
        }),
    ];

    private static async Task<int> Wrongs(Task<Cup> cup, Action<Cup> serve)
    {
        try
        {
            serve(await cup);
            return 0;
        }
        catch (InvalidOperationException)
        {
            return 1;
        }
    }

    private static IEnumerable<Attempt> DownloadThenTaste =>
    [
        Right(Exercises.DownloadThenTaste, "Task.Run", (orders, download, taste) => Task.WhenAll(orders.Select(async order =>
        {
            var notes = await download(order);
            return await Task.Run(() => taste(notes));
        }))),
        Right(Exercises.DownloadThenTaste, "Pipeline.Map", async (orders, download, taste) => [.. await Pipeline.Map(orders, download, taste)]),
        Right(Exercises.DownloadThenTaste, "a continuation", (orders, download, taste) =>
            Task.WhenAll(orders.Select(order => download(order).ContinueWith(notes => taste(notes.Result), TaskScheduler.Default)))),
        Right(Exercises.DownloadThenTaste, "kept tasks", async (orders, download, taste) =>
        {
            var downloads = orders.Select(download).ToList();
            var tastes = downloads.Select(notes => Task.Run(async () => taste(await notes))).ToList();
            return [.. await Task.WhenAll(tastes)];
        }),

        Wrong(Exercises.DownloadThenTaste, "one after the other", "Never more than 1 of the 6", async (orders, download, taste) =>
        {
            var tastes = new List<Taste>();
            foreach (var order in orders) tastes.Add(taste(await download(order)));
            return [.. tastes];
        }),
        Wrong(Exercises.DownloadThenTaste, "three at a time", "Never more than 3 of the 6", async (orders, download, taste) => [.. await Pipeline.Map(orders, download, taste, fetchers: 3)]),
        Wrong(Exercises.DownloadThenTaste, "all downloads first", "No tasting began before", async (orders, download, taste) =>
        {
            var notes = await Task.WhenAll(orders.Select(download));
            return [.. notes.AsParallel().AsOrdered().Select(taste)];
        }),
        Wrong(Exercises.DownloadThenTaste, "one taster", "tasted one after the other", async (orders, download, taste) =>
        {
            var downloads = orders.Select(download).ToList();
            var tastes = new List<Taste>();
            foreach (var notes in downloads) tastes.Add(taste(await notes));
            return [.. tastes];
        }),
        Wrong(Exercises.DownloadThenTaste, "as they come", "in their order", async (orders, download, taste) =>
        {
            var tastes = await Task.WhenAll(orders.Select(async order => taste(await download(order))));
            return [.. tastes.Reverse()];
        }),
        Wrong(Exercises.DownloadThenTaste, "downloaded twice", "12 downloads", async (orders, download, taste) =>
        {
            var downloads = orders.Select(download);
            await Task.WhenAny(downloads);
            return await Task.WhenAll(downloads.Select(async notes => taste(await notes)));
        }),
    ];
}
