using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace ConcurrencyLab.Kernel.Compilation;

/// <summary>
/// Where a user's cells and the libraries they reference are loaded: apart from the kernel's own
/// libraries, so that a notebook may use any version of anything that the kernel uses too.
/// </summary>
internal sealed class UserLoadContext() : AssemblyLoadContext("notebook")
{
    /// <summary>
    /// The assembly of .NET Interactive's engine. Packages may bring it for their own use; of its names, cells see the kernel's,
    /// which work here.
    /// </summary>
    public const string Engine = "Microsoft.DotNet.Interactive";

    /// <summary>Types of these cross the border between a cell and the kernel, so both must see the same ones, whatever version a package brings.</summary>
    private static readonly HashSet<string> Crossing = new(StringComparer.OrdinalIgnoreCase)
    {
        "ConcurrencyLab.Kernel", "Microsoft.DotNet.Interactive.Formatting", "Microsoft.AspNetCore.Html.Abstractions",
    };

    private readonly Lock _gate = new();
    private readonly Dictionary<string, string> _assemblies = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, AssemblyDependencyResolver?> _folders = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Assembly> _loaded = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _natives = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Makes an assembly, and whatever lies beside it, loadable by the cells.</summary>
    /// <param name="path">Absolute path of a managed assembly.</param>
    public void AddAssembly(string path)
    {
        lock (_gate)
        {
            _assemblies.TryAdd(Path.GetFileNameWithoutExtension(path), path);
            var folder = Path.GetDirectoryName(path)!;
            if (!_folders.TryGetValue(folder, out var known) || known is null)
                _folders[folder] = File.Exists(Path.ChangeExtension(path, ".deps.json")) ? new(path) : null;
        }
    }

    /// <summary>Loads an assembly that is no file, once.</summary>
    public void AddLoaded(string name, Func<Stream> image)
    {
        lock (_gate)
        {
            if (_loaded.ContainsKey(name)) return;
            using var bytes = image();
            _loaded[name] = LoadFromStream(bytes);
        }
    }

    /// <summary>Makes a native library of a package loadable by its file name.</summary>
    public void AddNative(string path)
    {
        lock (_gate)
            _natives.TryAdd(Path.GetFileName(path), path);
    }

    /// <summary>The file that would be loaded for a name; null when no referenced folder has it.</summary>
    public string? FindAssembly(AssemblyName name)
    {
        lock (_gate)
        {
            if (_assemblies.TryGetValue(name.Name!, out var known)) return known;
            foreach (var (folder, resolver) in _folders)
            {
                var path = resolver?.ResolveAssemblyToPath(name) ?? Path.Combine(folder, name.Name + ".dll");
                if (File.Exists(path)) return path;
            }

            return null;
        }
    }

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (IsShared(assemblyName)) return null;
        var path = FindAssembly(assemblyName);
        if (path is not null) return LoadFromAssemblyPath(path);
        lock (_gate) return _loaded.GetValueOrDefault(assemblyName.Name!);
    }

    protected override nint LoadUnmanagedDll(string unmanagedDllName) => NativeCandidates(unmanagedDllName)
        .Select(candidate => NativeLibrary.TryLoad(candidate, out var handle) ? handle : 0).FirstOrDefault(handle => handle != 0);

    private List<string> NativeCandidates(string name)
    {
        string[] spellings = OperatingSystem.IsWindows() ? [name, name + ".dll"]
            : OperatingSystem.IsMacOS() ? [name, name + ".dylib", "lib" + name + ".dylib"]
            : [name, name + ".so", "lib" + name + ".so"];
        List<string> found = [];
        lock (_gate)
        {
            foreach (var spelling in spellings)
            {
                if (_natives.TryGetValue(spelling, out var path)) found.Add(path);
                found.AddRange(_folders.Keys.Select(folder => Path.Combine(folder, spelling)).Where(File.Exists));
            }

            found.AddRange(_folders.Values.Select(resolver => resolver?.ResolveUnmanagedDllToPath(name)).OfType<string>());
        }

        return found;
    }

    /// <summary>Whether cells are given the kernel's own instead of what a package brings by that name.</summary>
    public static bool IsKernels(string name) => name == Engine || Crossing.Contains(name);

    private static bool IsShared(AssemblyName name) =>
        FrameworkReferences.PathOf(name.Name!) is { } path
            ? name.Version is null || AssemblyName.GetAssemblyName(path).Version >= name.Version
            : Crossing.Contains(name.Name!);
}
