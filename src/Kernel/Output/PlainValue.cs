using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.DotNet.Interactive.Formatting;

namespace ConcurrencyLab.Kernel.Output;

/// <summary>
/// Numbers, truth values, characters and texts, which show as themselves. The formatting library would wrap each number
/// in HTML with a page of styles, and is 0.1 s and 8 MB of a kernel's start that a first <c>1+1</c> need not wait for.
/// </summary>
internal static class PlainValue
{
    private static volatile bool _libraryIsLoaded;

    static PlainValue()
    {
        // Told, not asked each time: every cell is an assembly, and asking would go through all of them.
        AppDomain.CurrentDomain.AssemblyLoad += (_, load) => Note(load.LoadedAssembly);
        foreach (var assembly in AppDomain.CurrentDomain.GetAssemblies()) Note(assembly);
    }

    /// <summary>The value's text; null when it is not plain, or the user has said how values of its type are to be shown.</summary>
    public static string? TextOf(object? value)
    {
        var text = value switch
        {
            string or bool or char => value.ToString(),
            sbyte or byte or short or ushort or int or uint or long or ulong or float or double or decimal =>
                ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture),
            _ => null,
        };
        // A library that is not loaded has no formatters of the user's, and asking it would load it.
        return text is null || (_libraryIsLoaded && HasOwnFormatter(value!.GetType())) ? null : text;
    }

    // Only ever set: assemblies load on many threads at once.
    private static void Note(Assembly assembly)
    {
        if (assembly.FullName?.StartsWith("Microsoft.DotNet.Interactive.Formatting,", StringComparison.Ordinal) == true) _libraryIsLoaded = true;
    }

    /// <summary>True when the user, or the type itself, has said how values of a type are to be shown. Loads the library.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static bool HasOwnFormatter(Type type) =>
        Formatter.RegisteredFormatters(includeDefaults: false).Any(formatter => formatter is not SequenceFormatter && formatter.Type.IsAssignableFrom(type))
        || Formatter.GetPreferredMimeTypesFor(type).ToArray() is not [MimeBundle.Html or MimeBundle.PlainText];
}
