using System.Text.RegularExpressions;

namespace ConcurrencyLab.Tests;

/// <summary>What the lab says at the end of a run, held against what it may say.</summary>
internal static partial class Verdict
{
    private const int Fine = 0, Failed = 1, BadInput = 2, Stopped = 130;

    /// <summary>What is wrong with a verdict.</summary>
    public static IEnumerable<string> Of(Injection injection, int exitCode, string output, string error, bool labWasKilled)
    {
        if (labWasKilled) yield break;
        var lines = error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (lines.FirstOrDefault(line => Crash().IsMatch(line)) is { } crash) yield return $"it crashed: {crash}";
        foreach (var line in lines.Where(line => !Known().IsMatch(line))) yield return $"a line of no known kind: {line}";
        switch (exitCode)
        {
            case Fine:
                if (lines.Length > 0) yield return $"all is fine, it says, and complains: {error}";
                break;
            case Failed:
                if (!lines.Any(line => Cell().IsMatch(line))) yield return "it failed and names no notebook and cell";
                break;
            case BadInput:
                if (!lines.Any(line => line.StartsWith("cannot ", StringComparison.Ordinal))) yield return "something cannot be used and it does not say what";
                break;
            case Stopped:
                if (injection.Victim != Role.Lab || injection.Fault is not (Fault.Interrupt or Fault.Terminate or Fault.ControlC)) yield return "it says that it was stopped, and nobody did";
                if (!lines.Any(line => line.StartsWith("Stopped; ", StringComparison.Ordinal))) yield return "it was stopped and does not say so";
                break;
            default:
                yield return $"exit code {exitCode} means nothing; it said: {output} {error}";
                break;
        }
    }

    [GeneratedRegex(@"^(Unhandled exception|Aborted|Segmentation fault|Process terminated|\s+at )")]
    private static partial Regex Crash();

    [GeneratedRegex(@"^notebooks/chaos\.ipynb: .{20,}$")]
    private static partial Regex Cell();

    [GeneratedRegex(@"^(notebooks/chaos\.ipynb: |cannot |Stopped; )")]
    private static partial Regex Known();
}
