namespace ConcurrencyLab;

public static partial class Exercises
{
    /// <summary>Chapter 10: a mixed job done properly: downloads overlap, computing has the cores, neither waits for the other.</summary>
    public static Exercise<Func<IReadOnlyList<int>, Func<int, Task<byte[]>>, Func<byte[], int>, Task<int[]>>> RoastAll { get; } = new(
        "10-2",
        "Pipeline.Map(orders, download, roast) does it. By hand: an async function that awaits its download, then awaits Task.Run(() => roast(beans)) behind a SemaphoreSlim with a place for each core; then Task.WhenAll.",
        """
        async Task<int[]> RoastAll(IReadOnlyList<int> orders, Func<int, Task<byte[]>> download, Func<byte[], int> roast)
        {
            var roasted = await Pipeline.Map(orders, download, roast);
            return roasted.ToArray();
        }

        await Exercises.RoastAll.Check(RoastAll)
        """,
        async attempt =>
        {
            const int Orders = 12;
            var cores = Environment.ProcessorCount;
            int[] orders = [.. Enumerable.Range(1, Orders)];
            var (downloads, roasts) = (new Calls(), new Calls());
            var (underWay, hot) = (new Meeting(2), new Meeting(Math.Min(2, cores)));
            var (begun, early) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), true);

            async Task<byte[]> Download(int order)
            {
                using var call = downloads.Begin();
                await underWay.AttendAsync().ConfigureAwait(false);
                // The last one comes when a roast has begun: there is something to roast while it is on its way.
                if (order == Orders && underWay.TookPlace) early = await JudgeWait.SeesAsync(begun.Task).ConfigureAwait(false);
                return [(byte)order];
            }

            int Roast(byte[] beans)
            {
                using var call = roasts.Begin();
                begun.TrySetResult();
                if (underWay.TookPlace && early) hot.Attend();
                Thread.Sleep(30); // those who have no place may come in here
                return beans[0] * 10;
            }

            var roasted = await attempt(orders, Download, Roast).ConfigureAwait(false);
            var hottest = roasts.MostAtOnce;
            return roasted switch
            {
                null => "It returned null instead of what was roasted.",
                _ when !roasted.SequenceEqual(orders.Select(order => order * 10)) => "What was roasted is not that of the orders, in their order.",
                _ when downloads.Begun != Orders || roasts.Begun != Orders => $"There were {Orders} orders, but {downloads.Begun} downloads and {roasts.Begun} roasts were begun.",
                _ when !underWay.TookPlace => JudgeWait.UnlessBusy("Never more than one download was on its way: each is awaited before the next is begun."),
                _ when !early => JudgeWait.UnlessBusy("Nothing was roasted before the last download had come: computing waited for all of the waiting."),
                _ when !hot.TookPlace => JudgeWait.UnlessBusy($"Never more than one roast at a time, although there are {cores} cores."),
                _ when hottest > cores => $"{hottest} roasts at a time on {cores} {(cores == 1 ? "core" : "cores")}: more than there are cores only get into each other's way.",
                _ => null,
            };
        });
}
