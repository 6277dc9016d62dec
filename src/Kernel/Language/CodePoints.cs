namespace ConcurrencyLab.Kernel.Language;

/// <summary>The protocol counts characters as Unicode code points, .NET as UTF-16 code units.</summary>
internal static class CodePoints
{
    /// <summary>The UTF-16 index of a position in code points; the end of the text when it lies beyond.</summary>
    public static int ToIndex(string text, int position)
    {
        var index = 0;
        for (; position > 0 && index < text.Length; position--)
            index += char.IsSurrogatePair(text, index) ? 2 : 1;
        return index;
    }

    /// <summary>The position in code points of a UTF-16 index.</summary>
    public static int FromIndex(string text, int index)
    {
        var position = 0;
        for (var at = 0; at < Math.Min(index, text.Length); position++) at += char.IsSurrogatePair(text, at) ? 2 : 1;
        return position;
    }
}
