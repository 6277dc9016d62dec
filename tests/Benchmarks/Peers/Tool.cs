using System.Diagnostics;

namespace ConcurrencyLab.Benchmarks.Peers;

/// <summary>A program that we are compared with, if it is installed.</summary>
/// <param name="Name">As people call it.</param>
/// <param name="Path">Where it is; null when it is not installed.</param>
/// <param name="Version">What it says of itself.</param>
/// <param name="Hint">How to get it.</param>
internal sealed record Tool(string Name, string? Path, string? Version, string Hint)
{
    /// <summary>For the report's head.</summary>
    public string Line => Path is null ? $"{Name}: **missing**, its comparisons are left out; {Hint}" : Version!;

    /// <summary>A program of the PATH; its version is the first line that it prints when asked.</summary>
    internal static Tool Find(string name, string program, string versionArguments, string hint)
    {
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(System.IO.Path.PathSeparator)
            .Select(folder => System.IO.Path.Combine(folder, program)).FirstOrDefault(File.Exists);
        if (path is null)
        {
            return new Tool(name, null, null, hint);
        }

        var said = Say(path, versionArguments.Split(' ')).Output.Split('\n').FirstOrDefault(line => line.Trim().Length > 0)?.Trim();
        return new Tool(name, path, said ?? name, hint);
    }

    /// <summary>Runs a program to its end.</summary>
    /// <exception cref="TimeoutException">It took longer than that.</exception>
    internal static (int Code, string Output) Say(string program, IEnumerable<string> arguments, TimeSpan? within = null, Action<ProcessStartInfo>? change = null)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        change?.Invoke(start);
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(within ?? TimeSpan.FromMinutes(5)))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{System.IO.Path.GetFileName(program)} did not end in time.");
        }

        return (process.ExitCode, output.Result + errors.Result);
    }
}
