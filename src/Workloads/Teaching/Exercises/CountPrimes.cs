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
            bool IsPrime(long number)
            {
                together.Attend();
                return Primes.IsPrime(number);
            }

            // A race is lost or won by chance, on a busy machine mostly won: it is run again and again.
            var clock = Stopwatch.StartNew();
            var counted = expected;
            for (var round = 0; round < 25 && counted == expected && clock.Elapsed < TimeSpan.FromSeconds(3); round++)
            {
                counted = attempt(numbers, IsPrime);
            }

            return counted < expected && together.TookPlace ? $"There are {expected} primes, but it counted {counted}: some were lost where two threads counted at once."
                : counted != expected ? $"There are {expected} primes, but it counted {counted}."
                : !together.TookPlace ? Patience.UnlessBusy("The count is right, but never were two numbers worked on at once: one thread did all the work, or each had to wait for the other.")
                : null;
        });
}
