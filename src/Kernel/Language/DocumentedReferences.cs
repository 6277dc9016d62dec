using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace ConcurrencyLab.Kernel.Language;

/// <summary>
/// The kernel's references with what their authors wrote about them, and without the symbols that the compiler keeps for
/// the kernel's own.
/// </summary>
internal sealed class DocumentedReferences
{
    private readonly ConcurrentDictionary<MetadataReference, PortableExecutableReference> _documented = new(ReferenceEqualityComparer.Instance);

    /// <summary>The documented twin of a reference; always the same one.</summary>
    public MetadataReference Document(MetadataReference reference) =>
        reference is PortableExecutableReference file ? Document(file) : reference;

    /// <summary>Finds what another resolver finds, documented.</summary>
    public MetadataReferenceResolver Resolving(MetadataReferenceResolver inner) => new Resolver(this, inner);

    // What GetMetadata gives is a copy of the reference's own: the same bytes, other symbols.
    private PortableExecutableReference Document(PortableExecutableReference file) => _documented.GetOrAdd(
        file, static key => ((AssemblyMetadata)((PortableExecutableReference)key).GetMetadata()).GetReference(
            new Documentation(((PortableExecutableReference)key).FilePath ?? ""), filePath: ((PortableExecutableReference)key).FilePath));

    private sealed class Resolver(DocumentedReferences owner, MetadataReferenceResolver inner) : MetadataReferenceResolver
    {
        public override bool ResolveMissingAssemblies => inner.ResolveMissingAssemblies;

        public override PortableExecutableReference? ResolveMissingAssembly(MetadataReference definition, AssemblyIdentity referenceIdentity) =>
            inner.ResolveMissingAssembly(definition, referenceIdentity) is { } found ? owner.Document(found) : null;

        public override ImmutableArray<PortableExecutableReference> ResolveReference(
            string reference, string? baseFilePath, MetadataReferenceProperties properties) => [];

        public override bool Equals(object? other) => ReferenceEquals(this, other);

        public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
    }
}
