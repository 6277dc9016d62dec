namespace ConcurrencyLab.Tests;

/// <summary>What readers write in chapters 09 and 11 before they get it right, and what the checks tell them.</summary>
[Collection(Alone.Name)]
public class GilExerciseTests
{
    private static string Serve(Func<PracticeGil, Func<int>, Func<int, int>, int> attempt)
    {
        var verdict = Exercises.ReleaseWhileWaiting.Check(attempt).GetAwaiter().GetResult();
        Assert.False(verdict.Passed);
        return verdict.Message;
    }

    [Fact]
    public void A_lock_that_is_missing_kept_forgotten_or_taken_twice_is_told_apart()
    {
        Assert.Contains("without the lock", Serve((gil, wait, compute) => compute(wait())), StringComparison.Ordinal);
        Assert.Contains("waited with the lock", Serve((gil, wait, compute) =>
        {
            gil.Take();
            var answer = compute(wait());
            gil.Release();
            return answer;
        }), StringComparison.Ordinal);
        Assert.Contains("Release was forgotten", Serve((gil, wait, compute) =>
        {
            var order = wait();
            gil.Take();
            return compute(order);
        }), StringComparison.Ordinal);
        Assert.Contains("took the lock twice", Serve((gil, wait, compute) =>
        {
            gil.Take();
            gil.Take();
            return 0;
        }), StringComparison.Ordinal);
        Assert.Contains("never given back", Serve((gil, wait, compute) =>
        {
            var order = wait();
            gil.Take();
            var answer = compute(order);
            gil.Release();
            return answer;
        }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_law_of_one_lock_names_the_case_that_is_wrong()
    {
        var verdict = await Exercises.TimeWithGil.Check((threads, wait, compute, cores, gil) => wait + compute);
        Assert.Contains("4 threads, each waits 0 ms and then computes 10 ms, 4 cores, with a GIL: it says 10 ms, but they need 40 ms", verdict.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_leaves_a_started_wait_behind_or_swallows_an_error_is_told_so()
    {
        var leaves = await Exercises.BothAtOnce.Check(async (wait, compute) =>
        {
            var waiting = wait();
            return compute() + await waiting;
        });
        Assert.Contains("abandoned the wait", leaves.Message, StringComparison.Ordinal);
        var swallows = await Exercises.BothAtOnce.Check(async (wait, compute) =>
        {
            var waiting = wait();
            try
            {
                return compute() + await waiting;
            }
            catch (InvalidOperationException)
            {
                return await waiting;
            }
        });
        Assert.Contains("swallowed", swallows.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_name_for_a_way_is_answered_with_its_figures()
    {
        var verdict = await Exercises.NameTheWay.Check((threads, inFlight, busy) => inFlight == 1 ? "sequential" : "async");
        Assert.Contains("You say \"async\", but it was threads", verdict.Message, StringComparison.Ordinal);
    }
}
