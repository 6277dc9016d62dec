using System.Collections.Concurrent;
using System.Runtime.Loader;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Events;
using Engine = Microsoft.DotNet.Interactive.Kernel;

namespace ConcurrencyLab.Interactive;

/// <summary>Loads what packages bring for .NET Interactive (<c>interactive-extensions/dotnet</c>), as its command-line tool does.</summary>
internal static class PackageExtensions
{
    public static void UsePackageExtensions(this CompositeKernel kernel)
    {
        var added = new ConcurrentQueue<string>();
        kernel.RegisterForDisposal(kernel.KernelEvents.Subscribe(happened =>
        {
            if (happened is PackageAdded { PackageReference.PackageRoot: { } root }) added.Enqueue(Path.Combine(root, "interactive-extensions", "dotnet"));
        }));
        var seen = new HashSet<string>(StringComparer.Ordinal);
        kernel.AddMiddleware(async (command, context, next) =>
        {
            await next(command, context);
            while (added.TryDequeue(out var folder))
            {
                if (!seen.Add(folder) || !Directory.Exists(folder)) continue;
                foreach (var file in Directory.EnumerateFiles(folder, "*.dll")) await LoadAsync(kernel, file);
                var script = new FileInfo(Path.Combine(folder, "extension.dib"));
                if (script.Exists) await kernel.LoadAndRunInteractiveDocument(script, context.Command);
            }
        });
    }

    private static async Task LoadAsync(Engine kernel, string file)
    {
        var types = AssemblyLoadContext.Default.LoadFromAssemblyPath(file).ExportedTypes;
        foreach (var type in types.Where(type => !type.IsAbstract && typeof(IKernelExtension).IsAssignableFrom(type)))
            await ((IKernelExtension)Activator.CreateInstance(type)!).OnLoadAsync(kernel);
    }
}
