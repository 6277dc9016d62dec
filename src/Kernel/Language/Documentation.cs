using System.Globalization;
using System.Xml.Linq;
using ConcurrencyLab.Kernel.Compilation;
using Microsoft.CodeAnalysis;

namespace ConcurrencyLab.Kernel.Language;

/// <summary>What the authors of an assembly wrote about its symbols.</summary>
/// <param name="assembly">Absolute path of the assembly; what is written lies beside it, or in the SDK for the framework's.</param>
internal sealed class Documentation(string assembly) : DocumentationProvider
{
    private readonly Lazy<string[]> _files = new(() => [.. FilesFor(assembly)]);

    /// <summary>The summary of a symbol as one line of text; null when none is found on this machine.</summary>
    public static string? SummaryOf(ISymbol symbol)
    {
        if (symbol.OriginalDefinition.GetDocumentationCommentId() is not { } id || symbol.ContainingAssembly?.Name is not { } name) return null;
        var path = FrameworkReferences.PathOf(name) ?? AppDomain.CurrentDomain.GetAssemblies()
            .FirstOrDefault(candidate => !candidate.IsDynamic && candidate.GetName().Name == name)?.Location;
        if (string.IsNullOrEmpty(path) || new Documentation(path).Find(id) is not { } member) return null;
        return XElement.Parse(member).Element("summary") is { } summary ? Flatten(summary) : null;
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Documentation other && other.Path == Path;

    /// <inheritdoc/>
    public override int GetHashCode() => Path.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc/>
    protected override string? GetDocumentationForSymbol(
        string documentationMemberID, CultureInfo preferredCulture, CancellationToken cancellationToken = default) =>
        Find(documentationMemberID);

    private string Path => assembly;

    private string? Find(string id) => _files.Value.Select(file => DocumentationFile.Find(file, id)).FirstOrDefault(found => found is not null);

    private static IEnumerable<string> FilesFor(string assembly)
    {
        var beside = System.IO.Path.ChangeExtension(assembly, ".xml");
        if (File.Exists(beside)) yield return beside;
        var name = System.IO.Path.GetFileNameWithoutExtension(assembly);
        if (FrameworkReferences.PathOf(name) != assembly) yield break;

        // The runtime carries no documentation; the SDK's reference pack beside it does, under the name of the contract.
        var framework = System.IO.Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var packs = System.IO.Path.GetFullPath(System.IO.Path.Combine(framework, "..", "..", "..", "packs", "Microsoft.NETCore.App.Ref"));
        if (!Directory.Exists(packs)) yield break;
        var pack = Directory.GetDirectories(packs).MaxBy(pack => Version.TryParse(System.IO.Path.GetFileName(pack).Split('-')[0], out var version) ? version : new Version());
        var folder = pack is null || !Directory.Exists(System.IO.Path.Combine(pack, "ref")) ? null
            : Directory.GetDirectories(System.IO.Path.Combine(pack, "ref")).FirstOrDefault();
        if (folder is null) yield break;
        string[] likely = [name, "System.Runtime", "System.Collections", "System.Linq", "System.Threading", "System.Console"];
        var first = likely.Select(contract => System.IO.Path.Combine(folder, contract + ".xml")).Where(File.Exists).Distinct().ToArray();
        foreach (var file in first) yield return file;
        // Only the library at the bottom is spread over many contracts.
        if (name == "System.Private.CoreLib")
            foreach (var file in Directory.GetFiles(folder, "System.*.xml").Except(first)) yield return file;
    }

    private static string Flatten(XElement summary) => string.Join(' ', string.Concat(summary.Nodes().Select(node => node switch
    {
        XText text => text.Value,
        XElement { Value.Length: 0 } reference => LastName((string?)reference.Attribute("cref") ?? (string?)reference.Attribute("langword") ?? (string?)reference.Attribute("name") ?? ""),
        XElement element => element.Value,
        _ => "",
    })).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string LastName(string reference) => reference.Split('(')[0].Split('.', ':')[^1];
}
