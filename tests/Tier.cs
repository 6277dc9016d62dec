using System.Runtime.CompilerServices;

namespace ConcurrencyLab.Tests;

/// <summary>
/// How much is tested. A plain <c>dotnet test</c> takes some minutes on two cores and touches every promise once; what takes
/// long (every chapter with every claim, every page, other engines, faults) is done when asked for:
/// <c>dotnet test -e CONCURRENCYLAB_TESTS=all --max-parallel-test-modules 1</c>.
/// </summary>
internal static class Tier
{
    /// <summary>Whether everything is asked for.</summary>
    public static bool IsAll { get; } = Environment.GetEnvironmentVariable("CONCURRENCYLAB_TESTS") == "all";

    /// <summary>All of them when everything is asked for, else the named ones.</summary>
    public static IEnumerable<T> Of<T>(IEnumerable<T> all, params T[] usually) => IsAll ? all : usually;

    /// <summary>
    /// Skips a test for want of something, saying what. Where everything is asked for the want is a failure: nothing is left
    /// out unseen.
    /// </summary>
    /// <param name="isThere">Whether it is there.</param>
    /// <param name="lacks">What is missing and how to get it, in one line.</param>
    public static void Needs(bool isThere, string lacks)
    {
        if (IsAll)
        {
            Assert.True(isThere, lacks);
        }

        Assert.SkipUnless(isThere, lacks);
    }
}

/// <summary>A test of the tier that is only run when everything is asked for.</summary>
internal sealed class AllTierFactAttribute : FactAttribute
{
    public AllTierFactAttribute([CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
        : base(sourceFilePath, sourceLineNumber) => Explicit = !Tier.IsAll;
}

/// <inheritdoc cref="AllTierFactAttribute"/>
internal sealed class AllTierTheoryAttribute : TheoryAttribute
{
    public AllTierTheoryAttribute([CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
        : base(sourceFilePath, sourceLineNumber) => Explicit = !Tier.IsAll;
}
