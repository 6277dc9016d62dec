using ConcurrencyLab.Kernel.Cells;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ConcurrencyLab.Kernel.Language;

/// <summary>A cell that is being written, which unlike one that is run need not be finished.</summary>
/// <param name="Source">The cell as it was typed.</param>
/// <param name="Code">Its C#: magics, <c>#r</c> and text of other languages are blanked out, so that every index stays the cell's own.</param>
/// <param name="Others">What is blanked out, by UTF-16 indexes, both ends included.</param>
internal sealed record DraftCell(string Source, string Code, IReadOnlyList<(int Start, int End)> Others)
{
    /// <summary>Tells a cell's languages apart.</summary>
    public static DraftCell Of(string source)
    {
        if (!source.Contains('#', StringComparison.Ordinal)) return new DraftCell(source, source, []);
        var code = source.ToCharArray();
        List<(int Start, int End)> others = [];
        var isText = false;
        for (var start = 0; start < source.Length;)
        {
            var end = source.IndexOf('\n', start) is var found and >= 0 ? found : source.Length;
            var line = source[start..end];
            if (CellParser.LanguageOf(line) is { } isOther) isText = isOther;
            if (isText || line.StartsWith("#!", StringComparison.Ordinal) || IsReference(line.TrimStart()))
            {
                Array.Fill(code, ' ', start, line.TrimEnd('\r').Length);
                others.Add((start, end));
            }

            start = end + 1;
        }

        return new DraftCell(source, new string(code), others);
    }

    /// <summary>The magics that fit what is typed at a place; none where no magic can stand.</summary>
    /// <param name="index">UTF-16 index of the cursor.</param>
    public Completions Magics(int index)
    {
        var start = index == 0 ? 0 : Source.LastIndexOf('\n', index - 1) + 1;
        var typed = Source[start..index];
        return new Completions(start, index, !typed.StartsWith('#') ? [] : [.. CellParser.Supported.Split(", ")
            .Where(magic => magic.StartsWith(typed, StringComparison.OrdinalIgnoreCase))
            .Select(magic => new Completion(magic, "magic", ""))]);
    }

    /// <summary>True when a place belongs to C#.</summary>
    /// <param name="index">UTF-16 index of the cursor.</param>
    public bool IsCSharp(int index) => !Others.Any(other => other.Start <= index && index <= other.End);

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

    private static bool IsReference(string line) =>
        line.StartsWith("#load", StringComparison.Ordinal)
        || line.StartsWith("#r", StringComparison.Ordinal) && !line.StartsWith("#region", StringComparison.Ordinal);
}
