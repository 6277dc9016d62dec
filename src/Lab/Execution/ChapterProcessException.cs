namespace ConcurrencyLab.Lab.Execution;

/// <summary>A chapter's process did not start.</summary>
internal sealed class ChapterProcessException(string lastWords, Exception? cause = null)
    : Exception($"the chapter's process ended before it was ready: {FirstLine(lastWords)}", cause)
{
    private static string FirstLine(string text) => text.Trim().Split('\n')[0].Trim() is { Length: > 0 } line ? line : "it said nothing";
}
