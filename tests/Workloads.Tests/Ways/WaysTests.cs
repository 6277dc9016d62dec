using System.Collections.Concurrent;

namespace ConcurrencyLab.Tests;

public class WaysTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static int Square(int number) => number * number;

    public static int Negate(int number) => -number;

    public static int SquareButNot13(int number) => number == 13 ? throw new ArgumentException("unlucky") : number * number;

    [Theory, MemberData(nameof(AllWays.Names), MemberType = typeof(AllWays))]
    public async Task Every_way_gives_the_sequential_answer_in_the_items_order(string way)
    {
        var items = Enumerable.Range(0, 40).Reverse().ToArray();
        var results = await AllWays.ByName[way](items, Square, 3, null, Cancel);
        Assert.Equal(items.Select(Square), results);
        Assert.Empty(results.Failures);
    }

    [Theory, MemberData(nameof(AllWays.Names), MemberType = typeof(AllWays))]
    public async Task Every_way_survives_no_items_at_all(string way)
    {
        Assert.Empty(await AllWays.ByName[way]([], Square, 2, null, Cancel));
    }

    [Theory, MemberData(nameof(AllWays.Limited), MemberType = typeof(AllWays))]
    public async Task A_limit_below_one_is_refused(string way)
    {
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => AllWays.ByName[way]([1, 2], Square, 0, null, Cancel));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => AllWays.ByName[way]([1, 2], Square, -3, null, Cancel));
        var fetchers = await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Pipeline.Map([1, 2], Task.FromResult, Square, fetchers: 0, cancel: Cancel));
        Assert.Equal("fetchers", fetchers.ParamName);
    }

    [Theory, MemberData(nameof(AllWays.Names), MemberType = typeof(AllWays))]
    public async Task A_failing_item_costs_its_own_result_and_no_other(string way)
    {
        var results = await AllWays.ByName[way](Enumerable.Range(10, 6), SquareButNot13, 2, null, Cancel);
        var failure = Assert.Single(results.Failures);
        Assert.Equal((3, 13), (failure.Index, failure.Item));
        Assert.Contains("unlucky", failure.Error.Message, StringComparison.Ordinal);
        Assert.Equal([100, 121, 144, 196, 225], results.Succeeded);
        Assert.Contains("13", Assert.Throws<ItemException>(() => results[3]).Message, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(AllWays.Names), MemberType = typeof(AllWays))]
    public async Task Every_way_tells_how_far_it_has_come(string way)
    {
        var seen = new Heard();
        await AllWays.ByName[way](Enumerable.Range(0, 9), SquareButNot13, 2, seen, Cancel);
        Assert.Equal(Enumerable.Range(1, 9).Select(done => new Progress(done, 9)), seen.All.OrderBy(progress => progress.Done));
    }

    [Theory, MemberData(nameof(AllWays.Names), MemberType = typeof(AllWays))]
    public async Task Nothing_is_begun_when_it_is_cancelled_already(string way)
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => AllWays.ByName[way]([1], Square, 1, null, new CancellationToken(canceled: true)));
    }

    [Theory, MemberData(nameof(AllWays.OneAfterTheOther), MemberType = typeof(AllWays))]
    public async Task Cancelling_stops_before_the_next_item(string way)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var begun = 0;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => AllWays.ByName[way](
            Enumerable.Range(0, 2000),
            item =>
            {
                if (Interlocked.Increment(ref begun) == 1)
                {
                    stop.Cancel();
                }

                stop.Token.WaitHandle.WaitOne();
                return item;
            },
            4,
            null,
            stop.Token));
        Assert.InRange(begun, 1, 1999);
    }

    [Theory, MemberData(nameof(AllWays.Limited), MemberType = typeof(AllWays))]
    public async Task Never_more_items_at_once_than_workers(string way)
    {
        var now = 0;
        var peaks = new ConcurrentBag<int>();
        await AllWays.ByName[way](
            Enumerable.Range(0, 30),
            item =>
            {
                peaks.Add(Interlocked.Increment(ref now));
                Thread.Sleep(2);
                Interlocked.Decrement(ref now);
                return item;
            },
            3,
            null,
            Cancel);
        Assert.InRange(peaks.Max(), 1, 3);
    }

    [Fact]
    public void A_thread_per_item_really_holds_all_items_at_once()
    {
        using var all = new Barrier(24);
        // Would never end on fewer threads than items.
        Assert.Equal(24, ThreadPerItem.Map(Enumerable.Range(0, 24), item => all.SignalAndWait(TimeSpan.FromSeconds(30), Cancel), cancel: Cancel).Count(met => met));
    }

    [Fact]
    public async Task Async_all_at_once_really_has_all_items_in_flight()
    {
        var waiting = 0;
        var all = new TaskCompletionSource();
        var results = await WhenAll.Map(Enumerable.Range(0, 1000), async item =>
        {
            if (Interlocked.Increment(ref waiting) == 1000)
            {
                all.SetResult();
            }

            await all.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancel);
            return item;
        }, cancel: Cancel);
        Assert.Empty(results.Failures);
    }

    [Fact]
    public void Fewer_than_one_worker_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>("workers", () => { ParallelFor.Map([1], Square, 0); });
    }

    private sealed class Heard : IProgress<Progress>
    {
        internal ConcurrentBag<Progress> All { get; } = [];

        public void Report(Progress value) => All.Add(value);
    }
}
