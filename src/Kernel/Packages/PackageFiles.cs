using System.Runtime.InteropServices;
using System.Text.Json;

namespace ConcurrencyLab.Kernel.Packages;

/// <summary>What a restored set of packages brings, as absolute paths.</summary>
/// <param name="References">Assemblies to compile against and to load.</param>
/// <param name="Runtime">Assemblies that are only loaded.</param>
/// <param name="Natives">Native libraries for this machine.</param>
/// <param name="Versions">The version of each package, also of those that others need.</param>
/// <param name="Extensions">What they bring for .NET Interactive.</param>
internal sealed record PackageFiles(
    IReadOnlyList<string> References, IReadOnlyList<string> Runtime, IReadOnlyList<string> Natives, IReadOnlyDictionary<string, string> Versions,
    IReadOnlyList<string> Extensions)
{
    /// <summary>Reads the file in which a restore says what it found.</summary>
    /// <param name="assetsFile">A <c>project.assets.json</c>.</param>
    /// <returns>Null when the file is not there or speaks of files that are gone.</returns>
    public static PackageFiles? Read(string assetsFile)
    {
        if (!File.Exists(assetsFile)) return null;
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(assetsFile));
            return Read(document.RootElement);
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or IOException)
        {
            // A restore that was cut short: restored again.
            return null;
        }
    }

    private static PackageFiles? Read(JsonElement assets)
    {
        var folders = assets.GetProperty("packageFolders").EnumerateObject().Select(folder => folder.Name).ToList();
        var libraries = assets.GetProperty("libraries");
        var targets = assets.GetProperty("targets").EnumerateObject().ToList();
        var target = targets.Find(candidate => candidate.Name.EndsWith("/" + RuntimeInformation.RuntimeIdentifier, StringComparison.Ordinal));
        if (target.Value.ValueKind is JsonValueKind.Undefined) return null;

        List<string> references = [], runtime = [], natives = [], extensions = [];
        var versions = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var library in target.Value.EnumerateObject())
        {
            if (library.Value.GetProperty("type").GetString() is not "package") continue;
            if (library.Name.Split('/') is [var name, var version]) versions[name] = version;
            var path = libraries.GetProperty(library.Name).GetProperty("path").GetString()!;
            var home = folders.Select(folder => Path.Combine(folder, path)).FirstOrDefault(Directory.Exists);
            if (home is null) return null;
            var compile = Names(library.Value, "compile").Select(Path.GetFileName).ToHashSet(StringComparer.OrdinalIgnoreCase);
            foreach (var file in Names(library.Value, "runtime"))
                (compile.Contains(Path.GetFileName(file)) ? references : runtime).Add(Path.GetFullPath(Path.Combine(home, file)));
            var extension = Path.Combine(home, "interactive-extensions", "dotnet");
            if (Directory.Exists(extension)) extensions.AddRange(Directory.EnumerateFiles(extension).Where(file => Path.GetExtension(file) is ".dll" or ".dib").Order(StringComparer.Ordinal));
            natives.AddRange(Names(library.Value, "native").Select(file => Path.GetFullPath(Path.Combine(home, file))));
        }

        return references.Concat(runtime).Concat(natives).All(File.Exists) ? new(references, runtime, natives, versions, extensions) : null;
    }

    private static IEnumerable<string> Names(JsonElement library, string group) =>
        library.TryGetProperty(group, out var files)
            ? files.EnumerateObject().Select(file => file.Name).Where(name => !name.EndsWith("_._", StringComparison.Ordinal))
            : [];
}
