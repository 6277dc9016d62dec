using System.Text.RegularExpressions;

namespace ConcurrencyLab.Tests;

/// <summary>What the lab says at the end of a run, held against what it may say.</summary>
internal static partial class Verdict
{
    private const int Fine = 0, Failed = 1, BadInput = 2, Stopped = 130, Terminated = 143;

    /// <summary>What is wrong with a verdict.</summary>
    public static IEnumerable<string> Of(Injection injection, int exitCode, string output, string error, bool labWasKilled)
    {
        if (labWasKilled) yield break;
        // Nothing of the lab had begun, not even to listen.
        if (injection is { Phase: "start", Fault: Fault.Interrupt or Fault.Terminate or Fault.ControlC, Victim: Role.Lab } && exitCode is Stopped or Terminated && output.Length + error.Length == 0) yield break;
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
                if (!lines.Any(line => Names(injection, line))) yield return $"it failed and does not name what happened: {error}";
                break;
            case BadInput:
                if (!lines.Any(line => line.StartsWith("cannot ", StringComparison.Ordinal))) yield return "something cannot be used and it does not say what";
                if (!lines.Any(line => Names(injection, line))) yield return $"something cannot be used and it does not say why: {error}";
                break;
            case Stopped:
                if (injection.Victim != Role.Lab || injection.Fault is not (Fault.Interrupt or Fault.Terminate or Fault.ControlC)) yield return "it says that it was stopped, and nobody did";
                if (!lines.Any(line => line.StartsWith("Stopped", StringComparison.Ordinal))) yield return "it was stopped and does not say so";
                break;
            default:
                yield return $"exit code {exitCode} means nothing; it said: {output} {error}";
                break;
        }
    }

    /// <summary>Whether a line tells the fault, in words that its user can act on.</summary>
    private static bool Names(Injection injection, string line) => Words(injection).Any(words => line.Contains(words, StringComparison.Ordinal));

    private static string[] Words(Injection injection) => (injection.Fault, injection.Victim) switch
    {
        (Fault.Refusals, _) => ["The coffee shop answered 503"],
        (Fault.Resets, _) => ["The connection to the coffee shop broke"],
        (Fault.FewDescriptors, _) => ["files open at a time: say 'ulimit -n", "Too many open files"],
        // Of the shop's own want of descriptors its customers see broken connections.
        (Fault.NoMoreDescriptors, Role.Shop) => ["Too many open files", "The connection to the coffee shop broke", "The coffee shop ended"],
        (Fault.NoMoreDescriptors, _) => ["files open at a time: say 'ulimit -n", "Too many open files"],
        (Fault.DiskFull or Fault.FilesMayNotGrow, _) => ["No space left on device", "File too large", "cannot write"],
        (Fault.NoPort, _) => ["Address already in use", "Cannot assign requested address"],
        (Fault.Suspended, _) => ["was suspended (SIGSTOP)"],
        (Fault.Interrupt, Role.Chapter) => ["interrupted"],
        (Fault.Terminate, Role.Chapter) => ["(SIGTERM)"],
        (Fault.Kill, Role.Chapter) => ["(SIGKILL)"],
        (Fault.Kill, Role.Shop) => ["The connection to the coffee shop broke", "The coffee shop ended"],
        // A worker that is still starting has not learnt to ignore an interrupt yet.
        (Fault.Interrupt or Fault.Terminate or Fault.Kill, Role.Worker) => ["The worker process ended with exit code"],
        (Fault.Kill, Role.Python) => ["Python ended with exit code"],
        // Nothing else may make a run fail.
        _ => [],
    };

    [GeneratedRegex(@"^(Unhandled exception|Aborted|Segmentation fault|Process terminated|\s+at )")]
    private static partial Regex Crash();

    [GeneratedRegex(@"^notebooks/chaos\.ipynb: .{20,}$")]
    private static partial Regex Cell();

    [GeneratedRegex(@"^(notebooks/chaos\.ipynb: |cannot |Stopped\.$|Stopped; )")]
    private static partial Regex Known();
}
