namespace ConcurrencyLab.Kernel.Language;

/// <summary>The protocol counts characters as Unicode code points, .NET as UTF-16 code units.</summary>
internal static class CodePoints
{
    /// <summary>The UTF-16 index of a position in code points; the end of the text when it lies beyond.</summary>
    public static int ToIndex(string text, int position) => text.EnumerateRunes().Take(position).Sum(rune => rune.Utf16SequenceLength);

    /// <summary>The position in code points of a UTF-16 index.</summary>
    public static int FromIndex(string text, int index) => text[..index].EnumerateRunes().Count();
}
