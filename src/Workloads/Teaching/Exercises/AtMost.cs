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
        // With two limits, so that a number written into the code shows.
        async attempt => await JudgeLimit(attempt, 3).ConfigureAwait(false) ?? await JudgeLimit(attempt, 2).ConfigureAwait(false));

    private static async Task<string?> JudgeLimit(Func<IReadOnlyList<int>, int, Func<int, Task<Cup>>, Task<Cup[]>> attempt, int limit)
    {
        var orders = Enumerable.Range(1, 12).ToArray();
        var (loop, calls, kitchen) = (new WatchedLoop(), new Calls(), new Meeting(limit));
        var allBegun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var begunMeanwhile = orders.Length;
        async Task<Cup> Order(int number)
        {
            using var call = calls.Begin();
            if (call.Number == orders.Length) allBegun.TrySetResult();
            // Whatever the attempt starts without awaiting anything has been started when its loop has turned.
            await loop.TurnAsync().ConfigureAwait(false);
            await kitchen.AttendAsync().ConfigureAwait(false);
            await Task.Delay(10).ConfigureAwait(false);
            await loop.TurnAsync().ConfigureAwait(false);
            // The first order takes its time: all others must get through the places beside it.
            if (call.Number == 1 && kitchen.TookPlace && !await JudgeWait.SeesAsync(allBegun.Task).ConfigureAwait(false)) begunMeanwhile = calls.Begun;
            return new Cup(number, "espresso", "Sidamo", 20);
        }

        var cups = await loop.Run(() => attempt(orders, limit, Order), "It holds its thread while it waits for a place or for a cup: await places.WaitAsync(), not Wait() or Result.").ConfigureAwait(false);
        var peak = calls.MostAtOnce;
        return cups switch
        {
            null => "It returned null instead of the cups.",
            _ when !cups.Select(cup => cup?.Order ?? 0).SequenceEqual(orders) => "The cups are not those of the orders, in their order.",
            _ when calls.Begun != orders.Length => $"There are {orders.Length} orders, but {calls.Begun} were begun: each way through a Select runs it again.",
            _ when peak > limit => $"The limit was {limit}, but {peak} orders were in flight at once.",
            _ when peak == 1 => JudgeWait.UnlessBusy("Never more than one order was in flight: each is awaited before the next is started."),
            _ when peak < limit => JudgeWait.UnlessBusy($"Only {peak} orders were in flight at once although {limit} were allowed."),
            _ when begunMeanwhile < orders.Length => JudgeWait.UnlessBusy($"One order took long, and beside it only {begunMeanwhile - 1} others were begun, the rest waited for it: let the next in as soon as any place is free."),
            _ => null,
        };
    }
}
