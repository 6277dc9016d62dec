using System.Reflection;
using System.Text;
using ConcurrencyLab.Kernel.Compilation;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ConcurrencyLab.Kernel.Packages;

/// <summary>
/// What packages bring for .NET Interactive (<c>interactive-extensions/dotnet</c>): code that tells the formatting library,
/// which is ours too, how the package's values are shown. What wants more of that engine does not work here, and is named.
/// </summary>
/// <param name="context">Where the cells' libraries are loaded.</param>
internal sealed class PackageExtensions(UserLoadContext context)
{
    private const string Engine = UserLoadContext.Engine;

    /// <summary>As much of the engine as an extension names that only registers formatters. A package that brings the real one gets that.</summary>
    internal const string Contract = """
        [assembly: System.Reflection.AssemblyVersion("1.0.0.0")]
        namespace Microsoft.DotNet.Interactive
        {
            public abstract class Kernel
            {
                public static Kernel Root => null;
                public System.Threading.Tasks.Task<KernelCommandResult> SendAsync(Commands.KernelCommand command, System.Threading.CancellationToken cancellationToken = default) => null;
            }

            public class KernelCommandResult
            {
            }

            public static class KernelExtensions
            {
                public static Kernel FindKernelByName(this Kernel kernel, string name) => null;
            }

            public interface IKernelExtension
            {
                System.Threading.Tasks.Task OnLoadAsync(Kernel kernel);
            }
        }

        namespace Microsoft.DotNet.Interactive.Commands
        {
            public abstract class KernelCommand
            {
            }

            public class SubmitCode(string code, string targetKernelName = null) : KernelCommand
            {
                public string Code => code;
                public string TargetKernelName => targetKernelName;
            }
        }
        """;

    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    /// <summary>Loads the extensions that have not been loaded before.</summary>
    /// <returns>A line for each that does not work here.</returns>
    public IReadOnlyList<string> Load(IEnumerable<string> files, CancellationToken cancel)
    {
        List<string> notes = [];
        foreach (var file in files.Where(_seen.Add))
        {
            try
            {
                if (!file.EndsWith(".dll", StringComparison.OrdinalIgnoreCase)) throw new NotSupportedException("scripts of that kind are unknown here");
                // On a thread of its own, since its code may hold up whoever runs it.
                Task.Factory.StartNew(() => Load(file), cancel, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap().WaitAsync(cancel).GetAwaiter().GetResult();
            }
            catch (Exception exception) when (!cancel.IsCancellationRequested)
            {
                var cause = exception.GetBaseException() is ReflectionTypeLoadException { LoaderExceptions: [{ } first, ..] } ? first : exception.GetBaseException();
                notes.Add($"{Path.GetFileName(file)} shows its package's values in .NET Interactive and does not work here ({cause.Message.ReplaceLineEndings(" ")}). Say how to show them: Formatter.Register<T>(value => ..., \"text/html\");");
            }
        }

        return notes;
    }

    private async Task Load(string file)
    {
        context.AddAssembly(file);
        if (context.FindAssembly(new AssemblyName(Engine)) is null) context.AddLoaded(Engine, CompileContract);
        foreach (var type in context.LoadFromAssemblyPath(file).GetTypes().Where(type => !type.IsAbstract))
        {
            if (type.GetInterface(Engine + ".IKernelExtension") is { } known)
                await ((Task)known.GetMethod("OnLoadAsync")!.Invoke(Activator.CreateInstance(type), [null])!).ConfigureAwait(false);
        }
    }

    internal static MemoryStream CompileContract()
    {
        // By the name that extensions were built against, key included.
        var key = AssemblyName.GetAssemblyName(Path.Combine(Path.GetDirectoryName(typeof(PackageExtensions).Assembly.Location)!, Engine + ".Formatting.dll")).GetPublicKey();
        var compilation = CSharpCompilation.Create(
            Engine, [CSharpSyntaxTree.ParseText(Contract, encoding: Encoding.UTF8)], FrameworkReferences.All,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, cryptoPublicKey: [.. key!], publicSign: true));
        var image = new MemoryStream();
        if (!compilation.Emit(image).Success) throw new InvalidOperationException("the engine's interface does not compile");
        image.Position = 0;
        return image;
    }
}
