using static ConcurrencyLab.Tests.Attempt;

namespace ConcurrencyLab.Tests;

public sealed class Chapter09Attempts : Marking<Chapter09Attempts>, IAttempts
{
    public static IEnumerable<Attempt> All => [.. ReleaseWhileWaiting, .. TimeWithGil];

    private static IEnumerable<Attempt> ReleaseWhileWaiting =>
    [
        Right(Exercises.ReleaseWhileWaiting, "try and finally", (gil, wait, compute) => Holding(gil, compute, wait())),
        Right(Exercises.ReleaseWhileWaiting, "the result kept", (gil, wait, compute) =>
        {
            var (order, answer) = (wait(), 0);
            gil.Take();
            try
            {
                answer = compute(order);
            }
            finally
            {
                gil.Release();
            }

            return answer;
        }),
        Right(Exercises.ReleaseWhileWaiting, "caught, given back, thrown again", (gil, wait, compute) =>
        {
            var order = wait();
            gil.Take();
            int answer;
            try
            {
                answer = compute(order);
            }
            catch
            {
                gil.Release();
                throw;
            }

            gil.Release();
            return answer;
        }),
        Right(Exercises.ReleaseWhileWaiting, "given back for the wait", (gil, wait, compute) =>
        {
            gil.Take();
            gil.Release();
            return Holding(gil, compute, wait());
        }),

        Wrong(Exercises.ReleaseWhileWaiting, "no lock", "without the lock", (_, wait, compute) => compute(wait())),
        Wrong(Exercises.ReleaseWhileWaiting, "waits with it", "waited with the lock", (gil, wait, compute) =>
        {
            gil.Take();
            var answer = compute(wait());
            gil.Release();
            return answer;
        }),
        Wrong(Exercises.ReleaseWhileWaiting, "no Release", "Release was forgotten", (gil, wait, compute) =>
        {
            var order = wait();
            gil.Take();
            return compute(order);
        }),
        Wrong(Exercises.ReleaseWhileWaiting, "taken twice", "took the lock twice", (gil, _, _) =>
        {
            gil.Take();
            gil.Take();
            return 0;
        }),
        Wrong(Exercises.ReleaseWhileWaiting, "no finally", "never given back", (gil, wait, compute) =>
        {
            var order = wait();
            gil.Take();
            var answer = compute(order);
            gil.Release();
            return answer;
        }),
        Wrong(Exercises.ReleaseWhileWaiting, "given back too early", "without the lock", (gil, wait, compute) =>
        {
            var order = wait();
            gil.Take();
            gil.Release();
            return compute(order);
        }),
        Wrong(Exercises.ReleaseWhileWaiting, "the wait inside the try", "released a lock that it did not hold", (gil, wait, compute) =>
        {
            try
            {
                var order = wait();
                gil.Take();
                return compute(order);
            }
            finally
            {
                gil.Release();
            }
        }),
        Wrong(Exercises.ReleaseWhileWaiting, "swallows", "swallowed", (gil, wait, compute) =>
        {
            try
            {
                return Holding(gil, compute, wait());
            }
            catch (IOException)
            {
                return 0;
            }
        }),
        Wrong(Exercises.ReleaseWhileWaiting, "returns the order", "return what compute gives", (gil, wait, compute) =>
        {
            var order = wait();
            Holding(gil, compute, order);
            return order;
        }),
    ];

    private static int Holding(PracticeGil gil, Func<int, int> compute, int order)
    {
        gil.Take();
        try
        {
            return compute(order);
        }
        finally
        {
            gil.Release();
        }
    }

    private static IEnumerable<Attempt> TimeWithGil =>
    [
        Right(Exercises.TimeWithGil, "Ceiling", (threads, wait, compute, cores, gil) => wait + (gil ? threads : Math.Ceiling(threads / (double)cores)) * compute),
        Right(Exercises.TimeWithGil, "whole numbers", (threads, wait, compute, cores, gil) => wait + (gil ? threads : (threads + cores - 1) / cores) * compute),
        Right(Exercises.TimeWithGil, "a lock leaves one core", (threads, wait, compute, cores, gil) =>
        {
            var together = gil ? 1 : cores;
            var needed = wait;
            for (var left = threads; left > 0; left -= together) needed += compute;
            return needed;
        }),

        Wrong(Exercises.TimeWithGil, "no lock", "with a GIL: it says 10 ms, but they need 40 ms", (_, wait, compute, _, _) => wait + compute),
        Wrong(Exercises.TimeWithGil, "always a lock", "without a GIL: it says 40 ms, but they need 10 ms", (threads, wait, compute, _, _) => wait + threads * compute),
        Wrong(Exercises.TimeWithGil, "waits one after the other", "but they need 140 ms", (threads, wait, compute, cores, gil) => gil ? threads * (wait + compute) : wait + Math.Ceiling(threads / (double)cores) * compute),
        Wrong(Exercises.TimeWithGil, "a part of a round", "but they need 20 ms", (threads, wait, compute, cores, gil) => wait + (gil ? threads : Math.Max(1, threads / (double)cores)) * compute),
        Wrong(Exercises.TimeWithGil, "whole rounds only", "but they need 20 ms", (threads, wait, compute, cores, gil) => wait + (gil ? threads : Math.Max(1, threads / cores)) * compute),
        Wrong(Exercises.TimeWithGil, "no wait", "but they need 110 ms", (threads, _, compute, cores, gil) => (gil ? threads : Math.Ceiling(threads / (double)cores)) * compute),
        Wrong(Exercises.TimeWithGil, "the longer of the two", "but they need 110 ms", (threads, wait, compute, cores, gil) => Math.Max(wait, (gil ? threads : Math.Ceiling(threads / (double)cores)) * compute)),
        Wrong(Exercises.TimeWithGil, "not a number", "but they need", (_, _, _, _, _) => double.NaN),
    ];
}
