using System.Text;

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
    public static int Wait(OrderSettings settings)
    {
        var spread = settings.Jitter * (2 * Dice.Roll(settings.Seed, settings.Order, Throw.Wait) - 1);
        return (int)Math.Round(settings.Milliseconds * (1 + spread));
    }

    /// <summary>The finished cup.</summary>
    public static Cup Brew(OrderSettings settings) => new(
        settings.Order,
        Dice.Pick(Drinks, settings.Seed, settings.Order, Throw.Drink),
        Dice.Pick(Origins, settings.Seed, settings.Order, Throw.Origin),
        Wait(settings));

    /// <summary>
    /// Tasting notes, <paramref name="length"/> bytes of ASCII: text of a small vocabulary, so that compressing it is real work.
    /// </summary>
    public static byte[] TastingNotes(int seed, int order, int length)
    {
        var notes = new StringBuilder(length + 16);
        var state = Dice.Bits(seed, order, Throw.Text);
        while (notes.Length < length)
        {
            // Twelve words of five bits each out of one throw.
            var bits = Dice.Next(ref state);
            for (var word = 0; word < 12; word++, bits >>= 5) notes.Append(Words[(int)(bits & 31)]).Append(' ');
            notes.Append(System.Globalization.CultureInfo.InvariantCulture, $"{bits:x};\n");
        }
        return Encoding.ASCII.GetBytes(notes.ToString(0, length));
    }
}
