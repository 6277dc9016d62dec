using static ConcurrencyLab.Tests.Attempt;

namespace ConcurrencyLab.Tests;

public sealed class Chapter11Attempts : Marking<Chapter11Attempts>, IAttempts
{
    public static IEnumerable<Attempt> All => [.. NameTheWay, .. BothAtOnce];

    private static IEnumerable<Attempt> NameTheWay =>
    [
        Right(Exercises.NameTheWay, "in flight, threads, cores", (threads, inFlight, busy) => inFlight == 1 ? "sequential" : threads == 1 ? "async" : busy < 0.5 ? "threads" : "parallel"),
        Right(Exercises.NameTheWay, "threads, in flight, cores", (threads, inFlight, busy) => threads > 1 ? busy > 0.4 ? "parallel" : "threads" : inFlight > 1 ? "async" : "sequential"),
        Right(Exercises.NameTheWay, "in capitals", (threads, inFlight, busy) => (threads, inFlight) switch
        {
            (_, 1) => "Sequential",
            (1, _) => "Async",
            _ => busy < 0.6 ? "Threads" : "Parallel",
        }),

        Wrong(Exercises.NameTheWay, "one word", "You say \"sequential\", but it was async", (_, _, _) => "sequential"),
        Wrong(Exercises.NameTheWay, "in flight only", "You say \"async\", but it was threads", (_, inFlight, _) => inFlight == 1 ? "sequential" : "async"),
        Wrong(Exercises.NameTheWay, "no cores", "You say \"threads\", but it was parallel", (threads, inFlight, _) => inFlight == 1 ? "sequential" : threads == 1 ? "async" : "threads"),
        Wrong(Exercises.NameTheWay, "waits and computes confused", "You say \"parallel\", but it was threads", (threads, inFlight, busy) => inFlight == 1 ? "sequential" : threads == 1 ? "async" : busy > 0.5 ? "threads" : "parallel"),
        Wrong(Exercises.NameTheWay, "nothing", "You say \"\", but it was sequential", (_, _, _) => null!),
    ];

    private static IEnumerable<Attempt> BothAtOnce =>
    [
        Right(Exercises.BothAtOnce, "finally", async (wait, compute) =>
        {
            var waiting = wait();
            try
            {
                return compute() + await waiting;
            }
            finally
            {
                await Task.WhenAny(waiting);
            }
        }),
        Right(Exercises.BothAtOnce, "on the pool, WhenAll", async (wait, compute) => (await Task.WhenAll(wait(), Task.Run(compute))).Sum()),
        Right(Exercises.BothAtOnce, "computing first on the pool", async (wait, compute) =>
        {
            var computing = Task.Run(compute);
            var waited = await wait();
            return waited + await computing;
        }),
        Right(Exercises.BothAtOnce, "catch and throw again", async (wait, compute) =>
        {
            var waiting = wait();
            int computed;
            try
            {
                computed = compute();
            }
            catch
            {
                await waiting;
                throw;
            }

            return computed + await waiting;
        }),

        Wrong(Exercises.BothAtOnce, "one after the other", "nothing happened at the same time", async (wait, compute) => await wait() + compute()),
        Wrong(Exercises.BothAtOnce, "the other way round", "nothing happened at the same time", async (wait, compute) => compute() + await wait()),
        Wrong(Exercises.BothAtOnce, "walks away", "abandoned the wait", async (wait, compute) =>
        {
            var waiting = wait();
            return compute() + await waiting;
        }),
        Wrong(Exercises.BothAtOnce, "swallows", "swallowed", async (wait, compute) =>
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
        }),
        Wrong(Exercises.BothAtOnce, "Result", "held its thread", (wait, compute) =>
        {
            var waiting = wait();
            try
            {
                return Task.FromResult(compute() + waiting.Result);
            }
            finally
            {
                waiting.Wait();
            }
        }),
        Wrong(Exercises.BothAtOnce, "waits twice", "more than once", async (wait, compute) =>
        {
            var waiting = wait();
            return compute() + await waiting - 40 + await wait();
        }),
        Wrong(Exercises.BothAtOnce, "half of it", "returned 40", async (wait, compute) =>
        {
            var waiting = wait();
            compute();
            return await waiting;
        }),
    ];
}
