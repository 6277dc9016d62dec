using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace ConcurrencyLab.Interleavings.Code;

/// <summary>Twins add no references of their own: their cells have loaded what they need.</summary>
internal sealed class ScriptReferences : MetadataReferenceResolver
{
    public static readonly ScriptReferences None = new();

    public override ImmutableArray<PortableExecutableReference> ResolveReference(string reference, string? baseFilePath, MetadataReferenceProperties properties) => [];

    public override bool Equals(object? other) => other is ScriptReferences;

    public override int GetHashCode() => 0;
}
