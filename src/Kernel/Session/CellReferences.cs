using ConcurrencyLab.Kernel.Cells;
using ConcurrencyLab.Kernel.Compilation;
using ConcurrencyLab.Kernel.Packages;

namespace ConcurrencyLab.Kernel.Session;

/// <summary>Carries out <c>#r</c>: files relative to the notebook, and packages.</summary>
internal sealed class CellReferences(SubmissionChain chain)
{
    private readonly PackageRestore _restore = new();
    private readonly PackageExtensions _extensions = new(chain.LoadContext);
    private readonly Dictionary<string, Package> _asked = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The version of each package that the cells can use, also of those that others need.</summary>
    private readonly Dictionary<string, string> _installed = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>False until a cell has referenced something.</summary>
    public bool Any { get; private set; }

    /// <summary>Makes what a cell references known to it and to all later cells.</summary>
    /// <returns>Lines for the user: which package is not literally the one asked for, what of one does not work here.</returns>
    /// <exception cref="CellSyntaxException">A file or package cannot be had; one line says why.</exception>
    public IReadOnlyList<string> Add(IReadOnlyList<ReferenceDirective> directives, string folder, CancellationToken cancel)
    {
        var added = new Dictionary<string, (Package Package, int Line)>(StringComparer.OrdinalIgnoreCase);
        var line = 0;
        try
        {
            foreach (var directive in directives)
            {
                line = directive.Line;
                if (directive.IsSource) _restore.AddSource(directive.Argument, folder);
                else if (Package.Parse(directive.Argument) is not { } package) AddFile(directive.Argument, folder);
                else if (!IsThere(package) && !added.TryAdd(package.Name, (package, line)) && added[package.Name].Package.Version != package.Version)
                    throw new FormatException($"{package.Name} is asked for twice: as {added[package.Name].Package.Version} and as {package.Version}.");
            }

            Any |= directives.Count > 0;
            if (added.Count == 0) return [];
            line = added.Values.First().Line;
            // All of them together, since their versions depend on each other.
            var asked = new Dictionary<string, Package>(_asked, StringComparer.OrdinalIgnoreCase);
            foreach (var (name, (package, _)) in added) asked[name] = package;
            var files = _restore.RestoreAsync(asked.Values, cancel).GetAwaiter().GetResult();
            foreach (var (name, (_, place)) in added)
            {
                line = place;
                if (_installed.TryGetValue(name, out var loaded) && loaded != files.Versions[name])
                    throw new FormatException($"{name} {loaded} is already loaded: restart the kernel and ask for {files.Versions[name]} first.");
            }

            List<string> notes =
            [
                .. added.Values.Select(one => Difference(one.Package, files.Versions[one.Package.Name])).OfType<string>(),
                .. files.Versions.Where(needed => _installed.TryGetValue(needed.Key, out var loaded) && loaded != needed.Value).Select(needed =>
                    $"{needed.Key} {_installed[needed.Key]} is already loaded and stays, although {needed.Value} is needed now: restart the kernel and ask for all packages in one cell."),
            ];
            foreach (var (name, package) in asked) _asked[name] = package;
            foreach (var (name, version) in files.Versions) _installed.TryAdd(name, version);
            foreach (var path in files.References) chain.AddReference(path);
            foreach (var path in files.Runtime) chain.LoadContext.AddAssembly(path);
            foreach (var path in files.Natives) chain.LoadContext.AddNative(path);
            return [.. notes, .. _extensions.Load(files.Extensions, cancel)];
        }
        catch (Exception exception) when (exception is FormatException or IOException or BadImageFormatException or UnauthorizedAccessException)
        {
            throw new CellSyntaxException(exception.Message, line);
        }
    }

    private bool IsThere(Package package) =>
        _installed.TryGetValue(package.Name, out var version)
        && (package.Version == "*" || package.Names(version) || (_asked.TryGetValue(package.Name, out var before) && before.Version == package.Version));

    private static string? Difference(Package asked, string installed) =>
        asked.Names(installed) ? null
        : $"{asked.Name} {installed} was installed{(asked.IsExact ? $": there is no {asked.Version}, and NuGet took the next" : "")}.";

    private void AddFile(string argument, string folder)
    {
        if (FrameworkReferences.Contains(Path.GetFileNameWithoutExtension(argument)) || FrameworkReferences.Contains(argument)) return;
        var path = Path.GetFullPath(Path.Combine(folder, argument));
        if (!File.Exists(path)) throw new FileNotFoundException($"#r \"{argument}\": there is no file {path}. Has it been built?");
        try
        {
            chain.AddReference(path);
        }
        catch (BadImageFormatException)
        {
            throw new BadImageFormatException($"#r \"{argument}\": {path} is not a .NET assembly.");
        }
    }
}
