using System.Globalization;
using System.Text;
using ConcurrencyLab.Common;

namespace ConcurrencyLab.CoffeeShop;

/// <summary>What an order gets: a pure function of its seed and number.</summary>
internal static class Menu
{
    private static readonly string[] Drinks =
        ["espresso", "ristretto", "lungo", "cortado", "flat white", "cappuccino", "latte", "mocha", "americano", "macchiato"];

    private static readonly string[] Origins =
        ["Yirgacheffe", "Sidamo", "Huila", "Antigua", "Mandheling", "Kona", "Cerrado", "Nyeri", "Gayo", "Chiapas"];

    private static readonly string[] Words =
    [
        "bright", "cocoa", "the", "roast", "of", "honey", "and", "citrus", "slow", "morning", "a", "cup", "with", "almond",
        "finish", "washed", "berry", "in", "harvest", "high", "valley", "caramel", "soft", "acidity", "on", "floral", "body",
        "cherry", "to", "spice", "sun", "dried",
    ];

    /// <summary>The wait of an order in whole milliseconds: the mean, give or take up to <c>jitter</c> of it, evenly.</summary>
    public static int Wait(OrderSettings order)
    {
        var spread = order.Jitter * (2 * order.RandomFor(Decision.Wait).NextDouble() - 1);
        return (int)Math.Round(order.Milliseconds * (1 + spread));
    }

    /// <summary>The finished cup.</summary>
    public static Cup Brew(OrderSettings order) => new(order.Order, order.Pick(Drinks, Decision.Drink), order.Pick(Origins, Decision.Origin), Wait(order));

    /// <summary>Tasting notes, ASCII of the length that was asked for: text of a small vocabulary, so that compressing it is real work.</summary>
    public static byte[] TastingNotes(OrderSettings order)
    {
        var length = order.Kilobytes * 1024;
        var notes = new StringBuilder(length + 128);
        var random = new SplitMix64(order.RandomFor(Decision.Text).Next());
        while (notes.Length < length)
        {
            // Twelve words of five bits each out of one number.
            var bits = random.Next();
            for (var word = 0; word < 12; word++, bits >>= 5) notes.Append(Words[(int)(bits & 31)]).Append(' ');
            notes.Append(CultureInfo.InvariantCulture, $"{bits:x};\n");
        }
        return Encoding.ASCII.GetBytes(notes.ToString(0, length));
    }
}
