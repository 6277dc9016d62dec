using System.Diagnostics;

namespace ConcurrencyLab;

public static partial class Exercises
{
    /// <summary>Chapter 02: count on all cores without losing any.</summary>
    public static Exercise<Func<IReadOnlyList<long>, Func<long, bool>, int>> CountPrimes { get; } = new(
        "02-2",
        "count++ is read, add, write: two threads can read the same value. Interlocked.Increment(ref count) does all three as one, and numbers.AsParallel().Count(isPrime) needs no shared count at all.",
        """
        int CountPrimes(IReadOnlyList<long> numbers, Func<long, bool> isPrime) =>
            numbers.AsParallel().Count(isPrime);

        await Exercises.CountPrimes.Check(CountPrimes)
        """,
        attempt =>
        {
            long[] numbers = [.. Enumerable.Range(2, 200_000).Select(number => (long)number)];
            var expected = numbers.Count(Primes.IsPrime);
            // On one core one thread has all cores.
            var together = new Meeting(Math.Min(2, Environment.ProcessorCount));
            var (found, leaveAt) = (0, 0L);
            bool IsPrime(long number)
            {
                together.Attend();
                if (!Primes.IsPrime(number)) return false;
                LeaveTogether();
                return true;
            }

            // Two who have found a prime go and count it in the same instant, if the second comes soon: otherwise a race would
            // be won by chance, on a busy machine nearly always.
            void LeaveTogether()
            {
                var microsecond = Stopwatch.Frequency / 1_000_000.0;
                var (mine, now) = (Interlocked.Increment(ref found), Stopwatch.GetTimestamp());
                var limit = now + (long)(20 * microsecond);
                if (mine % 2 == 0) Volatile.Write(ref leaveAt, now + (long)(0.4 * microsecond));
                else while (Volatile.Read(ref found) == mine && Stopwatch.GetTimestamp() < limit) { }
                while (Stopwatch.GetTimestamp() < Math.Min(limit, Volatile.Read(ref leaveAt))) { }
            }

            // A race is lost by chance all the same: it is run again and again.
            var clock = Stopwatch.StartNew();
            var counted = expected;
            for (var round = 0; round < 25 && counted == expected && clock.Elapsed < TimeSpan.FromSeconds(3); round++)
            {
                counted = attempt(numbers, IsPrime);
            }

            return counted < expected && together.TookPlace ? $"There are {expected} primes, but it counted {counted}: some were lost where two threads counted at once."
                : counted != expected ? $"There are {expected} primes, but it counted {counted}."
                : !together.TookPlace ? JudgeWait.UnlessBusy("The count is right, but never were two numbers worked on at once: one thread did all the work, or each had to wait for the other.")
                : null;
        });
}
