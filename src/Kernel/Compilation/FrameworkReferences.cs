using System.Collections.Frozen;
using Microsoft.CodeAnalysis;

namespace ConcurrencyLab.Kernel.Compilation;

/// <summary>The shared framework that runs this process, as references for the compiler.</summary>
internal static class FrameworkReferences
{
    private static readonly Lazy<FrozenDictionary<string, string>> Files = new(FindFiles);
    private static readonly Lazy<IReadOnlyList<MetadataReference>> Loaded = new(
        () => [.. Files.Value.Values.Select(path => (MetadataReference)MappedReference.Open(path))]);

    /// <summary>One reference per assembly of the framework; made once, since the compiler caches symbols by reference.</summary>
    public static IReadOnlyList<MetadataReference> All => Loaded.Value;

    /// <summary>True when the framework itself carries the assembly.</summary>
    /// <param name="simpleName">Assembly name without version.</param>
    public static bool Contains(string simpleName) => Files.Value.ContainsKey(simpleName);

    /// <summary>The file of a framework assembly; null when the framework has none of that name.</summary>
    public static string? PathOf(string simpleName) => Files.Value.GetValueOrDefault(simpleName);

    private static FrozenDictionary<string, string> FindFiles()
    {
        // The host's own list says which files are managed; the directory says which are the framework's and not ours.
        var framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var trusted = (string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "";
        return trusted.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Where(path => string.Equals(Path.GetDirectoryName(path), framework, StringComparison.OrdinalIgnoreCase))
            .DistinctBy(Path.GetFileNameWithoutExtension, StringComparer.OrdinalIgnoreCase)
            .ToFrozenDictionary(path => Path.GetFileNameWithoutExtension(path), StringComparer.OrdinalIgnoreCase);
    }
}
