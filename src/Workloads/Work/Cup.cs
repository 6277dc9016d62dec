using System.Text.Json;
using System.Text.Json.Serialization;

namespace ConcurrencyLab;

/// <summary>What the coffee shop answers to an order. Cups of the same order and seed are equal.</summary>
/// <param name="Order">The number of the order.</param>
/// <param name="Drink">What was made.</param>
/// <param name="Origin">Where its beans grew.</param>
/// <param name="Milliseconds">How long the shop waited before it answered, in milliseconds, the way there and back not counted.</param>
[TypeFormatterSource(MimeTypes.Plain)]
public sealed record Cup(int Order, string Drink, string Origin, int Milliseconds) : IMimeBundle
{
    string? IMimeBundle.Show(string mimeType) => mimeType == MimeTypes.Plain ? ToString() : null;

    /// <summary>Reads an answer of the shop, property by property: JsonSerializer takes several times as long, and ten thousand may come at once.</summary>
    internal static Cup Read(byte[] json)
    {
        var reader = new Utf8JsonReader(json);
        var (order, milliseconds) = (0, 0);
        string? drink = null, origin = null;
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName) continue;
            var (isOrder, isDrink, isOrigin) = (reader.ValueTextEquals("order"u8), reader.ValueTextEquals("drink"u8), reader.ValueTextEquals("origin"u8));
            reader.Read();
            if (isOrder) order = reader.GetInt32();
            else if (isDrink) drink = reader.GetString();
            else if (isOrigin) origin = reader.GetString();
            else milliseconds = reader.GetInt32();
        }
        return new Cup(order, drink!, origin!, milliseconds);
    }
}

/// <summary>What the coffee shop counted since it opened or since <see cref="CoffeeShop.ResetStats"/>.</summary>
/// <param name="Served">Orders answered.</param>
/// <param name="Failed">Orders that went wrong or whose customer left.</param>
/// <param name="InFlight">Orders being worked on now.</param>
/// <param name="PeakInFlight">The most orders worked on at one time.</param>
public sealed record ShopStats(long Served, long Failed, int InFlight, int PeakInFlight);

/// <summary>Ways in which an order can go wrong when <see cref="CoffeeShop.With"/> asks for errors.</summary>
[Flags]
public enum ShopFaults
{
    /// <summary>Nothing goes wrong.</summary>
    None = 0,

    /// <summary>HTTP 503 after the wait.</summary>
    Unavailable = 1,

    /// <summary>The connection is reset (TCP RST) in the middle of the answer.</summary>
    Reset = 2,

    /// <summary>The right answer, drop by drop, spread over ten more waits.</summary>
    Drip = 4,

    /// <summary>Any of them.</summary>
    All = Unavailable | Reset | Drip,
}

/// <summary>The one line that the shop's process writes when it is ready.</summary>
internal sealed record ShopReady(string Address, int ProcessId);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ShopStats))]
[JsonSerializable(typeof(ShopReady))]
internal sealed partial class ShopJson : JsonSerializerContext;
