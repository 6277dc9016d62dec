namespace ConcurrencyLab.Tests;

/// <summary>Tests that measure this very process: nothing else may run in it meanwhile.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public static class Alone
{
    public const string Name = "alone";
}
