using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ConcurrencyLab.Lab.Book;

/// <summary>Colours C# by the compiler's own parser, which the kernel brings anyway: it knows every version of the language.</summary>
internal static class CSharpHighlighter
{
    private static readonly CSharpParseOptions Script = CSharpParseOptions.Default
        .WithKind(SourceCodeKind.Script).WithLanguageVersion(LanguageVersion.Preview);

    /// <summary>The code with a span around each keyword, string, number, comment, directive, type and method.</summary>
    public static string ToHtml(string code)
    {
        var html = new StringBuilder(code.Length * 2);
        foreach (var token in CSharpSyntaxTree.ParseText(code, Script).GetRoot().DescendantTokens())
        {
            foreach (var trivia in token.LeadingTrivia) Append(html, trivia);
            CodeHighlighter.Append(html, token.Text, KindOf(token));
            foreach (var trivia in token.TrailingTrivia) Append(html, trivia);
        }
        return html.ToString();
    }

    private static void Append(StringBuilder html, SyntaxTrivia trivia)
    {
        var text = trivia.ToFullString();
        var kind = trivia.IsDirective ? "directive"
            : trivia.Kind() is SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia
                or SyntaxKind.SingleLineDocumentationCommentTrivia or SyntaxKind.MultiLineDocumentationCommentTrivia ? "comment" : null;
        // A directive's text ends with its line; the line end stays outside of the span.
        var words = text.TrimEnd('\n', '\r');
        CodeHighlighter.Append(html, words, kind);
        CodeHighlighter.Append(html, text[words.Length..], null);
    }

    private static string? KindOf(SyntaxToken token) => token.Kind() switch
    {
        SyntaxKind.NumericLiteralToken => "number",
        SyntaxKind.IdentifierToken => KindOfName(token),
        SyntaxKind.StringLiteralToken or SyntaxKind.CharacterLiteralToken or SyntaxKind.Utf8StringLiteralToken
            or SyntaxKind.SingleLineRawStringLiteralToken or SyntaxKind.MultiLineRawStringLiteralToken
            or SyntaxKind.InterpolatedStringStartToken or SyntaxKind.InterpolatedVerbatimStringStartToken
            or SyntaxKind.InterpolatedSingleLineRawStringStartToken or SyntaxKind.InterpolatedMultiLineRawStringStartToken
            or SyntaxKind.InterpolatedRawStringEndToken or SyntaxKind.InterpolatedStringEndToken or SyntaxKind.InterpolatedStringTextToken => "string",
        var kind when SyntaxFacts.IsKeywordKind(kind) => "keyword",
        _ => null,
    };

    private static string? KindOfName(SyntaxToken token) => token.Parent switch
    {
        IdentifierNameSyntax { IsVar: true } => "keyword",
        BaseTypeDeclarationSyntax or TypeParameterSyntax => "type",
        MethodDeclarationSyntax or LocalFunctionStatementSyntax => "method",
        SimpleNameSyntax name => KindOfUse(name),
        _ => null,
    };

    private static string? KindOfUse(SimpleNameSyntax name)
    {
        ExpressionSyntax whole = name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : name;
        if (whole.Parent is InvocationExpressionSyntax call && call.Expression == whole) return "method";
        return SyntaxFacts.IsInTypeOnlyContext(name) || IsTypeBeforeDot(name) ? "type" : null;
    }

    // Without the meaning of names, a capital letter before a dot is the best sign of a type: Parallel.For, Task.Delay.
    private static bool IsTypeBeforeDot(SimpleNameSyntax name) =>
        name.Parent is MemberAccessExpressionSyntax access && access.Expression == name && char.IsUpper(name.Identifier.ValueText.FirstOrDefault());
}
