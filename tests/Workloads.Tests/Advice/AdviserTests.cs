using System.Diagnostics;

namespace ConcurrencyLab.Tests;

/// <summary>What users give to the adviser, sensible and not.</summary>
[Collection(Alone.Name)]
public class AdviserTests
{
    private const int WaitMilliseconds = 8, ComputeMilliseconds = 10;
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(0.5);
    private static readonly int[] Few = [.. Enumerable.Range(1, 12)];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static int Sleep(int item)
    {
        Thread.Sleep(WaitMilliseconds);
        return item;
    }

    private static int Spin(int item)
    {
        var until = Stopwatch.GetTimestamp() + (Stopwatch.Frequency * ComputeMilliseconds / 1000);
        while (Stopwatch.GetTimestamp() < until)
        {
            Thread.SpinWait(50);
        }

        return item;
    }

    [Fact]
    public async Task Blocking_waits_get_threads()
    {
        var advice = await Adviser.Ask("sleeps", Few, Sleep, cancel: Cancel);

        Assert.Equal((WorkKind.Waits, "threads"), (advice.Profile.Kind, advice.Recommendation!.Way));
        Assert.Null(advice.Recommended!.Failure);
    }

    [Fact]
    public async Task Awaited_waits_get_async()
    {
        var advice = await Adviser.Ask("delays", Few, async item => { await Task.Delay(WaitMilliseconds); return item; }, cancel: Cancel);

        Assert.Equal("async", advice.Recommendation!.Way);
        Assert.Null(advice.Recommended!.Failure);
    }

    [Fact]
    public async Task Computing_gets_cores_where_there_are_several()
    {
        var advice = await Adviser.Ask("spins", Few, Spin, cancel: Cancel);

        Assert.Equal(WorkKind.Computes, advice.Profile.Kind);
        Assert.Equal(Environment.ProcessorCount == 1 ? "sequential" : "parallel", advice.Recommendation!.Way);
        Assert.NotNull(advice.Recommended);
        Assert.Contains("advised", advice.ToMarkdown(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_waits_and_computes_gets_a_number_of_threads_that_fits()
    {
        var advice = await Adviser.Ask("both", Few, item => Sleep(Spin(item)), cancel: Cancel);

        Assert.NotEqual(WorkKind.Computes, advice.Profile.Kind);
        Assert.Contains("thread", advice.Recommendation!.Way, StringComparison.Ordinal);
        Assert.NotNull(advice.Recommended);
    }

    [Fact]
    public async Task Fetching_and_computing_apart_get_a_pipeline()
    {
        var advice = await Adviser.Ask("orders", Few, async item => { await Task.Delay(WaitMilliseconds); return item; }, Spin, cancel: Cancel);

        Assert.Equal("pipeline", advice.Recommendation!.Way);
        Assert.Equal(["sequential", "pipeline", "async on one thread", "parallel"], advice.Comparison!.Runs.Select(run => run.Name));
        Assert.All(advice.Comparison.Runs, run => Assert.Null(run.Failure));
    }

    [Fact]
    public async Task What_takes_nanoseconds_is_best_left_alone()
    {
        var advice = await Adviser.Ask("squares", Enumerable.Range(0, 5000), item => item * item, cancel: Cancel);

        Assert.Equal("sequential", advice.Recommendation!.Way);
        Assert.InRange(advice.Profile.ItemMilliseconds, 0, 0.005);
    }

    [Fact]
    public async Task Async_that_holds_its_caller_is_seen_through()
    {
        var advice = await Adviser.Ask("async in name", Few, item => Task.FromResult(Sleep(item)), cancel: Cancel);

        Assert.True(advice.Profile.HoldsItsCaller);
        Assert.Equal("threads", advice.Recommendation!.Way);
        Assert.Contains("although it is called asynchronous", advice.Recommendation.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_work_that_throws_is_named_with_its_item_and_nothing_is_advised()
    {
        var advice = await Adviser.Ask("broken", Few, int (item) => throw new InvalidOperationException("out of milk"), cancel: Cancel);

        Assert.Null(advice.Recommendation);
        Assert.Null(advice.WasRight);
        Assert.Contains("Item 1 of 12 (1) threw InvalidOperationException: out of milk", advice.ToString(), StringComparison.Ordinal);
        Assert.Contains("out of milk", (await Adviser.Ask("later", Few, async item => { await Task.Yield(); throw new InvalidOperationException("out of milk"); }, cancel: Cancel)).ToMarkdown(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sequence_without_end_is_refused()
    {
        static IEnumerable<int> Numbers()
        {
            for (var number = 0; ; number++) yield return number;
        }

        var error = await Assert.ThrowsAsync<ArgumentException>(() => Adviser.Ask("all numbers", Numbers(), item => item, cancel: Cancel));

        Assert.Contains("without end", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Work_that_is_still_to_be_done_is_no_item_to_advise_on()
    {
        var advice = await Adviser.Ask("lazy", Few, item => Enumerable.Range(0, item).Select(Sleep), cancel: Cancel);

        Assert.Contains(".ToArray()", advice.Profile.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_single_item_that_throws_later_costs_itself_alone()
    {
        var advice = await Adviser.Ask("mostly fine", Enumerable.Range(1, 40), item => item == 30 ? throw new InvalidOperationException("no beans") : Sleep(item), cancel: Cancel);

        Assert.NotNull(advice.Comparison);
        // The first few items are looked at; this one is met when all are tried, if they are.
        Assert.True(advice.TriedItems < 30 || advice.Notes.Any(note => note.Contains("no beans", StringComparison.Ordinal)), advice.ToString());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_work_that_never_ends_is_given_up_and_named(bool spins)
    {
        // What the adviser gives up goes on: it is ended here, or it would keep a core from all tests that follow.
        using var over = new ManualResetEventSlim();
        var advice = await Adviser.Ask(
            "for ever", Few, item =>
            {
                while (spins && !over.IsSet)
                {
                }

                over.Wait(CancellationToken.None);
                return item;
            },
            limit: Soon,
            cancel: Cancel);
        over.Set();

        Assert.Null(advice.Recommendation);
        Assert.Contains("had not ended after 500 ms", advice.ToString(), StringComparison.Ordinal);
        Assert.Contains("What it began may go on and disturb what is measured later", advice.ToString(), StringComparison.Ordinal);
        var awaited = await Adviser.Ask("never comes", Few, _ => new TaskCompletionSource<int>().Task, limit: Soon, cancel: Cancel);
        Assert.Contains("waits for something that never comes", awaited.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Items_that_wait_for_each_other_cost_their_way_and_not_the_others()
    {
        // One at a time it ends at once; two at a time never end.
        var inside = 0;
        var advice = await Adviser.Ask(
            "a narrow place", Few, item =>
            {
                var alone = Interlocked.Increment(ref inside) == 1;
                try
                {
                    Thread.Sleep(alone ? WaitMilliseconds : Timeout.Infinite);
                    return item;
                }
                finally
                {
                    Interlocked.Decrement(ref inside);
                }
            },
            limit: Soon,
            cancel: Cancel);

        Assert.False(advice.WasRight, advice.ToString());
        Assert.Contains(advice.Notes, note => note.StartsWith("threads: had not ended after 500 ms", StringComparison.Ordinal));
        Assert.Contains("It was wrong. threads did not end", advice.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Items_that_share_what_they_change_are_told_apart_by_their_answers()
    {
        var scratch = 0;
        var advice = await Adviser.Ask(
            "a shared scratch pad", Few, item =>
            {
                Volatile.Write(ref scratch, item);
                Thread.Sleep(WaitMilliseconds);
                return Volatile.Read(ref scratch);
            },
            cancel: Cancel);

        Assert.False(advice.WasRight, advice.ToString());
        Assert.Contains("The items share something that they change", advice.Outcome, StringComparison.Ordinal);
        Assert.Equal("sequential", advice.Best!.Name);
    }

    [Fact]
    public async Task An_answer_that_never_repeats_itself_is_said_to()
    {
        var calls = 0;
        var advice = await Adviser.Ask("how many calls", Few, item => { Thread.Sleep(5); return Interlocked.Increment(ref calls); }, cancel: Cancel);

        Assert.Contains(advice.Notes, note => note.Contains("two different answers", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Work_without_an_answer_can_be_asked_about()
    {
        Action<int> sleeps = item => Sleep(item);
        var advice = await Adviser.Ask("silent", Few, sleeps, cancel: Cancel);
        var awaited = await Adviser.Ask("silent, awaited", Few, async item => { await Task.Delay(WaitMilliseconds); }, cancel: Cancel);

        Assert.Equal(("threads", "async"), (advice.Recommendation!.Way, awaited.Recommendation!.Way));
        Assert.Contains(advice.Notes, note => note.Contains("gives no answer", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nothing_to_work_on_and_an_impossible_limit_are_refused()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Adviser.Ask("nothing", Array.Empty<int>(), Sleep, cancel: Cancel));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Adviser.Ask("at once", Few, Sleep, TimeSpan.Zero, Cancel));
        Assert.Equal("sequential", (await Adviser.Ask("one", [1], Sleep, cancel: Cancel)).Recommendation!.Way);
    }
}
