using static ConcurrencyLab.Tests.Attempt;

namespace ConcurrencyLab.Tests;

public sealed class Chapter00Attempts : Marking<Chapter00Attempts>, IAttempts
{
    public static IEnumerable<Attempt> All =>
    [
        Right(Exercises.ServeAll, "WhenAll", (shop, orders) => Task.WhenAll(orders.Select(shop.OrderAsync))),
        Right(Exercises.ServeAll, "kept tasks, awaited one after the other", async (shop, orders) =>
        {
            var tasks = orders.Select(shop.OrderAsync).ToList();
            var cups = new List<Cup>();
            foreach (var task in tasks) cups.Add(await task);
            return [.. cups];
        }),
        Right(Exercises.ServeAll, "a thread each", async (shop, orders) =>
        {
            await Task.Yield();
            return [.. ThreadPerItem.Map(orders, shop.Order)];
        }),
        Right(Exercises.ServeAll, "an array filled by index", async (shop, orders) =>
        {
            var cups = new Cup[orders.Count];
            await Task.WhenAll(Enumerable.Range(0, cups.Length).Select(async index => cups[index] = await shop.OrderAsync(orders[index])));
            return cups;
        }),

        Wrong(Exercises.ServeAll, "a lazy Select gone through twice", "for 12 orders the shop made 24", async (shop, orders) =>
        {
            var tasks = orders.Select(shop.OrderAsync);
            await Task.WhenAll(tasks);
            return [.. tasks.Select(task => task.Result)];
        }),
        Wrong(Exercises.ServeAll, "one after the other", "one order at a time", async (shop, orders) =>
        {
            var cups = new List<Cup>();
            foreach (var order in orders) cups.Add(await shop.OrderAsync(order));
            return [.. cups];
        }),
        Wrong(Exercises.ServeAll, "a lazy Select awaited one after the other", "one order at a time", async (shop, orders) =>
        {
            var cups = new List<Cup>();
            foreach (var task in orders.Select(shop.OrderAsync)) cups.Add(await task);
            return [.. cups];
        }),
        Wrong(Exercises.ServeAll, "four at a time", "never had more than 4 of the 12", async (shop, orders) =>
        {
            var cups = new List<Cup>();
            foreach (var some in orders.Chunk(4)) cups.AddRange(await Task.WhenAll(some.Select(shop.OrderAsync)));
            return [.. cups];
        }),
        Wrong(Exercises.ServeAll, "in the order of their coming", "not in the order", async (shop, orders) =>
        {
            var cups = await Task.WhenAll(orders.Select(shop.OrderAsync));
            return [.. cups.Reverse()];
        }),
        Wrong(Exercises.ServeAll, "the first only", "but 1 cups", async (shop, orders) => [await await Task.WhenAny(orders.Select(shop.OrderAsync))]),
        Wrong(Exercises.ServeAll, "nothing", "null", (_, _) => Task.FromResult<Cup[]>(null!)),
        Wrong(Exercises.ServeAll, "an error", "out of milk", (_, _) => throw new InvalidOperationException("out of milk")),
        Wrong(Exercises.ServeAll, "the stub of a stub", "Not solved yet", (_, _) => throw new NotImplementedException()),
    ];
}
