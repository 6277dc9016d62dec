namespace ConcurrencyLab.Charting;

/// <summary>How one run looks in every chart.</summary>
/// <param name="Color">As <c>#RRGGBB</c>.</param>
/// <param name="Texture">Hatched for the same way in Python.</param>
internal readonly record struct Ink(string Color, Texture Texture)
{
    /// <summary>The colour mixed with white; 1 gives white.</summary>
    public string Lighter(double share) => Palette.Mix(Color, "#FFFFFF", share);

    /// <summary>Text that reads on the colour.</summary>
    public string OnTop => Palette.Luminance(Color) > 0.4 ? Inks.OnBar : "#FFFFFF";

    /// <summary>The colour for stripes that black text is to be read on.</summary>
    public string UnderText => Palette.Luminance(Color) > 0.4 ? Color : Lighter(0.5);
}

/// <summary>
/// One colour for one way everywhere. The families differ in hue after Okabe and Ito (<i>Color Universal Design</i>, 2008),
/// ways of one family in lightness, so that they stay apart for colour-blind readers.
/// </summary>
internal static class Palette
{
    // The first rule whose words all occur in a run's name decides; so the narrower ones come first.
    private static readonly (string[] Words, string Color)[] Rules =
    [
        (["sequential"], "#6E6E6E"),
        (["pipeline"], "#CC79A7"),
        (["channel"], "#CC79A7"),
        (["process"], "#D55E00"),
        (["plinq"], "#00604A"),
        (["asparallel"], "#00604A"),
        (["foreachasync"], "#66C2A5"),
        (["parallel", "async"], "#66C2A5"),
        (["parallel"], "#009E73"),
        (["pool"], "#F2C45A"),
        (["task.run"], "#F2C45A"),
        (["fixed"], "#7A4B00"),
        (["thread", "limit"], "#7A4B00"),
        (["thread", "at a time"], "#7A4B00"),
        (["sync", "over", "async"], "#AA0044"),
        (["async", "limit"], "#56B4E9"),
        (["async", "at a time"], "#56B4E9"),
        (["async", "semaphore"], "#56B4E9"),
        (["one after"], "#6E6E6E"),
        (["one by one"], "#6E6E6E"),
        (["in turn"], "#6E6E6E"),
        (["thread"], "#E69F00"),
        (["async"], "#0072B2"),
        (["await"], "#0072B2"),
        (["whenall"], "#0072B2"),
        (["loop"], "#6E6E6E"),
    ];

    /// <summary>For names that no rule knows, in this order.</summary>
    private static readonly string[] Leftovers = ["#8888FF", "#BBCC88", "#445577", "#BB7744", "#66CCDD", "#0055DD"];

    /// <summary>The looks of runs that appear together; no two are the same.</summary>
    public static IReadOnlyDictionary<string, Ink> For(IEnumerable<string> names)
    {
        var all = names.ToList();
        var inks = new Dictionary<string, Ink>(StringComparer.OrdinalIgnoreCase);
        var unknown = 0;
        foreach (var name in all)
        {
            if (inks.ContainsKey(name))
            {
                continue;
            }

            var texture = name.Contains("python", StringComparison.OrdinalIgnoreCase) ? Texture.Hatched : Texture.Solid;
            var color = Known(name) ?? Leftovers[unknown++ % Leftovers.Length];
            // Two runs of one way, say 2 and 8 workers, keep the hue and differ in lightness, from the ways to come as well.
            var taken = inks.Values.Where(ink => ink.Texture == texture).Select(ink => ink.Color).ToList();
            var others = all.Select(Known).OfType<string>().Where(other => other != color).Concat(taken).Distinct().ToList();
            inks[name] = new Ink(taken.Contains(color) ? Shades(color).MaxBy(shade => Math.Min(Clear, others.Select(other => Apart(shade, other)).Min()))! : color, texture);
        }

        return inks;
    }

    /// <summary>The look of a run on its own.</summary>
    public static Ink Of(string name) => For([name])[name];

    /// <summary>Both colours mixed; a share of 1 gives the second.</summary>
    public static string Mix(string first, string second, double share)
    {
        var (a, b) = (Channels(first), Channels(second));
        var mixed = a.Zip(b, (x, y) => (byte)Math.Round(x + (y - x) * share)).ToArray();
        return "#" + Convert.ToHexString(mixed);
    }

    /// <summary>Relative luminance, 0 black to 1 white; WCAG 2.1.</summary>
    public static double Luminance(string color)
    {
        var linear = Channels(color).Select(channel => channel / 255.0)
            .Select(c => c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4)).ToArray();
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
    }

    internal static byte[] Channels(string color) => Convert.FromHexString(color.AsSpan(1));

    /// <summary>Whether a way has this name, whose colour it keeps everywhere.</summary>
    public static bool Knows(string name) => Known(name) is not null;

    /// <summary>Lighter and darker ones of a hue, none so dark that a dark page would swallow it.</summary>
    private static IEnumerable<string> Shades(string color) => new[] { (0.3, "#000000"), (0.35, "#FFFFFF"), (0.55, "#FFFFFF"), (0.15, "#000000"), (0.18, "#FFFFFF"), (0.45, "#000000"), (0.7, "#FFFFFF") }
        .Select(mix => Mix(color, mix.Item2, mix.Item1)).Where(shade => Brightness(shade) >= Darkest);

    /// <summary>How bright a colour looks, 0 to 1, as the book's dark page reckons it.</summary>
    internal static double Brightness(string color) => Channels(color).Zip([0.299, 0.587, 0.114], (channel, weight) => channel * weight / 255).Sum();

    /// <summary>The least brightness of a mark: near-black ones are turned white on a dark page.</summary>
    internal const double Darkest = 0.25;

    /// <summary>So far apart colours are told apart at a glance; 0 to 441.</summary>
    private const double Clear = 75;

    private static double Apart(string first, string second) =>
        Math.Sqrt(Channels(first).Zip(Channels(second), (a, b) => (a - b) * (double)(a - b)).Sum());

    private static string? Known(string name) => Rules
        .FirstOrDefault(rule => rule.Words.All(word => name.Contains(word, StringComparison.OrdinalIgnoreCase))).Color;
}
