using System.Runtime.InteropServices;

namespace ConcurrencyLab.Tests.Jupyter;

/// <summary>A <c>dotnet</c> that does what a test says: a shell script.</summary>
internal static class StandInDotnet
{
    /// <summary>
    /// Installs a tool as <c>dotnet tool install NAME --version X --tool-path FOLDER</c> does: one that registers itself as
    /// .NET Interactive does, <c>jupyter install --path FOLDER</c>.
    /// </summary>
    public const string Answers = """
        while [ $# -gt 1 ] && [ "$1" != --tool-path ]; do shift; done
        mkdir -p "$2"
        cat > "$2/dotnet-interactive" <<'TOOL'
        #!/bin/sh
        [ "$1 $2 $3" = "jupyter install --path" ] || exit 9
        for language in csharp fsharp; do
            mkdir "$4/.net-$language"
            printf '{"argv":["dotnet","interactive","jupyter","--default-kernel","%s","{connection_file}"],"display_name":".NET","language":"C#","metadata":{"vscode":{}}}' $language > "$4/.net-$language/kernel.json"
        done
        TOOL
        chmod +x "$2/dotnet-interactive"
        """;

    /// <summary>The real one, which runs this process.</summary>
    public static string Real { get; } = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));

    /// <summary>Writes one into a folder of its own, which can stand on PATH.</summary>
    /// <returns>Its path.</returns>
    public static string Write(string folder, string script)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The dotnet of this test is a shell script.");
        var path = Path.Combine(Directory.CreateDirectory(Path.Combine(folder, "commands")).FullName, "dotnet");
        File.WriteAllText(path, $"#!/bin/sh\n{script}\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }
}
