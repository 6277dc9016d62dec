using System.Reflection;
using Microsoft.CodeAnalysis;

namespace ConcurrencyLab.Interleavings.Code;

/// <summary>The cells of .NET Interactive, asked for by reflection: no package of its is needed.</summary>
/// <param name="Sources">Their C#, oldest first; the last one is running.</param>
/// <param name="References">What they see of libraries.</param>
/// <param name="Imports">What they see without a <c>using</c>.</param>
internal sealed record InteractiveCells(IReadOnlyList<string> Sources, IReadOnlyList<MetadataReference> References, IReadOnlyList<string> Imports)
{
    private const string Engine = "Microsoft.DotNet.Interactive";

    /// <summary>The cells of the kernel in which the calling code runs; null elsewhere.</summary>
    public static InteractiveCells? Current
    {
        get
        {
            // By the assembly's name as well: others declare a type of this name, so that cells find it in them.
            var type = AppDomain.CurrentDomain.GetAssemblies().FirstOrDefault(assembly => assembly.GetName().Name == Engine)?.GetType(Engine + ".KernelInvocationContext");
            if (type?.GetProperty("Current", BindingFlags.Public | BindingFlags.Static)?.GetValue(null) is not { } context
                || Get(context, "Command") is not { } command || Get(command, "Code") is not string code || Get(context, "HandlingKernel") is not { } kernel || kernel.GetType().GetProperty("ScriptState") is not { } states)
            {
                return null;
            }

            var sources = new List<string> { WithoutMagics(code) };
            var references = new List<MetadataReference>();
            IReadOnlyList<string> imports = [];
            if (states.GetValue(kernel) is { } state && Get(state, "Script") is { } newest)
            {
                var compilation = (Compilation)newest.GetType().GetMethod("GetCompilation", [])!.Invoke(newest, [])!;
                imports = [.. ((Microsoft.CodeAnalysis.CSharp.CSharpCompilationOptions)compilation.Options).Usings];
                for (var script = newest; script is not null; script = Get(script, "Previous"))
                {
                    sources.Insert(0, WithoutMagics((string)Get(script, "Code")!));
                }

                references.AddRange(compilation.References.Concat(compilation.DirectiveReferences).OfType<PortableExecutableReference>());
            }

            // What the cells have loaded, whether they name it or not; the compiler takes the first of a name.
            var known = references.Select(reference => Path.GetFileName(reference.Display ?? "")).ToHashSet(StringComparer.OrdinalIgnoreCase);
            foreach (var assembly in AppDomain.CurrentDomain.GetAssemblies().Where(assembly => !assembly.IsDynamic && assembly.Location.Length > 0 && known.Add(Path.GetFileName(assembly.Location))))
            {
                references.Add(Libraries.Of(assembly.Location));
            }

            return new InteractiveCells(sources, references, imports);
        }
    }

    private static object? Get(object from, string property) => from.GetType().GetProperty(property)?.GetValue(from);

    private static string WithoutMagics(string code) => string.Join('\n', code.Split('\n').Select(line => line.StartsWith("#!", StringComparison.Ordinal) || line.StartsWith("#r", StringComparison.Ordinal) ? "" : line));
}
