using System.Reflection;

namespace ConcurrencyLab;

/// <summary>Python cells in .NET Interactive, which has none by itself; the lab's own kernel needs nothing of this.</summary>
internal static class PythonLanguage
{
    private const string Engine = "Microsoft.DotNet.Interactive", EngineType = "Microsoft.DotNet.Interactive.CompositeKernel";
    private const string File = "ConcurrencyLab.PythonKernel.dll", Type = "ConcurrencyLab.LivePython.PythonKernel";

    /// <summary>Adds the language to the engine that the calling cell runs in, if that is .NET Interactive and has not got it.</summary>
    internal static void AddToDotNetInteractive()
    {
        var path = Path.Combine(Path.GetDirectoryName(typeof(PythonLanguage).Assembly.Location) ?? "", File);
        // By name, so that no notebook's kernel is referenced; the name alone is also that of what packages bring along.
        if (!AppDomain.CurrentDomain.GetAssemblies().Any(assembly => assembly.GetName().Name == Engine && assembly.GetType(EngineType) is not null) || !System.IO.File.Exists(path))
        {
            return;
        }

        Assembly.LoadFrom(path).GetType(Type, throwOnError: true)!.GetMethod("Add")!.Invoke(null, null);
    }
}
