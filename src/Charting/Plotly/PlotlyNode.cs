using System.Collections;
using System.Text.Json.Nodes;
using Properties = DynamicObj.DynamicObj;

namespace ConcurrencyLab.Charting;

/// <summary>
/// Plotly.NET's objects, filled by plotly.js's own names. Of its typed functions C# can call those that make whole charts,
/// and they say too little of a layout; the objects' own take up to 75 arguments that C# must all give.
/// </summary>
internal static class PlotlyNode
{
    /// <summary>A nested object of the chart.</summary>
    public static Properties Node(params (string Name, object? Value)[] properties) => new Properties().With(properties);

    /// <summary>Sets properties; those that are null are left out.</summary>
    public static T With<T>(this T node, params (string Name, object? Value)[] properties)
        where T : Properties
    {
        foreach (var (name, value) in properties)
        {
            if (value is not null)
            {
                node.SetProperty(name, value);
            }
        }

        return node;
    }

    /// <summary>
    /// The JSON of what a chart holds. Plotly.NET has its own way for any chart, but starting its serializer costs the first
    /// chart of a session a quarter of a second or more; ours hold only objects, lists, text, numbers and yes or no.
    /// </summary>
    public static JsonNode? Json(object? value) => value switch
    {
        null => null,
        string text => JsonValue.Create(text),
        bool yes => JsonValue.Create(yes),
        int number => JsonValue.Create(number),
        // Zero has no sign on a chart.
        double number => JsonValue.Create(number + 0.0),
        Properties node => new JsonObject(node.GetProperties(true).Select(property => KeyValuePair.Create(property.Key, Json(property.Value)))),
        IEnumerable list => new JsonArray([.. list.Cast<object?>().Select(Json)]),
        _ => throw new NotSupportedException($"A chart cannot hold a {value.GetType().Name}."),
    };
}
