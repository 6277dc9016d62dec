using System.Globalization;

namespace ConcurrencyLab.Lab.Execution;

/// <summary>A chapter's process did not start. Its message is one line that says why and what to do.</summary>
internal sealed class ChapterProcessException : Exception
{
    private ChapterProcessException(string message, Exception? cause = null) : base(message, cause)
    {
    }

    /// <summary>The system refused to make it.</summary>
    public static ChapterProcessException CannotStart(Exception cause) =>
        new($"the chapter's process cannot be started: {FirstLine(cause.Message)}; close other programs or raise the limit that it names, and run it again", cause);

    /// <summary>It ended before it was ready.</summary>
    /// <param name="exitCode">Its exit code.</param>
    /// <param name="lastWords">What it wrote to its error stream.</param>
    public static ChapterProcessException Ended(int exitCode, string lastWords) =>
        new($"the chapter's process {CellFailures.Ending(exitCode)} before it was ready{(Reason(lastWords) is { Length: > 0 } line ? $": {line}" : "")}; run it again");

    /// <summary>It lives but does not answer.</summary>
    /// <param name="limit">How long it had.</param>
    /// <param name="suspended">Who of it stands still, in words; empty when nobody does.</param>
    public static ChapterProcessException NeverReady(TimeSpan limit, string suspended) => new(string.Create(CultureInfo.InvariantCulture,
        $"the chapter's process was not ready within {limit.TotalSeconds:0} s{(suspended.Length > 0 ? $": {suspended}" : "")}; run it again when the machine is less busy"));

    // An exception says first what it is called, and at the bottom of it what the system said.
    private static string Reason(string lastWords) =>
        lastWords.Split('\n').FirstOrDefault(line => line.Contains("Too many open files", StringComparison.Ordinal))?.Trim() ?? FirstLine(lastWords);

    private static string FirstLine(string text) => text.Trim().Split('\n')[0].Trim();
}
