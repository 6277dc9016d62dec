using SkiaSharp;

namespace ConcurrencyLab.Charting;

/// <summary>
/// The font of the PNGs. It is embedded: a slim container or a fresh machine may have no fonts at all, and the native Skia
/// build in use looks for none in the usual folders.
/// </summary>
internal static class Typefaces
{
    private static readonly Lazy<SKTypeface> RegularFace = new(() => Load("Regular"));
    private static readonly Lazy<SKTypeface> BoldFace = new(() => Load("Bold"));

    public static SKTypeface Regular => RegularFace.Value;

    public static SKTypeface Bold => BoldFace.Value;

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
