namespace ConcurrencyLab;

public static partial class Exercises
{
    /// <summary>Chapter 06: few large parcels instead of many small ones.</summary>
    public static Exercise<Func<ProcessPool, long[], Task<int>>> Parcels { get; } = new(
        "06-1",
        "numbers.Chunk(size) cuts an array into arrays, and Primes.Count counts the primes of one of them, in whichever process it runs. A few parcels for each worker are enough: the sum of what comes back is the answer.",
        """
        async Task<int> CountPrimes(ProcessPool pool, long[] numbers)
        {
            var parcels = numbers.Chunk(1 + numbers.Length / (4 * pool.Count));
            return (await pool.Map(parcels, Primes.Count)).Sum();
        }

        await Exercises.Parcels.Check(CountPrimes)
        """,
        async attempt =>
        {
            const int MostForEach = 25;
            long[] numbers = [.. Enumerable.Range(1, 4_000).Select(number => (long)number)];
            var expected = Primes.Count(numbers);
            using var pool = ProcessPool.Start(2);
            var counted = await attempt(pool, numbers).ConfigureAwait(false);
            return pool.RoundTrips switch
            {
                _ when counted != expected => FormattableString.Invariant($"There are {expected} primes, but it counted {counted}."),
                0 => "The count is right, but nothing was sent to the worker processes.",
                1 => "The count is right, but everything went in one parcel: one process worked, the other had nothing to do.",
                > MostForEach * 2 and var many => FormattableString.Invariant($"The count is right, but {many} parcels travelled there and back for {numbers.Length} numbers, each a few microseconds' work. Send many numbers in one."),
                _ when pool.LargestBatch == 1 => "The count is right, but each parcel was sent by a call of its own, so that one process worked and the other had nothing to do: give all parcels to one Map.",
                _ => null,
            };
        });
}
