namespace ConcurrencyLab.Tests;

/// <summary>What readers of the chapters on processes write before they get it right, and what the check tells them.</summary>
[Collection(Alone.Name)]
public class ProcessExerciseTests
{
    [Fact]
    public async Task Sharing_too_much_or_not_working_together_is_told_apart()
    {
        var each = await Exercises.ShareLess.Check((tills, add) => ThreadPerItem.Map(tills, receipts => receipts.Select(receipt => { add(receipt); return receipt; }).Count()));
        Assert.Contains("touched 20000 times", each.Message, StringComparison.Ordinal);
        var alone = await Exercises.ShareLess.Check((tills, add) => add(tills.Sum(receipts => receipts.Sum(receipt => (long)receipt))));
        Assert.Contains("one thread", alone.Message, StringComparison.Ordinal);
        var short1 = await Exercises.ShareLess.Check((tills, add) => ThreadPerItem.Map(tills, receipts => { add(receipts[0]); return 0; }));
        Assert.Contains("came together", short1.Message, StringComparison.Ordinal);
        Assert.False(each.Passed || alone.Passed || short1.Passed);
    }

    [Fact]
    public async Task Reading_too_little_too_much_or_past_the_end_is_told_apart()
    {
        var once = await Exercises.ReadMessage.Check((pipe, length) =>
        {
            var message = new byte[length];
            _ = pipe.Read(message.AsSpan());
            return message;
        });
        Assert.Contains("the first 40 are right", once.Message, StringComparison.Ordinal);
        var greedy = await Exercises.ReadMessage.Check((pipe, length) =>
        {
            var message = new byte[length * 2];
            pipe.ReadAtLeast(message, length);
            return message[..length];
        });
        Assert.Contains("taken away with the first", greedy.Message, StringComparison.Ordinal);
        var silent = await Exercises.ReadMessage.Check((pipe, length) =>
        {
            var message = new byte[length];
            pipe.ReadAtLeast(message, length, throwOnEndOfStream: false);
            return message;
        });
        Assert.Contains("as if it were whole", silent.Message, StringComparison.Ordinal);
        Assert.Contains("null", (await Exercises.ReadMessage.Check((pipe, length) => { pipe.ReadByte(); return null!; })).Message, StringComparison.Ordinal);
        Assert.Contains("returned 0", (await Exercises.ReadMessage.Check((_, _) => [])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_parcel_no_parcel_and_thousands_are_told_apart()
    {
        var none = await Exercises.Parcels.Check((pool, numbers) => Task.FromResult(Primes.Count(numbers)));
        Assert.Contains("nothing was sent", none.Message, StringComparison.Ordinal);
        var one = await Exercises.Parcels.Check(async (pool, numbers) => (await pool.Map([numbers], Primes.Count)).Sum());
        Assert.Contains("one parcel", one.Message, StringComparison.Ordinal);
        var wrong = await Exercises.Parcels.Check(async (pool, numbers) => (await pool.Map(numbers.Chunk(1000).Skip(1), Primes.Count)).Sum());
        Assert.Contains("but it counted", wrong.Message, StringComparison.Ordinal);
        Assert.False(none.Passed || one.Passed || wrong.Passed);
    }

    [Fact]
    public async Task Lost_orders_must_be_named_and_the_others_served()
    {
        var silent = await Exercises.SurviveCrashes.Check(async orders => ([.. (await Processes.Map(orders, FaultyMachine.Brew, 1)).Succeeded], []));
        Assert.Contains("it named none", silent.Message, StringComparison.Ordinal);
        var half = await Exercises.SurviveCrashes.Check(async orders => ([(await Processes.Map(orders[..1], FaultyMachine.Brew, 1))[0]], [13, 13]));
        Assert.Contains("Nobody got cup 8", half.Message, StringComparison.Ordinal);
        Assert.False(silent.Passed || half.Passed);
    }
}
