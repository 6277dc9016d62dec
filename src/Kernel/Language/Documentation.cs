using System.Collections.Concurrent;
using System.Xml;
using System.Xml.Linq;
using ConcurrencyLab.Kernel.Compilation;
using Microsoft.CodeAnalysis;

namespace ConcurrencyLab.Kernel.Language;

/// <summary>What the authors of a symbol wrote about it.</summary>
internal static class Documentation
{
    private static readonly ConcurrentDictionary<string, Dictionary<string, string>> Files = new(StringComparer.Ordinal);

    /// <summary>The summary of a symbol; null when none is found on this machine.</summary>
    public static string? SummaryOf(ISymbol symbol)
    {
        var id = symbol.OriginalDefinition.GetDocumentationCommentId();
        var assembly = symbol.ContainingAssembly?.Name;
        if (id is null || assembly is null) return null;
        foreach (var file in FilesFor(assembly))
        {
            if (Files.GetOrAdd(file, Read).TryGetValue(id, out var text)) return text;
        }

        return null;
    }

    private static IEnumerable<string> FilesFor(string assembly)
    {
        var loaded = AppDomain.CurrentDomain.GetAssemblies()
            .FirstOrDefault(candidate => !candidate.IsDynamic && candidate.GetName().Name == assembly)?.Location;
        if (!string.IsNullOrEmpty(loaded) && Path.ChangeExtension(loaded, ".xml") is var beside && File.Exists(beside)) yield return beside;
        if (!FrameworkReferences.Contains(assembly)) yield break;

        // The runtime carries no documentation; the SDK's reference pack beside it does, under the name of the contract.
        var framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var packs = Path.GetFullPath(Path.Combine(framework, "..", "..", "..", "packs", "Microsoft.NETCore.App.Ref"));
        if (!Directory.Exists(packs)) yield break;
        var pack = Directory.GetDirectories(packs).Order(StringComparer.Ordinal).LastOrDefault();
        var folder = pack is null ? null : Directory.GetDirectories(Path.Combine(pack, "ref")).FirstOrDefault();
        if (folder is null) yield break;
        foreach (var name in (string[])[assembly, "System.Runtime", "System.Collections", "System.Linq", "System.Threading", "System.Console"])
        {
            var file = Path.Combine(folder, name + ".xml");
            if (File.Exists(file)) yield return file;
        }
    }

    private static Dictionary<string, string> Read(string file)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        try
        {
            using var reader = XmlReader.Create(file);
            while (reader.ReadToFollowing("member"))
            {
                if (reader.GetAttribute("name") is not { } name) continue;
                using var member = reader.ReadSubtree();
                if (XElement.Load(member).Element("summary") is { } summary) found[name] = Flatten(summary);
            }
        }
        catch (Exception exception) when (exception is XmlException or IOException or UnauthorizedAccessException)
        {
            // Documentation that cannot be read is documentation that is not there.
        }

        return found;
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
