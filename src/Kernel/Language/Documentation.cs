using System.Globalization;
using System.Security;
using System.Text;
using System.Xml;
using ConcurrencyLab.Kernel.Compilation;
using Microsoft.CodeAnalysis;

namespace ConcurrencyLab.Kernel.Language;

/// <summary>
/// What the authors of an assembly wrote about its symbols, searched on disk: Roslyn's own provider would keep whole files
/// in memory, and the framework's are 30 MB.
/// </summary>
/// <param name="assembly">Absolute path of the assembly; its documentation lies beside it, or in the SDK for the framework's.</param>
internal sealed class Documentation(string assembly) : DocumentationProvider
{
    private readonly string _assembly = assembly;
    private readonly Lazy<string[]> _files = new(() => [.. FilesFor(assembly)]);

    public override bool Equals(object? obj) => obj is Documentation other && other._assembly == _assembly;

    public override int GetHashCode() => _assembly.GetHashCode(StringComparison.Ordinal);

    protected override string? GetDocumentationForSymbol(
        string documentationMemberID, CultureInfo preferredCulture, CancellationToken cancellationToken = default) =>
        _files.Value.Select(file => Find(file, documentationMemberID)).FirstOrDefault(found => found is not null);

    /// <summary>The <c>member</c> element of a symbol; null when the file has none or cannot be read.</summary>
    private static string? Find(string file, string id)
    {
        try
        {
            var bytes = File.ReadAllBytes(file);
            var start = bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes($"<member name=\"{SecurityElement.Escape(id)}\""));
            if (start < 0) return null;
            using var reader = XmlReader.Create(
                new MemoryStream(bytes, start, bytes.Length - start), new XmlReaderSettings { ConformanceLevel = ConformanceLevel.Fragment });
            reader.MoveToContent();
            return reader.ReadOuterXml();
        }
        catch (Exception exception) when (exception is XmlException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static IEnumerable<string> FilesFor(string assembly)
    {
        var beside = Path.ChangeExtension(assembly, ".xml");
        if (File.Exists(beside)) yield return beside;
        var name = Path.GetFileNameWithoutExtension(assembly);
        if (FrameworkReferences.PathOf(name) != assembly) yield break;

        // The runtime carries no documentation. The SDK's reference pack beside it does, by contract: most often the one of
        // the assembly's own name, or the library at the bottom.
        var framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var packs = new DirectoryInfo(Path.Combine(framework, "..", "..", "..", "packs", "Microsoft.NETCore.App.Ref"));
        if (!packs.Exists) yield break;
        var newest = packs.EnumerateDirectories().MaxBy(pack => Version.TryParse(pack.Name.Split('-')[0], out var version) ? version : new Version());
        var contracts = newest?.EnumerateFiles("System*.xml", SearchOption.AllDirectories).Select(file => file.FullName) ?? [];
        foreach (var file in contracts.OrderBy(file => Path.GetFileNameWithoutExtension(file) is var contract && contract == name ? 0 : contract == "System.Runtime" ? 1 : 2))
            yield return file;
    }
}
