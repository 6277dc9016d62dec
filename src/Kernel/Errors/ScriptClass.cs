namespace ConcurrencyLab.Kernel.Errors;

/// <summary>The class that the compiler makes of a cell. It is no class to the cell's author, and messages leave it out.</summary>
internal static class ScriptClass
{
    private const string Prefix = "Cell_";

    /// <summary>The name for a submission.</summary>
    /// <param name="submission">Its number, which no other submission of the session has.</param>
    public static string NameOf(int submission) => FormattableString.Invariant($"{Prefix}{submission}");

    /// <summary>True of a cell's own class. A class that the cell declares is nested in it.</summary>
    public static bool Is(Type type) => type.DeclaringType is null && type.Name.StartsWith(Prefix, StringComparison.Ordinal);
}
