using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;

namespace ConcurrencyLab.Interleavings.Code;

/// <summary>Libraries as the compiler sees them, each read once: what it finds out about one, it keeps with the reference.</summary>
internal static class Libraries
{
    private static readonly ConcurrentDictionary<string, MetadataReference> Known = new(StringComparer.Ordinal);

    public static MetadataReference Of(string path) => Known.GetOrAdd(path, file => MetadataReference.CreateFromFile(file));
}
