using System.Collections;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ConcurrencyLab.LivePython;

/// <summary>Values on their way between C# and Python: numbers, texts, lists, records and tables, as JSON.</summary>
public static class SharedValue
{
    private const int MostItems = 10_000_000;

    private static readonly JsonSerializerOptions Plain = new() { IncludeFields = true };

    /// <summary>A C# value as JSON.</summary>
    /// <param name="name">Its variable, for the message.</param>
    /// <param name="value">Its value.</param>
    /// <exception cref="NotSupportedException">It cannot cross; one line names it and its type.</exception>
    public static JsonNode? ToJson(string name, object? value)
    {
        try
        {
            return value switch
            {
                Delegate or Task or Stream or WaitHandle or Thread or Type or (IEnumerator and not IEnumerable) => throw new NotSupportedException("it stands for something that runs or is open"),
                IEnumerable lazy and not (ICollection or string or JsonNode) => JsonSerializer.SerializeToNode(lazy.Cast<object?>().Take(MostItems), Plain),
                JsonDocument document => JsonSerializer.SerializeToNode(document.RootElement),
                _ => JsonSerializer.SerializeToNode(value, value?.GetType() ?? typeof(object), Plain),
            };
        }
        catch (Exception cannot) when (cannot is NotSupportedException or JsonException or ArgumentException or InvalidOperationException)
        {
            throw new NotSupportedException($"The C# variable {name} ({value!.GetType().Name}) cannot cross: {cannot.Message.Split('\n')[0].TrimEnd('.', '\r')}; numbers, texts, lists, records and tables can.");
        }
    }

    /// <summary>JSON as the C# value that a cell expects, and how C# writes its type: int[], string, JsonArray for a table.</summary>
    public static (object? Value, string Type) ToClr(JsonNode? json)
    {
        if (json is not JsonArray array) return json switch
        {
            null => (null, "object"),
            JsonValue value => Scalar(value),
            _ => (json.DeepClone(), "System.Text.Json.Nodes." + json.GetType().Name),
        };
        var items = array.Select(item => item is JsonValue value ? Scalar(value) : (Value: null, Type: "")).ToList();
        var types = items.Select(item => item.Type).Distinct().ToList();
        return types switch
        {
            ["int"] => (items.Select(item => (int)item.Value!).ToArray(), "int[]"),
            ["string"] => (items.Select(item => (string)item.Value!).ToArray(), "string[]"),
            ["bool"] => (items.Select(item => (bool)item.Value!).ToArray(), "bool[]"),
            [_, ..] when types.All(type => type is "int" or "long") => (items.Select(item => Convert.ToInt64(item.Value, null)).ToArray(), "long[]"),
            [_, ..] when types.All(type => type is "int" or "long" or "double") => (items.Select(item => Convert.ToDouble(item.Value, null)).ToArray(), "double[]"),
            _ => (array.DeepClone(), "System.Text.Json.Nodes.JsonArray"),
        };
    }

    private static (object? Value, string Type) Scalar(JsonValue json)
    {
        var element = json.GetValue<JsonElement>();
        return element.ValueKind switch
        {
            JsonValueKind.String => (element.GetString(), "string"),
            JsonValueKind.True or JsonValueKind.False => (element.GetBoolean(), "bool"),
            _ when element.TryGetInt32(out var number) => (number, "int"),
            _ when element.TryGetInt64(out var number) => (number, "long"),
            _ when System.Numerics.BigInteger.TryParse(element.GetRawText(), null, out var number) => (number, "System.Numerics.BigInteger"),
            _ => (element.GetDouble(), "double"),
        };
    }
}
