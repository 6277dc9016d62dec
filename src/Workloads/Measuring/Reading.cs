namespace ConcurrencyLab;

/// <summary>What one repeat cost, what it answered and what its spans were.</summary>
internal sealed record Reading(Sample Sample, object? Answer, Timeline? Timeline);
