using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.Loader;

namespace ConcurrencyLab.Interleavings.Twins;

/// <summary>The twin of a piece of ordinary code: compiled once, and begun anew for every run.</summary>
internal sealed class TwinCode
{
    private readonly Delegate _code;
    private readonly IReadOnlyDictionary<string, (Type Type, object? Value)> _captured;
    private readonly Lazy<(IReadOnlyList<Func<object?[], object?>> Entries, string[] NotSeen, string[] Chance)> _twin;

    public TwinCode(Delegate code, string argument, string file, int line)
    {
        _code = code;
        _captured = CapturedValues.Of(code);
        _twin = new(() => Load(TwinCompiler.Compile(code, argument, file, line, _captured.ToDictionary(pair => pair.Key, pair => pair.Value.Type))));
    }

    public TwinFindings Findings { get; } = new();

    /// <summary>What the scheduler does not see of it, known before it runs.</summary>
    public IReadOnlyList<string> NotSeen => _twin.Value.NotSeen;

    /// <summary>Clocks and dice in it.</summary>
    public IReadOnlyList<string> Chance => _twin.Value.Chance;

    /// <summary>Makes the one task that a run begins with.</summary>
    public void Build(ProgramBuilder builder)
    {
        if (builder.Real)
        {
            if (_code is Action action)
            {
                builder.Task("main", action);
            }
            else
            {
                builder.Task("main", (Func<Task>)_code);
            }

            return;
        }

        var entries = _twin.Value.Entries;
        builder.SeesPlainVariables = true;
        builder.Unseen.AddRange(NotSeen);
        var run = new TwinRun(builder, Findings) { Outer = _captured.ToDictionary(pair => pair.Key, pair => pair.Value.Value) };
        builder.Task("main", () => run.Main(() => Play(entries)));
    }

    private static void Play(IReadOnlyList<Func<object?[], object?>> entries)
    {
        var slots = new object?[entries.Count + 2];
        foreach (var entry in entries)
        {
            if (entry(slots) is Task { IsCompleted: true } ended)
            {
                ended.GetAwaiter().GetResult();
            }
        }

        switch (Twin.TakeStarted())
        {
            case Action action:
                action();
                break;
            case Func<Task> function:
                if (function() is { } task)
                {
                    TwinCompletion.WaitForMain(task);
                }

                break;
        }
    }

    private static (IReadOnlyList<Func<object?[], object?>>, string[], string[]) Load(IReadOnlyDictionary<string, object> twin)
    {
        // Where this library is, what the code uses is found, too.
        var context = AssemblyLoadContext.GetLoadContext(typeof(TwinCode).Assembly) ?? AssemblyLoadContext.Default;
        var assemblies = ((byte[][])twin["images"]).Select(image => context.LoadFromStream(new MemoryStream(image))).ToList();
        var entries = ((string[])twin["entries"]).Index().Select(entry => Starting(assemblies[Math.Min(entry.Index, assemblies.Count - 1)], entry.Item.Split("::"))).ToList();
        return (entries, (string[])twin["notSeen"], (string[])twin["chance"]);
    }

    private static Func<object?[], object?> Starting(Assembly assembly, string[] entry)
    {
        const BindingFlags Any = BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
        var method = assembly.GetType(entry[0], throwOnError: true)!.GetMethod(entry[1], Any)!;
        if (method.GetParameters().Length == 1)
        {
            return method.CreateDelegate<Func<object?[], object?>>();
        }

        return _ => method.Invoke(method.IsStatic ? null : Activator.CreateInstance(method.DeclaringType!, nonPublic: true), BindingFlags.DoNotWrapExceptions, null, [], null);
    }
}

/// <summary>Variables from outside that code has captured, with the values that they have now, where those cannot change by themselves.</summary>
internal static class CapturedValues
{
    private static readonly ConcurrentDictionary<Type, bool> Known = new();

    public static IReadOnlyDictionary<string, (Type Type, object? Value)> Of(Delegate code)
    {
        var found = new Dictionary<string, (Type, object?)>(StringComparer.Ordinal);
        if (code.Target is { } target)
        {
            Add(target, found, new(ReferenceEqualityComparer.Instance));
        }

        return found;
    }

    private static void Add(object closure, Dictionary<string, (Type, object?)> found, HashSet<object> seen)
    {
        if (!seen.Add(closure))
        {
            return;
        }

        var outer = new List<object>();
        foreach (var field in closure.GetType().GetFields(BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
        {
            if (field.Name.Contains('<', StringComparison.Ordinal))
            {
                // What surrounds it: another closure, the cell, the cell before.
                if (!field.FieldType.IsPrimitive && !typeof(Delegate).IsAssignableFrom(field.FieldType) && field.GetValue(closure) is { } around)
                {
                    outer.Add(around);
                }
            }
            else if (NeverChanges(field.FieldType) && IsClosure(closure.GetType()))
            {
                found.TryAdd(field.Name, (field.FieldType, field.GetValue(closure)));
            }
        }

        outer.ForEach(around => Add(around, found, seen));
    }

    /// <summary>Made by the compiler for captured variables, or of a notebook's cell.</summary>
    private static bool IsClosure(Type type) => type.Name.Contains('<', StringComparison.Ordinal) || type.GetMethod("<Initialize>", BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic) is not null;

    private static bool NeverChanges(Type type) => Known.GetOrAdd(type, static type => type.IsPrimitive || type == typeof(string) || type == typeof(decimal) || type == typeof(TimeSpan) || type == typeof(DateTime) || type == typeof(Guid) || type.IsEnum && type.Assembly == typeof(object).Assembly
        || Nullable.GetUnderlyingType(type) is { } inside && NeverChanges(inside) || type.FullName?.StartsWith("System.ValueTuple`", StringComparison.Ordinal) == true && type.GetGenericArguments().All(NeverChanges));
}

/// <summary>
/// Where twins are compiled. This library knows no compiler: a notebook's kernel lends its own, by a convention that needs no
/// package of its; elsewhere the package ConcurrencyLab.Interleavings.Code is found beside this library.
/// </summary>
internal static class TwinCompiler
{
    /// <summary>
    /// The convention's name. In <see cref="AppContext"/> it names a function from the code as it is written, its file and line
    /// and the types of what it captured, to the images, their entries and what is not seen of it.
    /// </summary>
    internal const string Name = "Notebook.CompileTwin";

    private const string Library = "ConcurrencyLab.Interleavings.Code";

    public static IReadOnlyDictionary<string, object> Compile(Delegate code, string argument, string file, int line, IReadOnlyDictionary<string, Type> captured)
    {
        var compile = AppContext.GetData(Name) as Func<string, string, int, IReadOnlyDictionary<string, Type>, IReadOnlyDictionary<string, object>?>;
        return compile?.Invoke(argument, file, line, captured) ?? Beside(code.Method.Module.Assembly)(argument, file, line, captured);
    }

    private static Func<string, string, int, IReadOnlyDictionary<string, Type>, IReadOnlyDictionary<string, object>> Beside(Assembly caller)
    {
        var compiler = Loaded()?.GetType(Library + ".TwinCompilation");
        return compiler?.GetMethod("Compile", [typeof(Assembly), typeof(string), typeof(string), typeof(int), typeof(IReadOnlyDictionary<string, Type>)]) is { } method
            ? (argument, file, line, captured) => (IReadOnlyDictionary<string, object>)method.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [caller, argument, file, line, captured], null)!
            : throw new InvalidOperationException($"To explore code as it is written, its source is compiled once more: that needs the package {Library} beside this one.");
    }

    private static Assembly? Loaded()
    {
        try
        {
            var here = typeof(TwinCompiler).Assembly;
            var beside = Path.Combine(Path.GetDirectoryName(here.Location) ?? "", Library + ".dll");
            return File.Exists(beside) ? (AssemblyLoadContext.GetLoadContext(here) ?? AssemblyLoadContext.Default).LoadFromAssemblyPath(beside) : Assembly.Load(Library);
        }
        catch (Exception error) when (error is IOException or BadImageFormatException)
        {
            return null;
        }
    }
}
