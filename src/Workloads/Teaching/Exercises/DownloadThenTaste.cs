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
            int[] orders = [.. Enumerable.Range(1, 6)];
            var (downloads, tastings) = (new Calls(), new Calls());
            var (inFlight, together) = (new Meeting(orders.Length), new Meeting(Math.Min(2, Environment.ProcessorCount)));
            var (begun, tastedEarly) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), true);
            async Task<byte[]> Download(int order)
            {
                using var call = downloads.Begin();
                await inFlight.AttendAsync().ConfigureAwait(false);
                // The last one dawdles until a tasting has begun: an attempt that wants all downloads first shows.
                if (order == orders[^1] && inFlight.TookPlace) tastedEarly = await JudgeWait.SeesAsync(begun.Task).ConfigureAwait(false);
                return [(byte)order];
            }

            Taste Taste(byte[] notes)
            {
                using var call = tastings.Begin();
                begun.TrySetResult();
                if (inFlight.TookPlace) together.Attend();
                return new Taste(notes[0], 0, "", 0);
            }

            var tastes = await attempt(orders, Download, Taste).ConfigureAwait(false);
            return tastes is null || !tastes.Select(taste => taste?.Words ?? 0).SequenceEqual(orders) ? "The tastes are not those of the orders, in their order."
                : downloads.Begun != orders.Length || tastings.Begun != orders.Length ? $"There are {orders.Length} orders, but {downloads.Begun} downloads and {tastings.Begun} tastings were begun: each way through a Select runs it again."
                : !inFlight.TookPlace ? JudgeWait.UnlessBusy($"Never more than {inFlight.Came} of the {orders.Length} downloads were in flight at once: start all of them before you await any.")
                : !tastedEarly ? JudgeWait.UnlessBusy("No tasting began before the last download was there: taste each as soon as it has come.")
                : !together.TookPlace ? JudgeWait.UnlessBusy("The downloads were in flight at once, but the notes were tasted one after the other: computing belongs on the pool, Task.Run.")
                : null;
        });
}
