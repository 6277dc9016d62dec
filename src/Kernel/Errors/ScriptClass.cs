using System.Text.RegularExpressions;

namespace ConcurrencyLab.Kernel.Errors;

/// <summary>The class that the compiler makes of a cell. It is no class to the cell's author, and messages leave it out.</summary>
internal static partial class ScriptClass
{
    private const string Prefix = "Cell_";

    /// <summary>The name for a piece of a cell.</summary>
    public static string NameOf(int cell) => FormattableString.Invariant($"{Prefix}{cell}");

    /// <summary>A message of the compiler's that calls a cell a cell.</summary>
    public static string NamedAsCell(string message) => Quoted().Replace(message, "Cell $1");

    /// <summary>True of a cell's own class. A class that the cell declares is nested in it.</summary>
    public static bool Is(Type type) => type.DeclaringType is null && type.Name.StartsWith(Prefix, StringComparison.Ordinal);

    [GeneratedRegex($@"(?:The type |Type )?'{Prefix}(\d+)'")]
    private static partial Regex Quoted();
}
