namespace ConcurrencyLab.Tests;

/// <summary>Cells that are run one after the other in both engines, and what each engine answers.</summary>
/// <param name="Name">What is asked, in words.</param>
/// <param name="Cells">The cells, with a line of dashes between them.</param>
/// <param name="Ours">What the lab's own engine answers, a line for each output.</param>
/// <param name="Theirs">What .NET Interactive answers.</param>
/// <param name="Why">Why the answers differ; null where they are the same.</param>
internal sealed record SmallCell(string Name, string Cells, string Ours, string Theirs, string? Why)
{
    /// <summary>Both answer the same.</summary>
    public static SmallCell Same(string name, string cells, string both) => new(name, cells, both, both, null);

    /// <summary>The engines differ on purpose, or by a fault of the archived one that stays.</summary>
    public static SmallCell Differs(string name, string why, string cells, string ours, string theirs) => new(name, cells, ours, theirs, why);
}
