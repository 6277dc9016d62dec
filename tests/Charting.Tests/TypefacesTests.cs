using System.Globalization;
using System.Text;
using SkiaSharp;

namespace ConcurrencyLab.Tests;

/// <summary>Every character that a chart can get is drawn, with fonts that come along.</summary>
public class TypefacesTests
{
    [Fact]
    public void The_fonts_come_with_the_library()
    {
        Assert.Equal(("Open Sans", "Open Sans", "DejaVu Sans"), (Typefaces.Regular.FamilyName, Typefaces.Bold.FamilyName, Typefaces.Signs.FamilyName));
        Assert.True(Typefaces.Bold.IsBold);
    }

    [Theory]
    [InlineData("what charts say", "0123456789 abcxyz ÄÖÜßéñçøłőČ ΑΩλ Жя ×·−–…≈≤≥µ±%°²³¹⁶⁸√π÷ \"'“”()/")]
    [InlineData("what schedules say", "count 0 → 1 ← ↑ ↓ ↔ ⇒ ✔ ✘ ✓ ✗")]
    [InlineData("what learners write", "Nguyễn Łódź Ḥasan Ѣ ∑∞∂∈∀∃⊕≠∅ ①②③ ■□▲●★☕♥ ⚠ ─│┌┘ ½⅓ €£¥ �")]
    public void Characters_that_charts_get_need_no_font_of_the_system(string what, string characters) =>
        Assert.All(new[] { false, true }, bold => Assert.All(Typefaces.Runs(characters, bold), run =>
        {
            Assert.Contains(run.Typeface, new[] { bold ? Typefaces.Bold : Typefaces.Regular, Typefaces.Signs });
            Assert.True(run.Typeface.ContainsGlyphs(run.Text), $"{what}: {run.Text}");
        }));

    /// <summary>Every block of Unicode's first plane and of the emoji: drawn, be it as a box, but never left out.</summary>
    [Fact]
    public void No_character_is_blank()
    {
        Rune[] some = [.. Enumerable.Range(0x21, 0xFFFD).Where(code => code is < 0x530 or (>= 0x2000 and < 0x2C00) || code % 61 == 0).Concat([0x1F600, 0x1D49C, 0x20000])
            .Where(Rune.IsValid).Select(code => new Rune(code))
            .Where(rune => !Rune.IsWhiteSpace(rune) && !IsInvisible(rune))];

        Assert.All(some, rune => Assert.True(Ink($"{rune}") > 0, $"U+{rune.Value:X4} {rune} is blank"));
    }

    [Theory]
    [InlineData("a \u2192 b", "a ", "\u2192", " b")]
    [InlineData("a\tb\u00A0c\n", "a b c ")]
    [InlineData("\u2615\uFE0F\u200D\u200F\u00AD\u0007", "\u2615")]
    [InlineData("")]
    public void A_line_is_split_where_the_font_changes(string line, params string[] pieces) =>
        Assert.Equal(pieces, Typefaces.Runs(line, bold: false).Select(run => run.Text));

    [Fact]
    public void Half_a_surrogate_pair_is_shown_as_a_replacement() => Assert.Equal("\uFFFD", Assert.Single(Typefaces.Runs("\uD83D", bold: false)).Text);

    [Fact]
    public void A_line_is_as_wide_as_its_pieces_and_ends_where_it_is_said_to()
    {
        using var surface = SKSurface.Create(new SKImageInfo(300, 40));
        var width = TextMetrics.Width("count 0 → 1", 13, bold: true);

        Assert.Equal(TextMetrics.Width("count 0 ", 13, bold: true) + TextMetrics.Width("→", 13, bold: true) + TextMetrics.Width(" 1", 13, bold: true), width, 0.01);
        Assert.Equal(150 + width / 2, PngPainter.Write(surface.Canvas, "count 0 → 1", 150, 20, 13, PageColors.Text, bold: true, SKTextAlign.Center), 0.01);
    }

    private static bool IsInvisible(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
        || rune.Value is (>= 0xFE00 and <= 0xFE0F) or 0x2800 or 0x3164 or 0x115F or 0x1160 or 0xFFA0 or 0x034F;

    /// <summary>Pixels that a character colours.</summary>
    private static int Ink(string text)
    {
        using var bitmap = new SKBitmap(64, 40);
        using var canvas = new SKCanvas(bitmap);
        canvas.Clear(SKColors.White);
        PngPainter.Write(canvas, text, 24, 26, 13, PageColors.Text);
        return bitmap.Pixels.Count(pixel => pixel != SKColors.White);
    }
}
