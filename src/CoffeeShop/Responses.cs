using System.Text.Json.Serialization;

namespace ConcurrencyLab.CoffeeShop;

/// <summary>The one line on standard output: where to order.</summary>
internal sealed record Ready(string Address, int ProcessId);

/// <summary>The answer to an order.</summary>
internal sealed record Cup(int Order, string Drink, string Origin, int Milliseconds);

/// <summary>The counts since the start or the last reset.</summary>
internal sealed record Stats(long Served, long Failed, int InFlight, int PeakInFlight);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Ready))]
[JsonSerializable(typeof(Cup))]
[JsonSerializable(typeof(Stats))]
internal sealed partial class ShopJson : JsonSerializerContext;
