namespace ConcurrencyLab.Interleavings;

/// <summary>What two operations on the same object have to do with each other beyond reading and writing.</summary>
internal enum Gate
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Can go only while the gate is open: entering a lock, waiting for a result.</summary>
    Passes,

    /// <summary>Happens only while the gate is closed to all others: completing a result.</summary>
    Opens,

    /// <summary>Happens only for the one who is inside: leaving a lock, sending a pulse.</summary>
    Holds,
}

/// <summary>
/// What a step touches, as far as the order of steps matters. Two steps without a dependence lead to the same state in both
/// orders, and neither lets or keeps the other from going.
/// </summary>
/// <param name="Object">The object's place among all of its run; -1 for none.</param>
/// <param name="Writes">Changes it; a compare-and-swap that fails does not.</param>
/// <param name="Watched">An invariant looks at it after every step: the order of all changes to such objects matters.</param>
/// <param name="Gate">Whether it can be possible at the same time as others on the object.</param>
/// <param name="AwaitsOneOf">Objects of which one must change before the step can go; null for none.</param>
internal readonly record struct Footprint(int Object, bool Writes, bool Watched, Gate Gate, int[]? AwaitsOneOf)
{
    public bool DependsOn(in Footprint other) =>
        Object == other.Object && Object >= 0 && (Writes || other.Writes)
        || Watched && other.Watched && Writes && other.Writes
        || other.Writes && AwaitsOneOf is not null && Array.IndexOf(AwaitsOneOf, other.Object) >= 0
        || Writes && other.AwaitsOneOf is not null && Array.IndexOf(other.AwaitsOneOf, Object) >= 0;

    /// <summary>Whether there is no state in which both can go: their order cannot be turned round.</summary>
    public bool NeverBeside(in Footprint other) => Object == other.Object && (Gate, other.Gate) is
        (Gate.Passes, Gate.Opens or Gate.Holds) or (Gate.Opens or Gate.Holds, Gate.Passes) or (Gate.Holds, Gate.Holds);
}
