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
            var early = false;

            async Task<byte[]> Download(int order)
            {
                using var call = downloads.Begin();
                // One after the other they arrive, so that there is something to roast while others are on their way.
                await Task.Delay(20 + 15 * order).ConfigureAwait(false);
                return [(byte)order];
            }

            int Roast(byte[] beans)
            {
                using var call = roasts.Begin();
                if (downloads.Ended < Orders) early = true;
                var until = Environment.TickCount64 + 30;
                while (Environment.TickCount64 < until) Thread.SpinWait(100);
                return beans[0] * 10;
            }

            var roasted = await attempt(orders, Download, Roast).ConfigureAwait(false);
            var hottest = roasts.MostAtOnce;
            return roasted switch
            {
                null => "It returned null instead of what was roasted.",
                _ when !roasted.SequenceEqual(orders.Select(order => order * 10)) => "What was roasted is not that of the orders, in their order.",
                _ when roasts.Begun != Orders => $"There were {Orders} orders, but {roasts.Begun} roasts were begun.",
                _ when downloads.MostAtOnce == 1 => "Never more than one download was on its way: each is awaited before the next is begun.",
                _ when !early => "Nothing was roasted before the last download had come: computing waited for all of the waiting.",
                _ when cores > 1 && hottest == 1 => $"Never more than one roast at a time, although there are {cores} cores.",
                _ when hottest > cores => $"{hottest} roasts at a time on {cores} {(cores == 1 ? "core" : "cores")}: more than there are cores only get into each other's way.",
                _ => null,
            };
        });
}
