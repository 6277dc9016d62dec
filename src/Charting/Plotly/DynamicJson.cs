using System.Collections;
using System.Text.Json.Nodes;

namespace ConcurrencyLab.Charting;

/// <summary>
/// Plotly.NET's objects as JSON. Plotly.NET has its own way for any chart, but starting its serializer costs the first
/// chart of a session a quarter of a second; our charts hold only objects, lists, text, numbers and yes or no.
/// </summary>
internal static class DynamicJson
{
    public static JsonNode? Of(object? value) => value switch
    {
        null => null,
        string text => JsonValue.Create(text),
        bool yes => JsonValue.Create(yes),
        int number => JsonValue.Create(number),
        double number => JsonValue.Create(number),
        DynamicObj.DynamicObj node => Of(node),
        IEnumerable list => new JsonArray([.. list.Cast<object?>().Select(Of)]),
        _ => throw new NotSupportedException($"A chart cannot hold a {value.GetType().Name}."),
    };

    private static JsonObject Of(DynamicObj.DynamicObj node)
    {
        var json = new JsonObject();
        foreach (var (name, value) in node.GetProperties(true))
        {
            json[name] = Of(value);
        }

        return json;
    }
}
