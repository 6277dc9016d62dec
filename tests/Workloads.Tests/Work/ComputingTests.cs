using ConcurrencyLab.Common;
using System.Numerics;

namespace ConcurrencyLab.Tests;

public sealed class ComputingTests
{
    [Fact]
    public void Trial_division_agrees_with_miller_and_rabin()
    {
        Assert.Equal(20, Primes.Numbers.Count);
        // The costly ones take a third of a second each.
        foreach (var number in Tier.Of(Primes.Numbers, [.. Primes.Numbers.Take(5)])) Assert.Equal(IsPrimeByMillerRabin(number), Primes.IsPrime(number));
    }

    [Fact]
    public void Small_numbers_are_prime_or_not_as_the_sieve_says()
    {
        const int End = 10_000;
        var composite = new bool[End];
        for (var number = 2; number < End; number++)
            for (var multiple = 2 * number; multiple < End; multiple += number)
                composite[multiple] = true;
        for (var number = -2; number < End; number++) Assert.Equal(number >= 2 && !composite[number], Primes.IsPrime(number));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(15, 3)]
    [InlineData(16, 4)]
    [InlineData(9_999_999_999_999_999, 99_999_999)]
    [InlineData(9_223_372_030_926_249_000, 3_037_000_498)] // one less than 3037000499²
    [InlineData(9_223_372_030_926_249_001, 3_037_000_499)]
    [InlineData(long.MaxValue, 3_037_000_499)]
    public void The_whole_square_root_is_exact(long number, long root) => Assert.Equal(root, Primes.SquareRoot(number));

    [Fact]
    public void Primes_above_a_number_are_the_next_ones()
    {
        Assert.Equal([2L, 3, 5, 7, 11], Primes.After(-3, 5));
        Assert.Equal([101L, 103], Primes.After(100, 2));
        Assert.Equal(25, Primes.Count([.. Enumerable.Range(0, 100).Select(number => (long)number)]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Primes.After(1, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Primes.After(long.MaxValue, 1));
    }

    [Fact]
    public void Darts_near_pi_and_fall_the_same_in_every_order()
    {
        var darts = new MonteCarlo(dartsPerChunk: 100_000, seed: 3);
        var sequential = Enumerable.Range(1, 10).Select(darts.Throw).ToArray();
        // A million darts stray by 4 √(π/4 (1 - π/4) / 1,000,000) ≈ 0.0016.
        Assert.InRange(4.0 * sequential.Sum(chunk => chunk.Inside) / sequential.Sum(chunk => chunk.Thrown), Math.PI - 0.007, Math.PI + 0.007);
        Assert.Equal(sequential, Enumerable.Range(1, 10).AsParallel().AsOrdered().Select(darts.Throw).ToArray());
        Assert.NotEqual(sequential, new MonteCarlo(100_000, seed: 4) is var others ? Enumerable.Range(1, 10).Select(others.Throw) : []);
        Assert.Equal(10, sequential.Select(chunk => chunk.Inside).Distinct().Count());
        Assert.Throws<ArgumentOutOfRangeException>(() => new MonteCarlo(0));
    }

    [Fact]
    public void The_generator_is_splitmix64()
    {
        // The first values for the seed 1234567, as Vigna's splitmix64.c gives them.
        var random = new SplitMix64(1_234_567UL);
        ulong[] expected = [6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431, 16408922859458223821];
        Assert.Equal(expected, expected.Select(_ => random.Next()).ToArray());
    }

    [Fact]
    public void Our_own_solar_system_has_the_energies_that_the_benchmarks_game_prints()
    {
        var orbits = new NBody(steps: 1_000).Simulate(0);
        Assert.Equal(-0.169075164, orbits.EnergyBefore, 9);
        Assert.Equal(-0.169087605, orbits.EnergyAfter, 9);
    }

    [Fact]
    public void Energy_is_conserved_in_every_variation_and_each_is_another()
    {
        var systems = new NBody(steps: 5_000);
        var orbits = systems.Variations(6).Select(systems.Simulate).ToArray();
        Assert.All(orbits, orbit => Assert.InRange(Math.Abs(orbit.EnergyAfter / orbit.EnergyBefore - 1), 1e-12, 1e-3));
        Assert.Equal(6, orbits.Select(orbit => orbit.EnergyAfter).Distinct().Count());
        Assert.Equal(orbits, systems.Variations(6).AsParallel().AsOrdered().Select(systems.Simulate).ToArray());
    }

    [Fact]
    public void Values_are_equal_when_their_items_are()
    {
        ValueList<int> one = new([1, 2, 3]), same = new([1, 2, 3]), other = new([1, 2, 4]), shorter = new([1, 2]);
        Assert.True(one.Equals(same));
        Assert.Equal(one.GetHashCode(), same.GetHashCode());
        Assert.False(one.Equals(other));
        Assert.False(one.Equals(shorter));
        Assert.Equal(2, one[1]);
        Assert.Equal([1, 2, 3], one);
        Assert.True(new MandelbrotRow(1, one) == new MandelbrotRow(1, same));
    }

    // Exact below 3.3 × 10²⁴ with the first thirteen primes as bases (Sorenson and Webster, 2015).
    private static bool IsPrimeByMillerRabin(long number)
    {
        long[] bases = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41];
        if (number < 2) return false;
        if (bases.Contains(number)) return true;
        if (bases.Any(prime => number % prime == 0)) return false;
        var odd = number - 1;
        var twos = 0;
        for (; odd % 2 == 0; odd /= 2) twos++;
        return bases.All(prime =>
        {
            var power = BigInteger.ModPow(prime, odd, number);
            if (power == 1 || power == number - 1) return true;
            for (var square = 1; square < twos; square++)
            {
                power = power * power % number;
                if (power == number - 1) return true;
            }
            return false;
        });
    }
}
