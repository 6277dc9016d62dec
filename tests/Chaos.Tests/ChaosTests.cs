using System.Globalization;

namespace ConcurrencyLab.Tests;

/// <summary>
/// While a chapter runs, one fault hits the lab or what it has started. Whatever it is: the run ends by itself and says in a
/// line what happened, no file is half-written, no process is left, and the next run is clean.
/// <para>
/// <c>CONCURRENCYLAB_CHAOS=200</c> makes 200 injections, each with a clean run after it;
/// <c>CONCURRENCYLAB_CHAOS=seed:137</c> repeats the injection of that seed. Where all tests are asked for there are twenty, with a clean run
/// after each few; a plain test run makes the two that say most. What became of each is written to <c>artifacts/chaos.txt</c>.
/// </para>
/// </summary>
public sealed class ChaosTests(Injections injections) : IClassFixture<Injections>
{
    public static TheoryData<int> Seeds => [.. Injections.Seeds];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task The_run_ends_with_a_verdict_and_leaves_nothing_behind(int seed)
    {
        Tier.Needs(OperatingSystem.IsLinux(), "the faults are made with Linux's own means");
        var lacks = await Injections.CannotBeHadAsync(seed);
        Tier.Needs(lacks is null, lacks ?? "");
        var outcome = await injections.OutcomeAsync(seed);
        TestContext.Current.TestOutputHelper!.WriteLine(outcome.ToString());

        Assert.True(outcome.Wrong.Count == 0, string.Create(CultureInfo.InvariantCulture, $"{outcome}\nagain: CONCURRENCYLAB_CHAOS=seed:{seed} dotnet test --project tests/Chaos.Tests"));
    }
}
