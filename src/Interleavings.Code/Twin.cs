namespace ConcurrencyLab.Interleavings.Code;

/// <summary>A compiled twin.</summary>
/// <param name="Images">Assemblies, in the order in which they are started.</param>
/// <param name="Entries">For each of them the type and the method that starts it, with <c>::</c> between them.</param>
/// <param name="NotSeen">What the scheduler will not see of it.</param>
/// <param name="Chance">Clocks and dice in it.</param>
internal sealed record Twin(IReadOnlyList<byte[]> Images, IReadOnlyList<string> Entries, IReadOnlyList<string> NotSeen, IReadOnlyList<string> Chance)
{
    /// <summary>The same as types of the framework, which code on the other side can take apart without knowing this library.</summary>
    public IReadOnlyDictionary<string, object> ToDictionary() => new Dictionary<string, object>(StringComparer.Ordinal)
    {
        ["images"] = Images.ToArray(),
        ["entries"] = Entries.ToArray(),
        ["notSeen"] = NotSeen.ToArray(),
        ["chance"] = Chance.ToArray(),
    };
}

/// <summary>The code cannot be explored; the message says why, in a sentence.</summary>
public sealed class TwinException(string message) : InvalidOperationException(message);
