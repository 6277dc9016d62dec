using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;

namespace ConcurrencyLab.Kernel.Language;

/// <summary>
/// The kernel's references with what their authors wrote about them, and without the symbols that the compiler keeps for
/// the kernel's own: the kernel must be able to compile a cell while a question about another is answered.
/// </summary>
internal sealed class DocumentedReferences
{
    private readonly ConcurrentDictionary<PortableExecutableReference, PortableExecutableReference> _documented = new(ReferenceEqualityComparer.Instance);

    /// <summary>The documented twin of a reference; always the same one.</summary>
    public PortableExecutableReference Of(PortableExecutableReference reference) => _documented.GetOrAdd(
        // What GetMetadata gives is a copy of the reference's own: the same bytes, other symbols.
        reference, static file => ((AssemblyMetadata)file.GetMetadata()).GetReference(new Documentation(file.FilePath ?? ""), filePath: file.FilePath));
}
