using System.Collections.Concurrent;
using System.Globalization;

namespace ConcurrencyLab;

/// <summary>
/// What a shop answers at, such as <c>/coffee/{order}?ms=50</c>. The address of each order is made once: the repeats of a
/// measurement order the same again, and making an address costs more than reading the answer.
/// </summary>
/// <param name="template">The path, with <c>{order}</c> where the order's number belongs.</param>
internal sealed class ShopPath(string template)
{
    private const int MostKept = 20_000;
    private readonly ConcurrentDictionary<int, (string Shop, Uri Address)> _made = new();

    public override string ToString() => template;

    /// <summary>The address of an order at a shop.</summary>
    public Uri At(string shop, int order)
    {
        if (_made.TryGetValue(order, out var made) && ReferenceEquals(made.Shop, shop)) return made.Address;
        var address = new Uri(shop + template.Replace("{order}", order.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));
        if (order is >= 0 and < MostKept) _made[order] = (shop, address);
        return address;
    }
}
