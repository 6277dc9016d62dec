namespace ConcurrencyLab.Charting;

/// <summary>How one thing looks in every chart.</summary>
/// <param name="Color">As <c>#RRGGBB</c>.</param>
/// <param name="Texture">The second cue beside colour.</param>
public readonly record struct Ink(string Color, Texture Texture)
{
    /// <summary>The colour mixed with white; a share of 1 gives white.</summary>
    public string Lighter(double share) => Palette.Mix(Color, PageColors.Paper, share);
}

/// <summary>Colours for names that appear together: known ones where names have them, distinct ones for the others.</summary>
public static class Palette
{
    /// <summary>For names without a colour of their own, in this order.</summary>
    private static readonly string[] Leftovers = ["#8888FF", "#BBCC88", "#445577", "#BB7744", "#66CCDD", "#0055DD"];

    /// <summary>White and black mixed into a hue, by share: lighter and darker ones of it.</summary>
    private static readonly (double Share, string Color)[] Mixed =
        [(0.3, "#000000"), (0.35, "#FFFFFF"), (0.55, "#FFFFFF"), (0.15, "#000000"), (0.18, "#FFFFFF"), (0.45, "#000000"), (0.7, "#FFFFFF")];

    /// <summary>Colours so far apart are told apart at a glance; 0 to 441.</summary>
    private const double Clear = 75;

    /// <summary>The least brightness of a mark: near-black ones are turned white on a dark page.</summary>
    internal const double Darkest = 0.25;

    /// <summary>The looks of things that appear together, by name in any case; no two are the same.</summary>
    /// <param name="names">The first of those that share a colour keeps it, the others take shades of it.</param>
    /// <param name="color">The colour that a name has everywhere, as <c>#RRGGBB</c>, or null for none.</param>
    /// <param name="texture">The texture that a name has everywhere; solid for all when left out.</param>
    public static IReadOnlyDictionary<string, Ink> For(IEnumerable<string> names, Func<string, string?>? color = null, Func<string, Texture>? texture = null)
    {
        var all = names.Distinct(StringComparer.OrdinalIgnoreCase).Select(name => (Name: name, Color: color?.Invoke(name), Texture: texture?.Invoke(name) ?? Texture.Solid)).ToList();
        var inks = new Dictionary<string, Ink>(StringComparer.OrdinalIgnoreCase);
        var unknown = 0;
        foreach (var (name, known, look) in all)
        {
            var own = known ?? Leftovers[unknown++ % Leftovers.Length];
            // Two runs of one way, say 2 and 8 workers, keep the hue and differ in lightness, from the ways to come as well.
            var taken = inks.Values.Where(ink => ink.Texture == look).Select(ink => ink.Color).ToList();
            var others = all.Select(other => other.Color).OfType<string>().Where(other => other != own).Concat(taken).Distinct().ToList();
            inks[name] = new Ink(taken.Contains(own) ? Shades(own).MaxBy(shade => Math.Min(Clear, others.Min(other => Distance(shade, other))))! : own, look);
        }

        return inks;
    }

    /// <summary>Both colours mixed; a share of 1 gives the second.</summary>
    public static string Mix(string first, string second, double share) =>
        "#" + Convert.ToHexString([.. Channels(first).Zip(Channels(second), (x, y) => (byte)Math.Round(x + (y - x) * share))]);

    /// <summary>Relative luminance, 0 black to 1 white; WCAG 2.1.</summary>
    public static double Luminance(string color)
    {
        var linear = Channels(color).Select(channel => channel / 255.0).Select(c => c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4));
        return Weighed(linear, 0.2126, 0.7152, 0.0722);
    }

    /// <summary>How bright a colour looks, 0 to 1, as the book's dark page reckons it.</summary>
    internal static double Brightness(string color) => Weighed(Channels(color).Select(channel => channel / 255.0), 0.299, 0.587, 0.114);

    internal static byte[] Channels(string color) => Convert.FromHexString(color.AsSpan(1));

    private static double Weighed(IEnumerable<double> channels, params double[] weights) => channels.Zip(weights, (channel, weight) => channel * weight).Sum();

    private static double Distance(string first, string second) =>
        Math.Sqrt(Channels(first).Zip(Channels(second), (a, b) => (a - b) * (double)(a - b)).Sum());

    /// <summary>None is so dark that a dark page would swallow it.</summary>
    private static IEnumerable<string> Shades(string color) =>
        Mixed.Select(mix => Mix(color, mix.Color, mix.Share)).Where(shade => Brightness(shade) >= Darkest);
}
