namespace ConcurrencyLab;

/// <summary>Where and when figures were measured that were not measured here and now.</summary>
/// <param name="Date">Day, as <c>2026-11-23</c>.</param>
/// <param name="Cores">Logical processors there.</param>
/// <param name="Processor">The processor's name there.</param>
public sealed record SavedFrom(string Date, int Cores, string Processor)
{
    /// <summary>In words.</summary>
    public override string ToString() => FormattableString.Invariant($"{Date}, {Cores} cores, {Processor}");
}
