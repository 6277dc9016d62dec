using System.Globalization;
using ConcurrencyLab.Lab.Files;

namespace ConcurrencyLab.Tests;

/// <summary>Makes all injections, some at a time, and keeps what became of each.</summary>
public sealed class Injections : IAsyncLifetime
{
    private const string Variable = "CONCURRENCYLAB_CHAOS", One = "seed:";

    private static readonly string? Wanted = Environment.GetEnvironmentVariable(Variable);

    private readonly Dictionary<int, TaskCompletionSource<Outcome>> _outcomes = Seeds.ToDictionary(seed => seed, _ => new TaskCompletionSource<Outcome>(TaskCreationOptions.RunContinuationsAsynchronously));
    private Task _all = Task.CompletedTask;

    /// <summary>Seeds of this test run.</summary>
    internal static IReadOnlyList<int> Seeds { get; } = Wanted switch
    {
        // A full disk, and the lab itself killed.
        null or "" => [.. Tier.Of(Enumerable.Range(1, Injection.Everyday), 7, 14)],
        _ when Wanted.StartsWith(One, StringComparison.Ordinal) => [int.Parse(Wanted[One.Length..], CultureInfo.InvariantCulture)],
        _ => [.. Enumerable.Range(1, int.Parse(Wanted, CultureInfo.InvariantCulture))],
    };

    private static string Report { get; } = Path.Combine(Paths.Root, "artifacts", "chaos.txt");

    // Much of a run under a fault is waiting for an answer that does not come.
    private static int Together { get; } = 2 * Environment.ProcessorCount;

    private static bool IsLong => Wanted is { Length: > 0 };

    public ValueTask InitializeAsync()
    {
        // All of them beside each other: the tests take the outcomes one by one.
        if (OperatingSystem.IsLinux()) _all = Task.Run(MakeAllAsync);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync() => await _all;

    /// <summary>What became of the injection of a seed.</summary>
    internal Task<Outcome> OutcomeAsync(int seed) => _outcomes[seed].Task;

    /// <summary>Why an injection cannot be made on this machine; null when it can.</summary>
    internal static async Task<string?> CannotBeHadAsync(int seed)
    {
        var injection = Injection.Of(seed);
        if (!ChaosChapter.Has(injection.Phase)) return "it hits a Python at work, and there is no python3 on PATH";
        return injection.Fault == Fault.NoPort && !await Namespaces.CanBeHad
            ? "to take all ports it needs a network of its own, which needs the right to make namespaces (root)"
            : null;
    }

    private async Task MakeAllAsync()
    {
        // One test bed a fault where there is time for it; else a few faults share one, and the clean run at its end.
        const int Shared = 4;
        var open = new List<Injection>();
        File.Delete(Report);
        foreach (var seed in Seeds)
        {
            if (await CannotBeHadAsync(seed) is null) open.Add(Injection.Of(seed));
        }
        // Ports are a matter of the whole test bed.
        var testBeds = open.GroupBy(injection => injection.Fault == Fault.NoPort).SelectMany(kind => kind.Chunk(IsLong || kind.Key ? 1 : Shared));
        await Parallel.ForEachAsync(testBeds, new ParallelOptions { MaxDegreeOfParallelism = Together }, async (some, _) => await MakeAsync(some));
    }

    // At once: a long run can be looked at while it runs.
    private void Note(Outcome outcome)
    {
        lock (_outcomes) File.AppendAllText(Report, outcome + "\n");
    }

    private async Task MakeAsync(Injection[] some)
    {
        try
        {
            using var testBed = await TestBed.OpenAsync(some[0].Fault == Fault.NoPort ? (int)(some[0].Share * 8) : null);
            foreach (var injection in some)
            {
                var outcome = await new Trial(testBed, injection).RunAsync();
                if (injection == some[^1]) outcome = outcome with { Wrong = [.. outcome.Wrong, .. await CleanRun.WrongAsync(testBed)] };
                Note(outcome);
                _outcomes[injection.Seed].SetResult(outcome);
            }
        }
        catch (Exception fault)
        {
            foreach (var injection in some) _outcomes[injection.Seed].TrySetException(fault);
        }
    }
}
