using System.Globalization;
using System.Text.RegularExpressions;
using ConcurrencyLab.Kernel.Output;

namespace ConcurrencyLab.Lab.Execution;

/// <summary>A chapter's process did not start. The message is one line that says why and what to do.</summary>
internal sealed class ChapterProcessException(string message, Exception? cause = null) : Exception(message, cause);

/// <summary>What is said of failures that a chapter's own session cannot report.</summary>
internal static partial class Failures
{
    private const int MostLines = 20;
    private const int FirstSignal = 128;

    /// <param name="suspended">Which processes of the chapter stood still, in words; empty when none did.</param>
    public static ErrorOutput TimeLimit(TimeSpan limit, ErrorOutput? interrupted, bool killed, string suspended)
    {
        var seconds = limit.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);
        var how = killed ? "could not be interrupted, so its process was killed" : "was interrupted";
        var advice = suspended.Length > 0 ? $": {suspended} and did not go on; run the chapter again." : "; --cell-timeout gives it longer.";
        var message = $"The cell ran longer than its limit of {seconds} s and {how}{advice}";
        return new ErrorOutput("TimeLimitExceeded", message, [message, .. interrupted?.Traceback ?? []], interrupted?.Line, interrupted?.Column);
    }

    /// <param name="lastWords">What the runtime wrote to the standard error stream before.</param>
    public static ErrorOutput ProcessEnded(int exitCode, string lastWords)
    {
        string[] lines = [.. lastWords.ReplaceLineEndings("\n").Split('\n').Where(line => !string.IsNullOrWhiteSpace(line))];
        var message = Message(exitCode, lines);
        if (lines.Length > MostLines) lines = [.. lines[..MostLines], $"… {lines.Length - MostLines} more lines"];
        return new ErrorOutput("ProcessEnded", message, [message, .. lines]);
    }

    public static ChapterProcessException CannotStart(Exception cause) =>
        new($"the chapter's process cannot be started: {FirstLine(cause.Message)}; close other programs or raise the limit that it names, and run it again", cause);

    public static ChapterProcessException NeverStarted(int exitCode, string lastWords)
    {
        // An exception says first what it is called, and at the bottom of it what the system said.
        var reason = lastWords.Split('\n').FirstOrDefault(line => line.Contains("Too many open files", StringComparison.Ordinal))?.Trim() ?? FirstLine(lastWords);
        return new($"the chapter's process {Ending(exitCode)} before it was ready{(reason.Length > 0 ? $": {reason}" : "")}; run it again");
    }

    public static ChapterProcessException NeverReady(TimeSpan limit, string suspended) => new(string.Create(CultureInfo.InvariantCulture,
        $"the chapter's process was not ready within {limit.TotalSeconds:0} s{(suspended.Length > 0 ? $": {suspended}" : "")}; run it again when the machine is less busy"));

    private static string Message(int exitCode, string[] lines)
    {
        string? After(string beginning) => lines.FirstOrDefault(line => line.StartsWith(beginning, StringComparison.Ordinal))?[beginning.Length..];
        if (After("Stack overflow") is not null) return $"Stack overflow: {Recursive(lines)} calls itself without end, which no process survives.";
        if (After("Unhandled exception. ") is { } unhandled) return $"An exception on another thread ended the process: {unhandled}";
        if (After("Process terminated") is { } failFast) return $"The cell ended its process: Process terminated{failFast}";
        if (After("cannot go on: ") is { } reason) return $"The chapter's process cannot go on: {reason}";
        return IsSignal(exitCode)
            ? $"The cell's process {Ending(exitCode)}; run the chapter again."
            : $"The cell ended its own process with exit code {exitCode}, as Environment.Exit does.";
    }

    private static string Ending(int exitCode) => IsSignal(exitCode)
        ? $"was ended by signal {exitCode - FirstSignal}{Name(exitCode - FirstSignal)}"
        : $"ended with exit code {exitCode}";

    /// <summary>Of the methods on the stack the first that is the cell's own; the runtime writes "   at Cell_3.Brew(Int32)".</summary>
    private static string Recursive(string[] lines) =>
        lines.Select(line => CellMethod().Match(line)).FirstOrDefault(match => match.Success)?.Groups[1].Value ?? "a method";

    [GeneratedRegex(@"^\s+at Cell_\d+[.+]([\w.+]+)\(")]
    private static partial Regex CellMethod();

    private static bool IsSignal(int exitCode) => exitCode > FirstSignal && !OperatingSystem.IsWindows();

    private static string Name(int signal) => signal switch
    {
        2 => " (SIGINT)",
        6 => " (SIGABRT)",
        9 => " (SIGKILL), by another program or for want of memory",
        11 => " (SIGSEGV)",
        15 => " (SIGTERM)",
        _ => "",
    };

    private static string FirstLine(string text) => text.Trim().Split('\n')[0].Trim();
}
