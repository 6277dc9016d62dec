using System.Globalization;
using System.Reflection;
using ConcurrencyLab.Kernel.Output;

namespace ConcurrencyLab.Kernel.Errors;

/// <summary>Says what a cell threw, where in the user's own code, and hides the machinery in between.</summary>
internal static class UserErrors
{
    private const int FramesShown = 12;
    private const int InnerShown = 10;
    private const int LinesShown = 4;
    private const int MessageShown = 10_000;

    /// <summary>One error output for an exception of the cell that was running.</summary>
    public static ErrorOutput Describe(Exception exception, int cell, CellSources sources)
    {
        var cause = Unwrap(exception);
        var files = SpareFiles.Release();
        List<string> traceback = [];
        Append(traceback, exception, sources, "");
        var here = Locate(cause, cell, sources) ?? Locate(exception, cell, sources);
        if (files is not null) traceback.Add(files);
        return new ErrorOutput(TypeName(cause), OneLine($"{MessageOf(cause)} {files}"), traceback, here?.Line, here?.Column);
    }

    /// <summary>Takes off the wrappers that tell a user nothing.</summary>
    private static Exception Unwrap(Exception exception) =>
        exception is TypeInitializationException or TargetInvocationException && exception.InnerException is { } inner
            ? Unwrap(inner) : exception;

    private static UserFrame? Locate(Exception exception, int cell, CellSources sources) =>
        UserFrame.Of(exception, sources).Find(frame => frame.Cell == cell)
        ?? (exception is AggregateException several ? several.InnerExceptions : [.. new[] { exception.InnerException }.OfType<Exception>()])
            .Select(inner => Locate(inner, cell, sources)).FirstOrDefault(frame => frame is not null);

    private static void Append(List<string> lines, Exception thrown, CellSources sources, string indent)
    {
        var exception = Unwrap(thrown);
        if (indent.Length >= 2 * InnerShown)
        {
            lines.Add(indent + "... and the causes of that");
            return;
        }

        lines.AddRange(Head(exception).Select(line => indent + line));
        // What failed in a library has no line of the user's; its wrapper does.
        var frames = UserFrame.Of(exception, sources);
        AppendFrames(lines, frames.Count > 0 ? frames : UserFrame.Of(thrown, sources), sources, indent);

        if (exception is AggregateException several)
        {
            var inner = several.Flatten().InnerExceptions;
            for (var index = 0; index < Math.Min(inner.Count, InnerShown); index++)
            {
                lines.Add(string.Create(CultureInfo.InvariantCulture, $"{indent}  inner exception {index + 1} of {inner.Count}:"));
                Append(lines, inner[index], sources, indent + "  ");
            }

            if (inner.Count > InnerShown)
                lines.Add(string.Create(CultureInfo.InvariantCulture, $"{indent}  ... and {inner.Count - InnerShown} more"));
        }
        else if (exception.InnerException is { } cause)
        {
            lines.Add(indent + "  caused by:");
            Append(lines, cause, sources, indent + "  ");
        }
    }

    private static string[] Head(Exception exception)
    {
        var message = exception is AggregateException several
            ? several.Flatten().InnerExceptions is { Count: > 1 } inner ? string.Create(CultureInfo.InvariantCulture, $"{inner.Count} exceptions") : "1 exception"
            : Shortened(MessageOf(exception));
        return $"{TypeName(exception)}: {message}".ReplaceLineEndings("\n").Split('\n');
    }

    private static void AppendFrames(List<string> lines, List<UserFrame> frames, CellSources sources, string indent)
    {
        foreach (var (index, frame) in frames.Take(FramesShown).Index())
        {
            var method = frame.Method is null ? "" : $" in {frame.Method}";
            lines.Add(string.Create(CultureInfo.InvariantCulture,
                $"{indent}  {(index == 0 ? "at" : "called from")} {CellSources.PathOf(frame.Cell)}{InWords(frame.Lines)}{method}:"));
            foreach (var line in frame.Lines.Take(LinesShown))
                lines.AddRange(sources.Quote(frame.Cell, line, index == 0 ? frame.Column : null).Select(quoted => indent + quoted));
        }

        if (frames.Count > FramesShown)
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"{indent}  ... and {frames.Count - FramesShown} more calls"));
    }

    // Several: optimised code does not tell which of them it was.
    private static string InWords(IReadOnlyList<int> lines) => lines switch
    {
        [] => "",
        [var only] => string.Create(CultureInfo.InvariantCulture, $", line {only}"),
        _ => string.Create(CultureInfo.InvariantCulture, $", line {string.Join(", ", lines.SkipLast(1))} or {lines[^1]}"),
    };

    /// <summary>What an exception says; its <see cref="Exception.Message"/> is the user's code, too, and may itself throw.</summary>
    public static string MessageOf(Exception exception)
    {
        try
        {
            return exception.Message ?? "";
        }
        catch (Exception fault)
        {
            return $"(no message: its Message threw {TypeName(fault)})";
        }
    }

    public static string TypeName(Exception exception) => exception.GetType().Name.Split('`')[0];

    private static string Shortened(string message) => message.Length <= MessageShown ? message : string.Concat(message.AsSpan(0, MessageShown), "…");

    private static string OneLine(string message) => Shortened(message).ReplaceLineEndings(" ").Trim();
}
