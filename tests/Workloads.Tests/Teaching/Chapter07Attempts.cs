using static ConcurrencyLab.Tests.Attempt;

namespace ConcurrencyLab.Tests;

public sealed class Chapter07Attempts : Marking<Chapter07Attempts>, IAttempts
{
    public static IEnumerable<Attempt> All => [.. KeepTheLoopTurning, .. AsyncAllTheWay];

    private static IEnumerable<Attempt> KeepTheLoopTurning =>
    [
        Right(Exercises.KeepTheLoopTurning, "Task.Run", async machine => await Task.Run(machine)),
        Right(Exercises.KeepTheLoopTurning, "a thread of its own", machine => Task.Factory.StartNew(machine, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)),
        Right(Exercises.KeepTheLoopTurning, "a thread and a promise", machine =>
        {
            var cup = new TaskCompletionSource<Cup>();
            new Thread(() => cup.SetResult(machine())).Start();
            return cup.Task;
        }),
        Right(Exercises.KeepTheLoopTurning, "away from the loop first", async machine =>
        {
            await Task.Delay(1).ConfigureAwait(false);
            return machine();
        }),

        Wrong(Exercises.KeepTheLoopTurning, "on the loop", "ran on the loop's only thread", async machine =>
        {
            await Task.Yield();
            return machine();
        }),
        Wrong(Exercises.KeepTheLoopTurning, "FromResult", "ran on the loop's only thread", machine => Task.FromResult(machine())),
        Wrong(Exercises.KeepTheLoopTurning, "twice", "the machine ran 2 times", async machine =>
        {
            await Task.Run(machine);
            return await Task.Run(machine);
        }),
        Wrong(Exercises.KeepTheLoopTurning, "Result", "holds the loop's thread", machine => Task.FromResult(Task.Run(machine).Result)),
        Wrong(Exercises.KeepTheLoopTurning, "Join", "holds the loop's thread", async machine =>
        {
            await Task.Yield();
            Cup? cup = null;
            var thread = new Thread(() => cup = machine());
            thread.Start();
            thread.Join();
            return cup!;
        }),
        Wrong(Exercises.KeepTheLoopTurning, "another cup", "another cup", async machine => await Task.Run(machine) with { Order = 2 }),
        Wrong(Exercises.KeepTheLoopTurning, "no machine", "never started", _ => Task.FromResult(new Cup(1, "instant", "nowhere", 0))),
    ];

    private static IEnumerable<Attempt> AsyncAllTheWay =>
    [
        Right(Exercises.AsyncAllTheWay, "WhenAll", async (orders, priceAsync) => (await Task.WhenAll(orders.Select(priceAsync))).Sum()),
        Right(Exercises.AsyncAllTheWay, "one after the other", async (orders, priceAsync) =>
        {
            var total = 0;
            foreach (var order in orders) total += await priceAsync(order);
            return total;
        }),
        Right(Exercises.AsyncAllTheWay, "off the loop", (orders, priceAsync) => Task.Run(async () =>
        {
            var total = 0;
            foreach (var price in orders.Select(priceAsync).ToList()) total += await price;
            return total;
        })),
        Right(Exercises.AsyncAllTheWay, "Result of what is complete", async (orders, priceAsync) =>
        {
            var prices = orders.Select(priceAsync).ToList();
            await Task.WhenAll(prices);
            return prices.Sum(price => price.Result);
        }),

        Wrong(Exercises.AsyncAllTheWay, "Result", "a deadlock", (orders, priceAsync) => Task.FromResult(orders.Sum(order => priceAsync(order).Result))),
        Wrong(Exercises.AsyncAllTheWay, "Task.Run(...).Result", "only thread stood still", (orders, priceAsync) => Task.FromResult(orders.Sum(order => Task.Run(() => priceAsync(order)).Result))),
        Wrong(Exercises.AsyncAllTheWay, "WaitAll", "a deadlock", async (orders, priceAsync) =>
        {
            var prices = orders.Select(priceAsync).ToArray();
            await Task.Yield();
            Task.WaitAll(prices);
            return prices.Sum(price => price.Result);
        }),
        Wrong(Exercises.AsyncAllTheWay, "an async method off the loop, waited for", "only thread stood still", (orders, priceAsync) =>
            Task.FromResult(Task.Run(async () => (await Task.WhenAll(orders.Select(priceAsync))).Sum()).GetAwaiter().GetResult())),
        Wrong(Exercises.AsyncAllTheWay, "the first", "asked for 1 prices", (orders, priceAsync) => priceAsync(orders[0])),
        Wrong(Exercises.AsyncAllTheWay, "a lazy Select gone through twice", "asked for 10 prices", async (orders, priceAsync) =>
        {
            var prices = orders.Select(priceAsync);
            await Task.WhenAll(prices);
            var total = 0;
            foreach (var price in prices) total += await price;
            return total;
        }),
        Wrong(Exercises.AsyncAllTheWay, "the dearest", "The bill is 45, not 15", async (orders, priceAsync) => (await Task.WhenAll(orders.Select(priceAsync))).Max()),
    ];
}
