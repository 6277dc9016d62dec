namespace ConcurrencyLab.Common;

/// <summary>Where Python interpreters may lie on this machine; whether they run is told by asking them.</summary>
internal static class PythonPrograms
{
    /// <summary>The environment variable that names an interpreter instead of the one on PATH.</summary>
    public const string Variable = "CONCURRENCYLAB_PYTHON";

    /// <summary>The one that <see cref="Variable"/> names; null when it names none.</summary>
    public static string? Named => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named ? named : null;

    /// <summary>
    /// What a chapter may use, the best first: that of a virtual environment beside the notebook, then those on PATH. Naming one
    /// means that one or an honest "none", not another.
    /// </summary>
    /// <param name="folder">The notebook's; the working folder when left out.</param>
    public static IEnumerable<string> Candidates(string? folder = null) => Named is { } named ? [named]
        : [.. InEnvironment(folder ?? Environment.CurrentDirectory), .. CommandSearch.All(OperatingSystem.IsWindows() ? ["python", "python3"] : ["python3", "python"])];

    /// <summary>
    /// Those that carry a version in their names, the newest first, with a <c>t</c> for one without the Global Interpreter Lock:
    /// <c>python3.14t</c> before <c>python3.9</c>. Windows installs each version under the same name.
    /// </summary>
    public static IEnumerable<string> Versions() =>
        CommandSearch.All(Enumerable.Range(9, 30).Reverse().SelectMany(minor => new[] { $"python3.{minor}", $"python3.{minor}t" }));

    private static IEnumerable<string> InEnvironment(string folder) => new[] { ".venv", "venv" }
        .Select(name => OperatingSystem.IsWindows() ? Path.Combine(folder, name, "Scripts", "python.exe") : Path.Combine(folder, name, "bin", "python"))
        .Where(File.Exists);
}
