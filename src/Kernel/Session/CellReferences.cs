using ConcurrencyLab.Kernel.Cells;
using ConcurrencyLab.Kernel.Compilation;
using ConcurrencyLab.Kernel.Packages;

namespace ConcurrencyLab.Kernel.Session;

/// <summary>Carries out <c>#r</c>: files relative to the notebook, and packages.</summary>
internal sealed class CellReferences(SubmissionChain chain)
{
    private readonly PackageRestore _restore = new();
    private readonly Dictionary<string, Package> _packages = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Makes what a cell references known to it and to all later cells.</summary>
    /// <param name="directives">The cell's directives.</param>
    /// <param name="folder">Where relative paths start.</param>
    /// <param name="cancel">Ends a restore.</param>
    /// <exception cref="CellSyntaxException">A file or package cannot be had; one line says why.</exception>
    public void Add(IReadOnlyList<ReferenceDirective> directives, string folder, CancellationToken cancel)
    {
        List<(Package Package, int Line)> wanted = [];
        foreach (var directive in directives)
        {
            try
            {
                if (Package.Parse(directive.Argument) is { } package) wanted.Add((package, directive.Line));
                else AddFile(directive.Argument, folder);
            }
            catch (Exception exception) when (exception is FormatException or IOException or BadImageFormatException or UnauthorizedAccessException)
            {
                throw new CellSyntaxException(exception.Message, directive.Line);
            }
        }

        if (wanted.Count > 0) AddPackages(wanted, cancel);
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

    private void AddPackages(List<(Package Package, int Line)> wanted, CancellationToken cancel)
    {
        var all = new Dictionary<string, Package>(_packages, StringComparer.OrdinalIgnoreCase);
        foreach (var (package, line) in wanted)
        {
            if (_packages.TryGetValue(package.Name, out var loaded) && loaded != package && package.Version != "*")
                throw new CellSyntaxException($"{loaded} is already loaded: restart the kernel to use {package}.", line);
            all.TryAdd(package.Name, package);
        }

        if (all.Count == _packages.Count) return;
        PackageFiles files;
        try
        {
            files = _restore.RestoreAsync(all.Values, cancel).GetAwaiter().GetResult();
        }
        catch (Exception exception) when (exception is PackageException or IOException or UnauthorizedAccessException)
        {
            throw new CellSyntaxException(exception.Message, wanted[0].Line);
        }

        foreach (var (name, package) in all) _packages[name] = package;
        foreach (var path in files.References) chain.AddReference(path);
        foreach (var path in files.Runtime) chain.LoadContext.AddAssembly(path);
        foreach (var path in files.Natives) chain.LoadContext.AddNative(path);
    }
}
