using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace ConcurrencyLab.Kernel.Compilation;

/// <summary>Finds, beside the libraries that a user references, the further libraries that their signatures mention.</summary>
/// <param name="context">Knows what lies beside them.</param>
/// <param name="adapt">Makes of each reference the one to use; null for the reference as it is.</param>
internal sealed class MissingReferences(
    UserLoadContext context, Func<PortableExecutableReference, PortableExecutableReference>? adapt = null) : MetadataReferenceResolver
{
    private readonly ConcurrentDictionary<string, PortableExecutableReference> _found = new(StringComparer.OrdinalIgnoreCase);

    public override bool ResolveMissingAssemblies => true;

    public override PortableExecutableReference? ResolveMissingAssembly(MetadataReference definition, AssemblyIdentity referenceIdentity)
    {
        var name = referenceIdentity.Name;
        if (name == UserLoadContext.Engine) return null;
        var found = _found.TryGetValue(name, out var known) ? known
            : FrameworkReferences.Find(name)
            ?? (context.FindAssembly(new AssemblyName(name)) is { } path ? _found.GetOrAdd(name, MetadataReference.CreateFromFile(path)) : null);
        return found is null || adapt is null ? found : adapt(found);
    }

    /// <summary>The session carries out <c>#r</c> itself, so the compiler never asks.</summary>
    public override ImmutableArray<PortableExecutableReference> ResolveReference(
        string reference, string? baseFilePath, MetadataReferenceProperties properties) => [];

    public override bool Equals(object? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => RuntimeHelpers.GetHashCode(this);
}
