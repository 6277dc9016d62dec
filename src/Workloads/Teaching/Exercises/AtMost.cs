namespace ConcurrencyLab;

public static partial class Exercises
{
    /// <summary>Chapter 02: asynchronous, but with a limit on the orders in flight.</summary>
    public static Exercise<Func<IReadOnlyList<int>, int, Func<int, Task<Cup>>, Task<Cup[]>>> AtMost { get; } = new(
        "02-1",
        "new SemaphoreSlim(limit) has that many places. Await places.WaitAsync() before an order, Release() after it, in a finally. Wrap that in a local async function and give it to Select.",
        """
        using System.Threading;

        async Task<Cup[]> AtMost(IReadOnlyList<int> orders, int limit, Func<int, Task<Cup>> order)
        {
            using var places = new SemaphoreSlim(limit);
            async Task<Cup> One(int number)
            {
                await places.WaitAsync();
                try { return await order(number); }
                finally { places.Release(); }
            }
            return await Task.WhenAll(orders.Select(One));
        }

        await Exercises.AtMost.Check(AtMost)
        """,
        async attempt =>
        {
            const int Limit = 3;
            var orders = Enumerable.Range(1, 12).ToArray();
            var calls = new Calls();
            async Task<Cup> Order(int number)
            {
                using var call = calls.Begin();
                await Task.Delay(20).ConfigureAwait(false);
                return new Cup(number, "espresso", "Sidamo", 20);
            }

            var cups = await attempt(orders, Limit, Order).ConfigureAwait(false);
            var peak = calls.MostAtOnce;
            return cups switch
            {
                null => "It returned null instead of the cups.",
                _ when !cups.Select(cup => cup?.Order ?? 0).SequenceEqual(orders) => "The cups are not those of the orders, in their order.",
                _ when peak > Limit => $"The limit was {Limit}, but {peak} orders were in flight at once.",
                _ when peak == 1 => "Never more than one order was in flight: each is awaited before the next is started.",
                _ when peak < Limit => $"Only {peak} orders were in flight at once although {Limit} were allowed.",
                _ => null,
            };
        });
}
