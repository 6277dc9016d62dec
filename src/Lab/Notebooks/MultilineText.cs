using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ConcurrencyLab.Lab.Notebooks;

/// <summary>nbformat's texts: one string in memory, a list of lines in the file, so that a diff shows the line that changed.</summary>
internal static partial class MultilineText
{
    /// <summary>The text of a string or of a list of strings; null when it is neither.</summary>
    public static string? Join(JsonNode? node) => node switch
    {
        JsonValue value when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>(),
        JsonArray lines when lines.All(IsString) => string.Concat(lines.Select(line => line!.GetValue<string>())),
        _ => null,
    };

    /// <summary>The lines of a text with their ends, as Python's <c>splitlines(True)</c> cuts them.</summary>
    public static JsonArray Split(string text) => [.. Line().Matches(text).Select(line => (JsonNode)line.Value)];

    /// <summary>True for the MIME types whose content nbformat stores as lines.</summary>
    public static bool IsStoredAsLines(string mimeType) =>
        mimeType.StartsWith("text/", StringComparison.Ordinal) || mimeType is "application/javascript" or "image/svg+xml";

    private static bool IsString(JsonNode? node) => node is JsonValue value && value.GetValueKind() == JsonValueKind.String;

    [GeneratedRegex("""[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]*(?:\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029])|.+\z""", RegexOptions.Singleline)]
    private static partial Regex Line();
}
