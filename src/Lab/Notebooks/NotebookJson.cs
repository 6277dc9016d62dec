using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ConcurrencyLab.Lab.Notebooks;

/// <summary>
/// Writes JSON byte for byte as Python's nbformat does (indent 1, keys sorted, nothing but control characters escaped),
/// so that a notebook saved by the lab and then by Jupyter shows no difference.
/// </summary>
internal static class NotebookJson
{
    /// <summary>The text of a node, without a final line end.</summary>
    public static string Write(JsonNode? node)
    {
        var text = new StringBuilder();
        Append(text, node, 0);
        return text.ToString();
    }

    private static void Append(StringBuilder text, JsonNode? node, int depth)
    {
        switch (node)
        {
            case null:
                text.Append("null");
                break;
            case JsonObject members:
                AppendAll(text, '{', '}', depth, [.. members.OrderBy(member => member.Key, StringComparer.Ordinal)], member =>
                {
                    AppendString(text, member.Key);
                    text.Append(": ");
                    Append(text, member.Value, depth + 1);
                });
                break;
            case JsonArray items:
                AppendAll(text, '[', ']', depth, [.. items], item => Append(text, item, depth + 1));
                break;
            default:
                AppendValue(text, node);
                break;
        }
    }

    private static void AppendAll<T>(StringBuilder text, char open, char close, int depth, T[] items, Action<T> append)
    {
        text.Append(open);
        for (var index = 0; index < items.Length; index++)
        {
            text.Append(index == 0 ? "\n" : ",\n").Append(' ', depth + 1);
            append(items[index]);
        }
        if (items.Length > 0) text.Append('\n').Append(' ', depth);
        text.Append(close);
    }

    private static void AppendValue(StringBuilder text, JsonNode value)
    {
        switch (value.GetValueKind())
        {
            case JsonValueKind.String:
                AppendString(text, value.GetValue<string>());
                break;
            case JsonValueKind.Number:
                text.Append(Number(value.ToJsonString()));
                break;
            default:
                text.Append(value.ToJsonString());
                break;
        }
    }

    // Python keeps integers as they are and prints a float by its shortest form, with an exponent below 1e-4 and from 1e16 on.
    private static string Number(string raw)
    {
        if (raw.AsSpan().IndexOfAny('.', 'e', 'E') < 0) return raw;
        var number = double.Parse(raw, CultureInfo.InvariantCulture);
        if (!double.IsFinite(number)) return raw;
        var shortest = number.ToString("R", CultureInfo.InvariantCulture);
        if (number == 0) return shortest + ".0";
        // .NET changes to exponents elsewhere than Python: take the digits and the power, and write them anew.
        var parts = shortest.TrimStart('-').Split('E');
        var point = parts[0].IndexOf('.', StringComparison.Ordinal) is >= 0 and var place ? place : parts[0].Length;
        var all = parts[0].Replace(".", "", StringComparison.Ordinal);
        var digits = all.TrimStart('0');
        var power = point - 1 - (all.Length - digits.Length) + (parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0);
        return (number < 0 ? "-" : "") + Layout(digits.TrimEnd('0'), power);
    }

    // The digits d stand for d[0].d[1]d[2]... times ten to the power.
    private static string Layout(string digits, int power) => power switch
    {
        < -4 or >= 16 => $"{digits[0]}{(digits.Length > 1 ? "." : "")}{digits[1..]}e{(power < 0 ? '-' : '+')}{Math.Abs(power).ToString("00", CultureInfo.InvariantCulture)}",
        < 0 => $"0.{new string('0', -power - 1)}{digits}",
        _ when digits.Length <= power + 1 => $"{digits.PadRight(power + 1, '0')}.0",
        _ => $"{digits[..(power + 1)]}.{digits[(power + 1)..]}",
    };

    private static void AppendString(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var character in value)
        {
            text.Append(character switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                '\b' => "\\b",
                '\f' => "\\f",
                < ' ' => $"\\u{(int)character:x4}",
                _ => null,
            });
            if (character is not ('"' or '\\') and >= ' ') text.Append(character);
        }
        text.Append('"');
    }
}
