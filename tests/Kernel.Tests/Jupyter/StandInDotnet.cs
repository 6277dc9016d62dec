using System.Runtime.InteropServices;

namespace ConcurrencyLab.Tests.Jupyter;

/// <summary>A <c>dotnet</c> that does what a test says: a shell script.</summary>
internal static class StandInDotnet
{
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
