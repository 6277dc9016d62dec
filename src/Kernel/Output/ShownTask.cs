using System.Net;
using Microsoft.DotNet.Interactive.Formatting;

namespace ConcurrencyLab.Kernel.Output;

/// <summary>Tasks as values, which nearly always means that an <c>await</c> was forgotten: what became of them, and what to write.</summary>
internal static class ShownTask
{
    private const int LongestResult = 200;

    static ShownTask()
    {
        foreach (var type in new[] { typeof(Task), typeof(ValueTask), typeof(ValueTask<>) }.Where(type => !PlainValue.HasOwnFormatter(type)))
        {
            Formatter.Register(type, (task, writer) => writer.Write(WebUtility.HtmlEncode(Describe(task))), MimeBundle.Html);
            Formatter.Register(type, (task, writer) => writer.Write(Describe(task)), MimeBundle.PlainText);
        }
    }

    /// <summary>Tells the formatting library once, so that tasks inside other values are shown so, too.</summary>
    public static void Register()
    {
    }

    private static string Describe(object value)
    {
        if (value is not Task task) return $"ValueTask: {StatusOf(value)}. Put await before it.";
        var result = ResultOf(task);
        return $"Task: {StatusOf(task)}{(result is null ? "" : $", result {result}")}. Put await before it{(result is null ? "" : " to get the result")}.";
    }

    private static string StatusOf(Task task) => task switch
    {
        { IsCompleted: false } => $"{task.Status}, not finished",
        { Exception.InnerException: { } failure } => $"{task.Status}, {failure.GetType().Name}: {Shortened(failure.Message)}",
        _ => task.Status.ToString(),
    };

    // Its result may be taken only once, by an await: a value task is asked for nothing but its state.
    private static string StatusOf(object valueTask)
    {
        bool Is(string property) => (bool)valueTask.GetType().GetProperty(property)!.GetValue(valueTask)!;
        return !Is(nameof(ValueTask.IsCompleted)) ? "not finished"
            : (Is(nameof(ValueTask.IsFaulted)) ? TaskStatus.Faulted : Is(nameof(ValueTask.IsCanceled)) ? TaskStatus.Canceled : TaskStatus.RanToCompletion).ToString();
    }

    /// <summary>The text of what a task has come to; null when it has no result.</summary>
    private static string? ResultOf(Task task)
    {
        if (!task.IsCompletedSuccessfully) return null;
        var type = task.GetType();
        while (type is not null && !(type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Task<>))) type = type.BaseType;
        // An async method without a result makes a task of a type that nobody can name.
        if (type?.GenericTypeArguments[0] is not { } kind || (kind.Assembly == typeof(Task).Assembly && !kind.IsVisible)) return null;
        var result = type.GetProperty(nameof(Task<>.Result))!.GetValue(task);
        // Read here, it would run once more for each MIME type.
        return LazySequence.Is(result) ? "a sequence that has not been read" : Shortened(PlainValue.TextOf(result) ?? result.ToDisplayString(MimeBundle.PlainText));
    }

    private static string Shortened(string text)
    {
        var line = text.ReplaceLineEndings(" ").Trim();
        return line.Length <= LongestResult ? line : string.Concat(line.AsSpan(0, LongestResult), "…");
    }
}
