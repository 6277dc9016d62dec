namespace ConcurrencyLab;

public static partial class Exercises
{
    /// <summary>Chapter 07: no <c>.Result</c> on an event loop.</summary>
    public static Exercise<Func<IReadOnlyList<int>, Func<int, Task<int>>, Task<int>>> AsyncAllTheWay { get; } = new(
        "07-2",
        "A price comes back to the loop's thread, which .Result holds: both wait for ever. Make the method async, and await each price instead, or all of them with Task.WhenAll.",
        """
        async Task<int> Bill(IReadOnlyList<int> orders, Func<int, Task<int>> priceAsync)
        {
            var prices = await Task.WhenAll(orders.Select(priceAsync));
            return prices.Sum();
        }

        await Exercises.AsyncAllTheWay.Check(Bill)
        """,
        attempt =>
        {
            const int Glance = 20, LongestPause = 40, LongestStart = 250; // milliseconds, and glances
            int[] orders = [.. Enumerable.Range(1, 5)];
            int? total = null;
            Exception? error = null;
            var (asked, moves) = (0, 0);
            var thread = new Thread(() =>
            {
                try
                {
                    total = EventLoop.Run(() => attempt(orders, PriceAsync));
                }
                catch (Exception thrown)
                {
                    error = thrown;
                }
            })
            { IsBackground = true };
            thread.Start();
            for (var (seen, still) = (0, 0); !thread.Join(Glance);)
            {
                still = Volatile.Read(ref moves) == seen ? still + 1 : 0;
                seen = Volatile.Read(ref moves);
                if (still < (seen == 0 ? LongestStart : LongestPause))
                {
                    continue;
                }

                thread.Interrupt(); // wakes whatever blocks, so that no thread stays behind
                thread.Join(TimeSpan.FromSeconds(1));
                return Task.FromResult<string?>(seen == 0
                    ? "It has not asked for a single price."
                    : "A price was asked for, and nothing moves any more: a deadlock. Something blocks the loop's only thread until that price is there, and the price needs that thread to get there.");
            }

            return Task.FromResult(
                error is not null ? $"It threw {error.GetType().Name}: {error.Message}"
                : asked < orders.Length ? $"There are {orders.Length} orders, but it asked for {asked} prices."
                : total != orders.Sum(order => order * 3) ? $"The bill is {orders.Sum(order => order * 3)}, not {total}."
                : null);

            async Task<int> PriceAsync(int order)
            {
                asked++;
                moves++;
                await Task.Delay(10);
                moves++;
                return order * 3;
            }
        });
}
