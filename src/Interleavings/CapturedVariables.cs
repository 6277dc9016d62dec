namespace ConcurrencyLab.Interleavings;

internal static class CapturedVariables
{
    public static IEnumerable<string> SharedBy(ProgramBuilder builder) => [];
}
