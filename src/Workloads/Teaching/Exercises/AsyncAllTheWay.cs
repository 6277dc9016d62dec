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
            const string Deadlock = "A price was asked for, and nothing moves any more: a deadlock. Something blocks the loop's only thread until that price is there, and the price needs that thread to get there.",
                Held = "The loop's only thread stood still until a price was there, so nothing else could go on meanwhile: await the price, .Result and Wait() hold the thread wherever the task comes from.";
            int[] orders = [.. Enumerable.Range(1, 5)];
            var (loop, prices) = (new WatchedLoop(), new Calls());
            async Task<int> PriceAsync(int order)
            {
                using var call = prices.Begin();
                await OnItsWay(); // and back to the loop
                return order * 3;
            }

            async Task OnItsWay()
            {
                await Task.Delay(10).ConfigureAwait(false);
                await loop.TurnAsync().ConfigureAwait(false);
            }

            var total = await loop.Run(() => attempt(orders, PriceAsync), Held, Deadlock).ConfigureAwait(false);
            var due = orders.Sum(order => order * 3);
            return prices.Begun != orders.Length ? $"There are {orders.Length} orders, but it asked for {prices.Begun} prices."
                : total != due ? $"The bill is {due}, not {total}."
                : null;
        });
}
