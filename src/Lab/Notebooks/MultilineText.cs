using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ConcurrencyLab.Lab.Notebooks;

/// <summary>nbformat's texts: one string in memory, a list of lines in the file, so that a diff shows the line that changed.</summary>
internal static class MultilineText
{
    /// <summary>The text of a string or of a list of strings; null when it is neither.</summary>
    public static string? Join(JsonNode? node) => node switch
    {
        JsonValue value when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>(),
        JsonArray lines when lines.All(IsString) => string.Concat(lines.Select(line => line!.GetValue<string>())),
        _ => null,
    };

    /// <summary>The lines of a text with their ends, as Python's <c>splitlines(True)</c> cuts them.</summary>
    public static JsonArray Split(string text)
    {
        var lines = new JsonArray();
        var line = new StringBuilder();
        for (var index = 0; index < text.Length; index++)
        {
            line.Append(text[index]);
            if (!EndsLine(text[index])) continue;
            if (text[index] == '\r' && index + 1 < text.Length && text[index + 1] == '\n') line.Append(text[++index]);
            lines.Add(line.ToString());
            line.Clear();
        }
        if (line.Length > 0) lines.Add(line.ToString());
        return lines;
    }

    /// <summary>True for the MIME types whose content nbformat stores as lines.</summary>
    public static bool IsStoredAsLines(string mimeType) =>
        mimeType.StartsWith("text/", StringComparison.Ordinal) || mimeType is "application/javascript" or "image/svg+xml";

    private static bool IsString(JsonNode? node) => node is JsonValue value && value.GetValueKind() == JsonValueKind.String;

    private static bool EndsLine(char character) =>
        character is '\n' or '\r' or '\v' or '\f' or '\x1c' or '\x1d' or '\x1e' or '\x85' or '\u2028' or '\u2029';
}
