namespace ConcurrencyLab;

public static partial class Exercises
{
    /// <summary>Chapter 08: downloads in flight at once, each tasted on the pool as soon as it is there.</summary>
    public static Exercise<Func<IReadOnlyList<int>, Func<int, Task<byte[]>>, Func<byte[], Taste>, Task<Taste[]>>> DownloadThenTaste { get; } = new(
        "08-2",
        "Write one async function for one order: await the download, then await Task.Run(() => taste(notes)), which computes on the pool. Select starts it for every order, Task.WhenAll awaits them all.",
        """
        async Task<Taste[]> DownloadThenTaste(IReadOnlyList<int> orders, Func<int, Task<byte[]>> download, Func<byte[], Taste> taste)
        {
            async Task<Taste> One(int order)
            {
                var notes = await download(order);
                return await Task.Run(() => taste(notes));
            }
            return await Task.WhenAll(orders.Select(One));
        }

        await Exercises.DownloadThenTaste.Check(DownloadThenTaste)
        """,
        async attempt =>
        {
            var timeout = TimeSpan.FromSeconds(2);
            int[] orders = [.. Enumerable.Range(1, 6)];
            var (downloads, tastings) = (new Calls(), new Calls());
            var downloadedAtFirstTaste = 0;
            var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            using var together = new ManualResetEventSlim(Environment.ProcessorCount == 1);
            async Task<byte[]> Download(int order)
            {
                using var call = downloads.Begin();
                // The last one dawdles until a tasting has begun: an attempt that wants all downloads first shows.
                await (order == orders[^1] ? Task.WhenAny(begun.Task, Task.Delay(timeout)) : Task.Delay(20)).ConfigureAwait(false);
                return [(byte)order];
            }

            Taste Taste(byte[] notes)
            {
                using var call = tastings.Begin();
                if (tastings.MostAtOnce > 1) together.Set();
                var downloaded = downloads.Ended; // before the last one is let go
                if (begun.TrySetResult()) downloadedAtFirstTaste = downloaded;
                if (downloads.MostAtOnce > 1 && !together.Wait(timeout)) together.Set(); // none came: once is enough to know
                return new Taste(notes[0], 0, "", 0);
            }

            var tastes = await attempt(orders, Download, Taste).ConfigureAwait(false);
            return tastes is null || !tastes.Select(taste => taste?.Words ?? 0).SequenceEqual(orders) ? "The tastes are not those of the orders, in their order."
                : downloads.MostAtOnce < orders.Length ? $"Never more than {downloads.MostAtOnce} of the {orders.Length} downloads were in flight at once: start all of them before you await any."
                : downloadedAtFirstTaste == orders.Length ? "No tasting began before the last download was there: taste each as soon as it has come."
                : tastings.MostAtOnce == 1 && Environment.ProcessorCount > 1 ? "The downloads were in flight at once, but the notes were tasted one after the other: computing belongs on the pool, Task.Run."
                : null;
        });
}
