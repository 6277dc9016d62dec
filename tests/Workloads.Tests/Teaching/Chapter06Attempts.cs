using static ConcurrencyLab.Tests.Attempt;

namespace ConcurrencyLab.Tests;

public sealed class Chapter06Attempts : Marking<Chapter06Attempts>, IAttempts
{
    public static IEnumerable<Attempt> All => [.. Parcels, .. SurviveCrashes];

    private static IEnumerable<Attempt> Parcels =>
    [
        Right(Exercises.Parcels, "a few for each worker", async (pool, numbers) => (await pool.Map(numbers.Chunk(1 + numbers.Length / (4 * pool.Count)), Primes.Count)).Sum()),
        Right(Exercises.Parcels, "one for each worker", async (pool, numbers) => (await pool.Map(numbers.Chunk(numbers.Length / pool.Count), Primes.Count)).Sum()),
        Right(Exercises.Parcels, "two halves by hand", async (pool, numbers) =>
        {
            var halves = await pool.Map([numbers[..2000], numbers[2000..]], Primes.Count);
            return halves[0] + halves[1];
        }),

        Wrong(Exercises.Parcels, "one after the other", "by a call of its own", async (pool, numbers) =>
        {
            var count = 0;
            foreach (var parcel in numbers.Chunk(500)) count += (await pool.Map([parcel], Primes.Count))[0];
            return count;
        }),
        Wrong(Exercises.Parcels, "calls at once, one parcel each", "by a call of its own", async (pool, numbers) =>
            (await Task.WhenAll(numbers.Chunk(2000).Select(parcel => pool.Map([parcel], Primes.Count)))).Sum(count => count[0])),
        Wrong(Exercises.Parcels, "each number by itself", "4000 parcels", async (pool, numbers) => (await pool.Map(numbers, Primes.IsPrime)).Count(prime => prime)),
        Wrong(Exercises.Parcels, "parcels of ten", "400 parcels", async (pool, numbers) => (await pool.Map(numbers.Chunk(10), Primes.Count)).Sum()),
        Wrong(Exercises.Parcels, "one parcel", "one parcel", async (pool, numbers) => (await pool.Map([numbers], Primes.Count)).Sum()),
        Wrong(Exercises.Parcels, "at home", "nothing was sent", (_, numbers) => Task.FromResult(Primes.Count(numbers))),
        Wrong(Exercises.Parcels, "a parcel lost", "but it counted", async (pool, numbers) => (await pool.Map(numbers.Chunk(1000).Skip(1), Primes.Count)).Sum()),
    ];

    private static IEnumerable<Attempt> SurviveCrashes =>
    [
        Right(Exercises.SurviveCrashes, "one worker", async orders => Told(await Processes.Map(orders, FaultyMachine.Brew, workers: 1))),
        Right(Exercises.SurviveCrashes, "two workers", async orders => Told(await Processes.Map(orders, FaultyMachine.Brew, workers: 2))),
        Right(Exercises.SurviveCrashes, "a pool", async orders =>
        {
            using var pool = ProcessPool.Start(1);
            return Told(await pool.Map(orders, FaultyMachine.Brew));
        }),
        Right(Exercises.SurviveCrashes, "a call and a catch for each order", async orders =>
        {
            var (served, lost) = (new List<string>(), new List<int>());
            foreach (var order in orders)
            {
                try
                {
                    served.Add((await Processes.Map([order], FaultyMachine.Brew))[0]);
                }
                catch (Exception)
                {
                    lost.Add(order);
                }
            }

            return ([.. served], [.. lost]);
        }),

        Wrong(Exercises.SurviveCrashes, "on threads", "in this very process", orders => Task.FromResult(Told(ThreadPerItem.Map(orders, FaultyMachine.Brew)))),
        Wrong(Exercises.SurviveCrashes, "a try round each, at home", "in this very process", orders =>
        {
            var (served, lost) = (new List<string>(), new List<int>());
            foreach (var order in orders)
            {
                try
                {
                    served.Add(FaultyMachine.Brew(order));
                }
                catch (InvalidOperationException)
                {
                    lost.Add(order);
                }
            }

            return Task.FromResult<(string[], int[])>(([.. served], [.. lost]));
        }),
        Wrong(Exercises.SurviveCrashes, "stops at the first", "stopped at the first lost order", async orders => ([.. await Processes.Map(orders, FaultyMachine.Brew, workers: 1)], [])),
        Wrong(Exercises.SurviveCrashes, "names none", "it named none", async orders => ([.. (await Processes.Map(orders, FaultyMachine.Brew, 1)).Succeeded], [])),
        Wrong(Exercises.SurviveCrashes, "names each once", "it named 13", async orders =>
        {
            var (served, lost) = Told(await Processes.Map(orders, FaultyMachine.Brew, 1));
            return (served, [.. lost.Distinct()]);
        }),
        Wrong(Exercises.SurviveCrashes, "serves up to the first", "Nobody got cup 8", async orders => ([(await Processes.Map(orders[..1], FaultyMachine.Brew, 1))[0]], [13, 13])),
        Wrong(Exercises.SurviveCrashes, "null", "null", _ => Task.FromResult<(string[], int[])>((null!, []))),
    ];

    private static (string[] Served, int[] Lost) Told(Results<int, string> cups) => ([.. cups.Succeeded], [.. cups.Failures.Select(failure => failure.Item)]);
}
