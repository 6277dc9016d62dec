using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ConcurrencyLab.Lab.Notebooks;

/// <summary>
/// Writes JSON byte for byte as Python's nbformat does (indent 1, keys sorted, nothing but control characters escaped),
/// so that a notebook saved by the lab and then by Jupyter shows no difference. Microsoft.DotNet.Interactive.Documents does
/// not: it writes its own layout and fails on every output with a JSON bundle, as charts and claims are.
/// </summary>
internal static class NotebookJson
{
    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true, IndentSize = 1, NewLine = "\n", Encoder = new FewestEscapes(), MaxDepth = 1000 };

    public static string Write(JsonNode? node) => JsonSerializer.Serialize(Sorted(node), Format);

    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members.OrderBy(member => member.Key, StringComparer.Ordinal).Select(member => KeyValuePair.Create(member.Key, Sorted(member.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Sorted)]),
        JsonValue value when value.GetValueKind() == JsonValueKind.Number => JsonNode.Parse(Number(value.ToJsonString())),
        _ => node?.DeepClone(),
    };

    // Python keeps integers as they are and prints a float by its shortest form, as .NET does, but with an exponent from 1e16 on, not 1e17.
    private static string Number(string raw)
    {
        if (raw.AsSpan().IndexOfAny('.', 'e', 'E') < 0) return raw;
        var number = double.Parse(raw, CultureInfo.InvariantCulture);
        if (!double.IsFinite(number)) return raw;
        var text = number.ToString("R", CultureInfo.InvariantCulture).Replace('E', 'e');
        if (text.AsSpan().IndexOfAny('.', 'e') >= 0) return text;
        if (Math.Abs(number) < 1e16) return text + ".0";
        var digits = text.TrimStart('-').TrimEnd('0');
        return $"{(number < 0 ? "-" : "")}{digits[0]}{(digits.Length > 1 ? "." : "")}{digits[1..]}e+16";
    }

    /// <summary>As Python's <c>json</c> escapes with <c>ensure_ascii=False</c>; .NET's own encoders escape emoji, and more.</summary>
    private sealed class FewestEscapes : JavaScriptEncoder
    {
        private static readonly SearchValues<char> Escaped = SearchValues.Create([.. Enumerable.Range(0, ' ').Select(code => (char)code), '"', '\\']);

        public override int MaxOutputCharactersPerInputCharacter => 6;

        public override bool WillEncode(int unicodeScalar) => unicodeScalar is < ' ' or '"' or '\\';

        public override unsafe int FindFirstCharacterToEncode(char* text, int textLength) => new ReadOnlySpan<char>(text, textLength).IndexOfAny(Escaped);

        public override unsafe bool TryEncodeUnicodeScalar(int unicodeScalar, char* buffer, int bufferLength, out int numberOfCharactersWritten)
        {
            var escape = unicodeScalar switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                '\b' => "\\b",
                '\f' => "\\f",
                _ => $"\\u{unicodeScalar:x4}",
            };
            numberOfCharactersWritten = escape.Length;
            return escape.TryCopyTo(new Span<char>(buffer, bufferLength));
        }
    }
}
