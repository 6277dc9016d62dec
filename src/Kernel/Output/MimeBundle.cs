using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.DotNet.Interactive.Formatting;

namespace ConcurrencyLab.Kernel.Output;

/// <summary>A value in the MIME types that front ends choose from.</summary>
internal static class MimeBundle
{
    public const string Html = "text/html";
    public const string PlainText = "text/plain";

    /// <summary>Formats a value in the types that its formatters prefer, and as plain text for front ends that draw none of them.</summary>
    /// <param name="value">The value; null shows as <c>&lt;null&gt;</c>.</param>
    /// <param name="mimeTypes">The types wanted; none for those that the value's formatters prefer.</param>
    public static JsonObject Of(object? value, params IReadOnlyList<string> mimeTypes) =>
        mimeTypes.Count == 0 && PlainValue.TextOf(value) is { } plain ? Text(PlainText, plain) : Formatted(value, mimeTypes);

    // Apart, so that the formatting library is loaded by the first value that needs it.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static JsonObject Formatted(object? value, IReadOnlyList<string> mimeTypes)
    {
        try
        {
            return LazySequence.Sharing(() => FormattedWhole(value, mimeTypes));
        }
        catch (Exception exception) when (exception.GetBaseException() is InsufficientExecutionStackException)
        {
            return Text(PlainText, $"{value!.GetType().ToDisplayString(PlainText)}: contains itself, or is nested too deeply to be shown");
        }
    }

    private static JsonObject FormattedWhole(object? value, IReadOnlyList<string> mimeTypes)
    {
        ShownTask.Register();
        SequenceFormatter.Register();
        value = LazySequence.ReadOnce(value);
        IEnumerable<string> wanted = mimeTypes.Count > 0
            ? mimeTypes
            : Formatter.GetPreferredMimeTypesFor(value?.GetType() ?? typeof(object));
        var bundle = new JsonObject();
        foreach (var mimeType in wanted) bundle[mimeType] = Content(mimeType, NestingLimitWriter.Format(value, mimeType));
        // A caller who names types gets exactly these.
        if (mimeTypes.Count == 0 && !bundle.ContainsKey(PlainText))
            bundle[PlainText] = value is Microsoft.AspNetCore.Html.IHtmlContent ? value.ToString() : NestingLimitWriter.Format(value, PlainText);
        return bundle;
    }

    /// <summary>Text that is already in a MIME type.</summary>
    public static JsonObject Text(string mimeType, string content) => new() { [mimeType] = Content(mimeType, content) };

    /// <summary>The content of one MIME type as a bundle holds it: JSON as such, all else as text.</summary>
    public static JsonNode? Content(string mimeType, string content)
    {
        if (mimeType is not "application/json" && !mimeType.EndsWith("+json", StringComparison.Ordinal)) return content;
        try
        {
            return JsonNode.Parse(content);
        }
        catch (JsonException)
        {
            return content;
        }
    }
}
