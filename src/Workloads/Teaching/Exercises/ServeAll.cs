namespace ConcurrencyLab;

/// <summary>The exercises of all chapters, by name.</summary>
public static partial class Exercises
{
    /// <summary>Chapter 00: order everything at once and hold no thread while waiting.</summary>
    public static Exercise<Func<CoffeeShop, IReadOnlyList<int>, Task<Cup[]>>> ServeAll { get; } = new(
        "00-1",
        "shop.OrderAsync(order) starts an order and returns a Task<Cup> at once. Start all of them before you await any: Select makes the tasks, Task.WhenAll awaits them.",
        """
        Task<Cup[]> ServeAll(CoffeeShop shop, IReadOnlyList<int> orders) =>
            Task.WhenAll(orders.Select(shop.OrderAsync));

        await Exercises.ServeAll.Check(ServeAll)
        """,
        async attempt =>
        {
            const int Usual = 60, Slow = 500; // milliseconds an order
            using var opened = CoffeeShop.Open();
            var orders = opened.Orders(12);
            var wrong = await Judge(Usual).ConfigureAwait(false);
            // Where sending twelve orders takes longer than one of them: with slow ones, all are under way together.
            return wrong is not null && JudgeWait.IsMachineBusy() ? await Judge(Slow).ConfigureAwait(false) : wrong;

            async Task<string?> Judge(int ms)
            {
                var shop = opened.With(ms: ms, jitter: 0, seed: 5);
                var expected = orders.Select(order => shop.With(ms: 0).Order(order)).ToArray();
                shop.ResetStats();
                var cups = await attempt(shop, orders).ConfigureAwait(false);
                var (sent, _, _, peak) = shop.Stats();
                return cups switch
                {
                    null => "It returned null instead of the cups.",
                    _ when cups.Length != expected.Length => $"There were {expected.Length} orders but {cups.Length} cups.",
                    _ when cups.Zip(expected).Any(pair => pair.First?.Order != pair.Second.Order) => "The cups are not in the order of the orders.",
                    _ when sent != orders.Count => $"All cups are right, but for {orders.Count} orders the shop made {sent}: each way through a Select runs it again. ToArray() keeps the tasks that it started.",
                    _ when peak == 1 => JudgeWait.UnlessBusy("All cups are right, but the shop never had more than one order at a time: each is awaited before the next is started."),
                    _ when peak < orders.Count => JudgeWait.UnlessBusy($"All cups are right, but the shop never had more than {peak} of the {orders.Count} orders at once: start all before you await any."),
                    _ => null,
                };
            }
        });
}
