using System.Globalization;
using ConcurrencyLab.Kernel.Output;

namespace ConcurrencyLab.Lab.Execution;

/// <summary>Failures of a cell that its own session could not report.</summary>
internal static class CellFailures
{
    private const int MostLines = 20;
    private const int FirstSignal = 128;

    /// <summary>The cell ran longer than it may.</summary>
    /// <param name="limit">What it may take.</param>
    /// <param name="interrupted">What the session said when it was interrupted.</param>
    /// <param name="killed">True when interrupting did not help.</param>
    /// <param name="suspended">Who of the chapter stood still, in words; empty when nobody did.</param>
    public static ErrorOutput TimeLimit(TimeSpan limit, ErrorOutput? interrupted, bool killed, string suspended = "")
    {
        var seconds = limit.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);
        var how = killed ? "could not be interrupted, so its process was killed" : "was interrupted";
        var advice = suspended.Length > 0 ? $": {suspended}, and nobody woke it; run the chapter again." : "; --cell-timeout gives it longer.";
        var message = $"The cell ran longer than its limit of {seconds} s and {how}{advice}";
        IEnumerable<string> rest = interrupted?.Traceback ?? [];
        return new ErrorOutput("TimeLimitExceeded", message, [message, .. rest], interrupted?.Line, interrupted?.Column);
    }

    /// <summary>The cell's process is gone.</summary>
    /// <param name="exitCode">Its exit code.</param>
    /// <param name="lastWords">What the runtime wrote to the standard error stream before.</param>
    public static ErrorOutput ProcessEnded(int exitCode, string lastWords)
    {
        string[] lines = [.. lastWords.ReplaceLineEndings("\n").Split('\n').Where(line => !string.IsNullOrWhiteSpace(line))];
        var message = Message(exitCode, lines);
        if (lines.Length > MostLines) lines = [.. lines[..MostLines], $"… {lines.Length - MostLines} more lines"];
        return new ErrorOutput("ProcessEnded", message, [message, .. lines]);
    }

    private static string Message(int exitCode, string[] lines)
    {
        if (lines.Any(line => line.StartsWith("Stack overflow", StringComparison.Ordinal)))
            return "Stack overflow: a method of the cell calls itself without end, which no process survives.";
        if (lines.FirstOrDefault(line => line.StartsWith("Unhandled exception. ", StringComparison.Ordinal)) is { } unhandled)
            return $"An exception on another thread ended the process: {unhandled["Unhandled exception. ".Length..]}";
        if (lines.FirstOrDefault(line => line.StartsWith("Process terminated", StringComparison.Ordinal)) is { } failFast)
            return $"The cell ended its process: {failFast}";
        if (lines.FirstOrDefault(line => line.StartsWith("cannot go on: ", StringComparison.Ordinal)) is { } gaveUp)
            return $"The chapter's process {gaveUp}";
        return IsSignal(exitCode)
            ? $"The cell's process {Ending(exitCode)}; run the chapter again."
            : $"The cell ended its own process with exit code {exitCode}, as Environment.Exit does.";
    }

    /// <summary>How a process ended, in words.</summary>
    public static string Ending(int exitCode) => IsSignal(exitCode)
        ? $"was ended by signal {exitCode - FirstSignal}{Name(exitCode - FirstSignal)}"
        : $"ended with exit code {exitCode}";

    private static bool IsSignal(int exitCode) => exitCode > FirstSignal && !OperatingSystem.IsWindows();

    private static string Name(int signal) => signal switch
    {
        2 => " (SIGINT)",
        6 => " (SIGABRT)",
        9 => " (SIGKILL), by somebody or for want of memory",
        11 => " (SIGSEGV)",
        15 => " (SIGTERM)",
        _ => "",
    };
}
