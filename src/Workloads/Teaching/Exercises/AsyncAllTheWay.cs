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
        async attempt =>
        {
            const int Glance = 20, LongestPause = 40, LongestStart = 250; // milliseconds, and glances
            int[] orders = [.. Enumerable.Range(1, 5)];
            var prices = new Calls();
            async Task<int> PriceAsync(int order)
            {
                using var call = prices.Begin();
                await Task.Delay(10);
                return order * 3;
            }

            using var stop = new CancellationTokenSource();
            var billing = MainThread.Run(_ => EventLoop.Run(() => attempt(orders, PriceAsync)), stop.Token);
            for (var (seen, still) = (0, 0); await Task.WhenAny(billing, Task.Delay(Glance)) != billing;)
            {
                var moves = prices.Begun + prices.Ended;
                (seen, still) = (moves, moves == seen ? still + 1 : 0);
                if (still < (seen == 0 ? LongestStart : LongestPause)) continue;

                await stop.CancelAsync(); // wakes whatever blocks, so that no thread stays behind
                await Task.WhenAny(billing);
                return seen == 0
                    ? "It has not asked for a single price."
                    : "A price was asked for, and nothing moves any more: a deadlock. Something blocks the loop's only thread until that price is there, and the price needs that thread to get there.";
            }

            var (total, due) = (await billing, orders.Sum(order => order * 3));
            return prices.Begun < orders.Length ? $"There are {orders.Length} orders, but it asked for {prices.Begun} prices."
                : total != due ? $"The bill is {due}, not {total}."
                : null;
        });
}
