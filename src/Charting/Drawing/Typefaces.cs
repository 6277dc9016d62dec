using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using SkiaSharp;

namespace ConcurrencyLab.Charting;

/// <summary>Neighbouring characters of a line that one typeface has.</summary>
internal readonly record struct TextRun(string Text, SKTypeface Typeface, bool Bold)
{
    /// <summary>The caller disposes of it.</summary>
    public SKFont Font(float size) => new(Typeface, size)
    {
        Subpixel = true,
        LinearMetrics = true,
        Hinting = SKFontHinting.None,
        Edging = SKFontEdging.Antialias,
        Embolden = Bold && !Typeface.IsBold,
    };
}

/// <summary>
/// The typefaces of the PNGs. They are embedded: a slim container or a fresh machine may have no fonts at all. What they lack,
/// Chinese say, is written in whatever font of the system has it, and as a box where none has.
/// </summary>
internal static class Typefaces
{
    private static readonly Lazy<SKTypeface> RegularFace = new(() => Load("OpenSans-Regular"));
    private static readonly Lazy<SKTypeface> BoldFace = new(() => Load("OpenSans-Bold"));
    private static readonly Lazy<SKTypeface> SignsFace = new(() => Load("DejaVuSans"));
    private static readonly ConcurrentDictionary<int, SKTypeface> Fallbacks = new();

    public static SKTypeface Regular => RegularFace.Value;

    public static SKTypeface Bold => BoldFace.Value;

    /// <summary>Signs and rarer letters; one weight.</summary>
    public static SKTypeface Signs => SignsFace.Value;

    /// <summary>The line as it is drawn, in pieces.</summary>
    public static IReadOnlyList<TextRun> Runs(string text, bool bold)
    {
        var runs = new List<TextRun>();
        foreach (var rune in text.EnumerateRunes().Where(IsDrawn))
        {
            // Tabs, line ends and spaces of other widths, as a browser shows them.
            var character = Rune.IsWhiteSpace(rune) ? new Rune(' ') : rune;
            var face = FaceOf(character.Value, bold);
            if (runs.Count > 0 && runs[^1].Typeface == face)
            {
                runs[^1] = runs[^1] with { Text = runs[^1].Text + character };
            }
            else
            {
                runs.Add(new TextRun(character.ToString(), face, bold));
            }
        }

        return runs;
    }

    /// <summary>Whether there is something to see: not of joiners, direction marks and variation selectors.</summary>
    private static bool IsDrawn(Rune rune) => Rune.IsWhiteSpace(rune)
        || (Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format) && rune.Value is not (>= 0xFE00 and <= 0xFE0F));

    private static SKTypeface FaceOf(int character, bool bold)
    {
        var face = bold ? Bold : Regular;
        return face.ContainsGlyph(character) ? face : Fallbacks.GetOrAdd(character, Fallback);
    }

    private static SKTypeface Fallback(int character)
    {
        var system = SKFontManager.Default;
        return Fallbacks.Values.Prepend(Signs).FirstOrDefault(face => face.ContainsGlyph(character))
            ?? system.MatchCharacter(character)
            // On Linux the build of Skia in use lists the system's fonts and never chooses among them.
            ?? system.FontFamilies.Select(system.MatchFamily).FirstOrDefault(face => face.ContainsGlyph(character))
            ?? Signs;
    }

    private static SKTypeface Load(string name)
    {
        using var stream = typeof(Typefaces).Assembly.GetManifestResourceStream($"{name}.ttf")
            ?? throw new InvalidOperationException($"The font {name} is not in the library; build it again.");
        // Not as a stream: Skia calls back into whichever SkiaSharp was loaded last, which ends a process that has loaded two.
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        using var data = SKData.CreateCopy(bytes);
        return SKTypeface.FromData(data);
    }
}
