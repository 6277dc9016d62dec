using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;

namespace ConcurrencyLab.Kernel.Compilation;

/// <summary>
/// Finds, beside the libraries a reader references, the further libraries that their signatures mention.
/// </summary>
internal sealed class MissingReferences(UserLoadContext context) : MetadataReferenceResolver
{
    private readonly ConcurrentDictionary<string, PortableExecutableReference> _found = new(StringComparer.OrdinalIgnoreCase);

    public override bool ResolveMissingAssemblies => true;

    public override PortableExecutableReference? ResolveMissingAssembly(
        MetadataReference definition, AssemblyIdentity referenceIdentity)
    {
        if (_found.TryGetValue(referenceIdentity.Name, out var known)) return known;
        if (FrameworkReferences.Find(referenceIdentity.Name) is { } framework) return framework;
        var path = context.FindAssembly(new AssemblyName(referenceIdentity.Name));
        return path is null
            ? null
            : _found.GetOrAdd(referenceIdentity.Name, static (_, file) => MetadataReference.CreateFromFile(file), path);
    }

    /// <summary>The session reads <c>#r</c> itself, so the compiler never asks.</summary>
    public override ImmutableArray<PortableExecutableReference> ResolveReference(
        string reference, string? baseFilePath, MetadataReferenceProperties properties) => [];

    public override bool Equals(object? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
}
