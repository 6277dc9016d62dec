using ConcurrencyLab.Kernel.Cells;
using ConcurrencyLab.Kernel.Compilation;
using ConcurrencyLab.Kernel.Packages;

namespace ConcurrencyLab.Kernel.Session;

/// <summary>Carries out <c>#r</c>: files relative to the notebook, and packages.</summary>
internal sealed class CellReferences(SubmissionChain chain)
{
    private readonly PackageRestore _restore = new();
    private readonly PackageExtensions _extensions = new(chain.LoadContext);
    private readonly Dictionary<string, Package> _packages = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Makes what a cell references known to it and to all later cells.</summary>
    /// <returns>Lines for the reader: what of a package does not work here.</returns>
    /// <exception cref="CellSyntaxException">A file or package cannot be had; one line says why.</exception>
    public IReadOnlyList<string> Add(IReadOnlyList<ReferenceDirective> directives, string folder, CancellationToken cancel)
    {
        var packages = new Dictionary<string, Package>(_packages, StringComparer.OrdinalIgnoreCase);
        var (line, firstPackage) = (0, 0);
        try
        {
            foreach (var directive in directives)
            {
                line = directive.Line;
                if (directive.IsSource)
                {
                    _restore.AddSource(directive.Argument, folder);
                    continue;
                }

                if (Package.Parse(directive.Argument) is not { } package)
                {
                    AddFile(directive.Argument, folder);
                    continue;
                }

                if (_packages.TryGetValue(package.Name, out var loaded) && loaded != package && package.Version != "*")
                    throw new FormatException($"{loaded} is already loaded: restart the kernel to use {package}.");
                if (packages.TryAdd(package.Name, package) && firstPackage == 0) firstPackage = line;
            }

            line = firstPackage;
            return packages.Count > _packages.Count ? AddPackages(packages, cancel) : [];
        }
        catch (Exception exception) when (exception is FormatException or IOException or BadImageFormatException or UnauthorizedAccessException)
        {
            throw new CellSyntaxException(exception.Message, line);
        }
    }

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

    private IReadOnlyList<string> AddPackages(Dictionary<string, Package> packages, CancellationToken cancel)
    {
        // All of them together, since their versions depend on each other.
        var files = _restore.RestoreAsync(packages.Values, cancel).GetAwaiter().GetResult();
        foreach (var (name, package) in packages) _packages[name] = package;
        foreach (var path in files.References) chain.AddReference(path);
        foreach (var path in files.Runtime) chain.LoadContext.AddAssembly(path);
        foreach (var path in files.Natives) chain.LoadContext.AddNative(path);
        return _extensions.Load(files.Extensions, cancel);
    }
}
