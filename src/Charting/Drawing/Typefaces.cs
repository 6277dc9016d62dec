using ScottPlot;
using SkiaSharp;

namespace ConcurrencyLab.Charting;

/// <summary>
/// The font of the PNGs. It is embedded: a slim container or a fresh machine may have no fonts at all, and the native Skia
/// build in use looks for none in the usual folders.
/// </summary>
internal sealed class Typefaces : IFontResolver
{
    /// <summary>The name under which ScottPlot finds it.</summary>
    public const string Name = "ConcurrencyLab Open Sans";

    private static readonly Lazy<SKTypeface> RegularFace = new(() => Load("Regular"));
    private static readonly Lazy<SKTypeface> BoldFace = new(() => Load("Bold"));
    private static readonly Lazy<bool> Registered = new(() =>
    {
        Fonts.FontResolvers.Insert(0, new Typefaces());
        return true;
    });

    public static SKTypeface Regular => RegularFace.Value;

    public static SKTypeface Bold => BoldFace.Value;

    /// <summary>Makes the font known to ScottPlot by its name; a reader's own ScottPlot charts are not changed.</summary>
    public static void Register() => _ = Registered.Value;

    public SKTypeface? CreateTypeface(string fontName, bool bold, bool italic) => fontName == Name ? bold ? Bold : Regular : null;

    public SKTypeface? CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing spacing) =>
        CreateTypeface(fontName, weight >= FontWeight.SemiBold, italic: false);

    /// <summary>
    /// The font for one line: ours where it has every sign, else a system font that knows the first missing one, for a title
    /// in Chinese say. The caller disposes of it.
    /// </summary>
    public static SKFont For(string text, float size, bool bold)
    {
        var face = bold ? Bold : Regular;
        if (!face.ContainsGlyphs(text))
        {
            var missing = text.EnumerateRunes().First(rune => !face.ContainsGlyphs(rune.ToString())).Value;
            face = SKFontManager.Default.MatchCharacter(missing) ?? face;
        }

        return new SKFont(face, size) { Subpixel = true, LinearMetrics = true, Hinting = SKFontHinting.None, Edging = SKFontEdging.Antialias };
    }

    private static SKTypeface Load(string weight)
    {
        using var stream = typeof(Typefaces).Assembly.GetManifestResourceStream($"OpenSans-{weight}.ttf")
            ?? throw new InvalidOperationException($"The font OpenSans-{weight} is not in the library; build it again.");
        return SKTypeface.FromStream(stream);
    }
}
