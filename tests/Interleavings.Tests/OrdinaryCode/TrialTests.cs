namespace ConcurrencyLab.Tests;

public class TrialTests
{
    [Fact]
    public void Lost_update()
    {
        var e = ConcurrentProgram.OfCode("lost update", () =>
        {
            var count = 0;
            var a = new Thread(() => count++);
            var b = new Thread(() => count++);
            a.Start();
            b.Start();
            a.Join();
            b.Join();
            Check.That(count == 2);
        }).Explore();
        Assert.True(e.Outcome == Outcome.BrokenInvariant, e.ToString());
        TestContext.Current.TestOutputHelper!.WriteLine(e.ToString());
    }

    [Fact]
    public void Locked()
    {
        var e = ConcurrentProgram.OfCode("locked", () =>
        {
            var count = 0;
            var gate = new object();
            void Add() { lock (gate) { count++; } }
            var a = new Thread(Add);
            var b = new Thread(Add);
            a.Start();
            b.Start();
            a.Join();
            b.Join();
            Check.That(count == 2);
        }).Explore();
        Assert.True(e.Holds && e.Complete, e.ToString());
        TestContext.Current.TestOutputHelper!.WriteLine(e.ToString());
    }

    [Fact]
    public void Async_between_read_and_write()
    {
        var e = ConcurrentProgram.OfCode("async", async () =>
        {
            var balance = 100;
            async Task Draw(int amount)
            {
                if (balance >= amount)
                {
                    await Task.Delay(10);
                    balance -= amount;
                }
            }

            await Task.WhenAll(Draw(80), Draw(80));
            Check.That(balance >= 0);
        }).Explore();
        Assert.True(e.Outcome == Outcome.BrokenInvariant, e.ToString());
        TestContext.Current.TestOutputHelper!.WriteLine(e.ToString());
    }

    [Fact]
    public void Dictionary_race()
    {
        var e = ConcurrentProgram.OfCode("dictionary", () =>
        {
            var cache = new Dictionary<string, int>();
            Parallel.For(0, 2, i =>
            {
                if (!cache.ContainsKey("a"))
                {
                    cache["a"] = i;
                }
            });
        }).Explore();
        Assert.True(e.Outcome == Outcome.DataRace, e.ToString());
        TestContext.Current.TestOutputHelper!.WriteLine(e.ToString());
    }
}
