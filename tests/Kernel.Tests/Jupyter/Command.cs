using System.Diagnostics;

namespace ConcurrencyLab.Tests.Jupyter;

/// <summary>A command as a user gives it.</summary>
internal static class Command
{
    /// <summary>Runs one to its end.</summary>
    /// <param name="program">Its path, or a name to look up.</param>
    /// <param name="arguments">What follows it.</param>
    /// <param name="environment">Variables to set, or with null to remove.</param>
    /// <returns>The exit code, and all it said.</returns>
    public static async Task<(int Code, string Said)> RunAsync(string program, string[] arguments, params (string Name, string? Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var said = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, said + await errors);
    }
}
