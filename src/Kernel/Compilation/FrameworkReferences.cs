using System.Collections.Frozen;
using System.Reflection;
using System.Reflection.Metadata;
using Microsoft.CodeAnalysis;

namespace ConcurrencyLab.Kernel.Compilation;

/// <summary>The shared framework that runs this process, as references for the compiler.</summary>
internal static class FrameworkReferences
{
    private static readonly FrozenDictionary<string, string> Files = FindFiles();
    private static readonly FrozenDictionary<string, PortableExecutableReference> References =
        Files.ToFrozenDictionary(file => file.Key, file => MappedReference.Open(file.Value), StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// The assemblies that define the framework's types, and those through which these see each other; made once, since
    /// the compiler caches symbols by reference. A third of the framework only forwards to them for libraries built
    /// against its contracts: the compiler, which looks through every reference for every type it needs, is given those
    /// when a library asks (<see cref="Find"/>).
    /// </summary>
    public static IReadOnlyList<PortableExecutableReference> All { get; } = FindDefining();

    /// <summary>True when the framework itself carries the assembly.</summary>
    public static bool Contains(string simpleName) => Files.ContainsKey(simpleName);

    /// <summary>The file of a framework assembly; null when the framework has none of that name.</summary>
    public static string? PathOf(string simpleName) => Files.GetValueOrDefault(simpleName);

    /// <summary>The framework's assembly of a name, also one that only forwards; null when it has none.</summary>
    public static PortableExecutableReference? Find(string simpleName) => References.GetValueOrDefault(simpleName);

    /// <summary>The framework's assemblies that a library was built against and that <see cref="All"/> leaves out.</summary>
    public static IEnumerable<PortableExecutableReference> ForwardersOf(PortableExecutableReference library) =>
        NamesIn(MetadataOf(library)).Select(Find).OfType<PortableExecutableReference>().Except(All);

    private static List<PortableExecutableReference> FindDefining()
    {
        var (defining, forwarding) = (new List<PortableExecutableReference>(), new List<PortableExecutableReference>());
        foreach (var reference in References.Values) (Defines(MetadataOf(reference)) ? defining : forwarding).Add(reference);
        var named = defining.SelectMany(reference => NamesIn(MetadataOf(reference))).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return [.. defining, .. forwarding.Where(reference => named.Contains(Path.GetFileNameWithoutExtension(reference.FilePath!)))];
    }

    private static MetadataReader MetadataOf(PortableExecutableReference reference) =>
        ((AssemblyMetadata)reference.GetMetadata()).GetModules()[0].GetMetadataReader();

    private static bool Defines(MetadataReader metadata) => metadata.TypeDefinitions.Any(
        type => (metadata.GetTypeDefinition(type).Attributes & TypeAttributes.VisibilityMask) == TypeAttributes.Public);

    private static IEnumerable<string> NamesIn(MetadataReader metadata) =>
        metadata.AssemblyReferences.Select(used => metadata.GetString(metadata.GetAssemblyReference(used).Name));

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
