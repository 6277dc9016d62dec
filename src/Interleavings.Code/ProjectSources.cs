using System.Collections.Concurrent;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ConcurrencyLab.Interleavings.Code;

/// <summary>What an assembly's debug information says of its sources.</summary>
/// <param name="Units">The sources that are there.</param>
/// <param name="Namespaces">Namespaces imported anywhere, by global usings among them.</param>
internal sealed record ProjectSources(IReadOnlyList<CompilationUnitSyntax> Units, IReadOnlyList<string> Namespaces)
{
    private static readonly ConcurrentDictionary<Assembly, ProjectSources> Known = new();

    /// <summary>Those of an assembly; none when it has no debug information.</summary>
    public static ProjectSources Of(Assembly assembly, CSharpParseOptions options) => Known.GetOrAdd(assembly, read => Read(read, options));

    private static ProjectSources Read(Assembly assembly, CSharpParseOptions options)
    {
        using var image = new PEReader(File.OpenRead(assembly.Location));
        if (!image.TryOpenAssociatedPortablePdb(assembly.Location, path => File.Exists(path) ? File.OpenRead(path) : null, out var provider, out _) || provider is null)
        {
            return new([], []);
        }

        using (provider)
        {
            var reader = provider.GetMetadataReader();
            var files = reader.Documents.Select(document => reader.GetString(reader.GetDocument(document).Name)).Where(File.Exists)
                .Select(file => (CompilationUnitSyntax)CSharpSyntaxTree.ParseText(File.ReadAllText(file), options, file).GetRoot()).ToList();
            var namespaces = reader.ImportScopes.SelectMany(scope => reader.GetImportScope(scope).GetImports())
                .Where(import => import.Kind == ImportDefinitionKind.ImportNamespace)
                .Select(import => Encoding.UTF8.GetString(reader.GetBlobBytes(import.TargetNamespace))).Distinct(StringComparer.Ordinal).ToList();
            return new(files, namespaces);
        }
    }
}
