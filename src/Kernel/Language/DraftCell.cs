using ConcurrencyLab.Kernel.Cells;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ConcurrencyLab.Kernel.Language;

/// <summary>A cell that is being written, as far as it is C#.</summary>
internal static class DraftCell
{
    /// <summary>
    /// The cell with magics, <c>#r</c> and text of other languages blanked out, so that every index stays the cell's own.
    /// Unlike <see cref="CellParser"/> it takes a cell that is not finished.
    /// </summary>
    public static string CSharpOf(string code)
    {
        if (!code.Contains('#', StringComparison.Ordinal)) return code;
        var text = code.ToCharArray();
        var isText = false;
        for (var start = 0; start < code.Length;)
        {
            var end = code.IndexOf('\n', start) is var found and >= 0 ? found : code.Length;
            var line = code.AsSpan(start, end - start);
            var isMagic = line.StartsWith("#!", StringComparison.Ordinal);
            if (isMagic && CellParser.LanguageOf(line.ToString()) is { } isOther) isText = isOther;
            var trimmed = line.TrimStart();
            if (isMagic || isText || trimmed.StartsWith("#r", StringComparison.Ordinal) && !trimmed.StartsWith("#region", StringComparison.Ordinal)
                || trimmed.StartsWith("#load", StringComparison.Ordinal))
                Array.Fill(text, ' ', start, line.TrimEnd('\r').Length);
            start = end + 1;
        }

        return new string(text);
    }

    /// <summary>True when a place lies in a comment or in the text of a string, where no name can stand.</summary>
    /// <param name="root">The cell.</param>
    /// <param name="index">UTF-16 index of the cursor.</param>
    public static bool IsProse(SyntaxNode root, int index)
    {
        if (index == 0) return false;
        var trivia = root.FindTrivia(index - 1);
        switch (trivia.Kind())
        {
            case SyntaxKind.SingleLineCommentTrivia or SyntaxKind.DisabledTextTrivia:
                return true;
            case SyntaxKind.MultiLineCommentTrivia:
                return index < trivia.Span.End || !trivia.ToString().EndsWith("*/", StringComparison.Ordinal);
        }

        var token = root.FindToken(index - 1);
        if (index <= token.SpanStart || index > token.Span.End) return false;
        return token.Kind() switch
        {
            SyntaxKind.StringLiteralToken or SyntaxKind.Utf8StringLiteralToken or SyntaxKind.CharacterLiteralToken
                or SyntaxKind.SingleLineRawStringLiteralToken or SyntaxKind.MultiLineRawStringLiteralToken
                or SyntaxKind.Utf8SingleLineRawStringLiteralToken or SyntaxKind.Utf8MultiLineRawStringLiteralToken
                // One that is not closed yet goes on behind its end.
                => index < token.Span.End || token.ContainsDiagnostics,
            SyntaxKind.InterpolatedStringTextToken or SyntaxKind.InterpolatedStringStartToken or SyntaxKind.InterpolatedVerbatimStringStartToken
                or SyntaxKind.InterpolatedSingleLineRawStringStartToken or SyntaxKind.InterpolatedMultiLineRawStringStartToken => true,
            SyntaxKind.CloseBraceToken => token.Parent.IsKind(SyntaxKind.Interpolation),
            SyntaxKind.ColonToken => token.Parent.IsKind(SyntaxKind.InterpolationFormatClause),
            _ => false,
        };
    }
}
