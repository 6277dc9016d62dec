namespace ConcurrencyLab.Tests;

/// <summary>What readers write before they get it right, and what the check tells them. Stubs and solutions run with the chapters.</summary>
[Collection(Alone.Name)]
public class ExerciseTests
{
    [Fact]
    public async Task Serving_one_after_the_other_is_told_apart_from_serving_all_at_once()
    {
        var verdict = await Exercises.ServeAll.Check(async (shop, orders) =>
        {
            var cups = new List<Cup>();
            foreach (var order in orders)
            {
                cups.Add(await shop.OrderAsync(order));
            }

            return [.. cups];
        });
        Assert.False(verdict.Passed);
        Assert.Contains("one order at a time", verdict.Message, StringComparison.Ordinal);
        Assert.True((await Exercises.ServeAll.Check((shop, orders) => Task.WhenAll(orders.Select(shop.OrderAsync)))).Passed);
    }

    [Fact]
    public async Task A_barista_who_waits_first_or_never_stops_or_miscounts_is_told_so()
    {
        var waits = await Exercises.WipeTheCounter.Check(async (brewing, wipe) =>
        {
            await brewing;
            return 0;
        });
        Assert.Contains("waits for the espresso first", waits.Message, StringComparison.Ordinal);
        var once = await Exercises.WipeTheCounter.Check(async (brewing, wipe) =>
        {
            await wipe();
            return 1;
        });
        Assert.Contains("stopped after 1", once.Message, StringComparison.Ordinal);
        var miscounts = await Exercises.WipeTheCounter.Check(async (brewing, wipe) =>
        {
            while (!brewing.IsCompleted)
            {
                await wipe();
            }

            return 0;
        });
        Assert.Contains("counted 0", miscounts.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Too_many_orders_and_too_few_are_told_apart()
    {
        var all = await Exercises.AtMost.Check((orders, limit, order) => Task.WhenAll(orders.Select(order)));
        Assert.Contains("12 orders were in flight", all.Message, StringComparison.Ordinal);
        var one = await Exercises.AtMost.Check(async (orders, limit, order) =>
        {
            var cups = new List<Cup>();
            foreach (var number in orders)
            {
                cups.Add(await order(number));
            }

            return [.. cups];
        });
        Assert.Contains("Never more than one", one.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Counting_on_one_thread_is_not_counting_on_all_cores()
    {
        var verdict = await Exercises.CountPrimes.Check((numbers, isPrime) => numbers.Count(isPrime));
        Assert.False(verdict.Passed);
        Assert.Contains("one ", verdict.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stub_and_an_attempt_that_throws_are_verdicts_and_not_errors()
    {
        Assert.Contains("Not solved yet", (await Exercises.CountPrimes.Check((_, _) => throw new NotImplementedException())).Message, StringComparison.Ordinal);
        Assert.Contains("out of milk", (await Exercises.ServeAll.Check((_, _) => throw new InvalidOperationException("out of milk"))).Message, StringComparison.Ordinal);
    }
}
