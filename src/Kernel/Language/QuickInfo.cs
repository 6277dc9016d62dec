using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FindSymbols;
using Microsoft.CodeAnalysis.QuickInfo;

namespace ConcurrencyLab.Kernel.Language;

/// <summary>What an editor shows when the mouse rests on a name.</summary>
internal static class QuickInfo
{
    private const string Field = "(field)";

    /// <summary>
    /// Signature and documentation of what stands at a place of a cell, a UTF-16 index, or of the method whose arguments are
    /// written there; with source, also how an earlier cell declared it.
    /// </summary>
    /// <returns>Null when nothing known stands there.</returns>
    public static async Task<string?> OfAsync(Document document, int index, bool withSource, CancellationToken cancel)
    {
        var root = (await document.GetSyntaxRootAsync(cancel).ConfigureAwait(false))!;
        if (PlaceOf(root, index) is not { } place) return null;
        var info = await QuickInfoService.GetService(document)!.GetQuickInfoAsync(document, place, cancel).ConfigureAwait(false);
        if (info is null || info.Sections.IsEmpty) return null;
        var sections = info.Sections.Select(section => section.Text.Trim()).Where(text => text.Length > 0).ToList();
        var symbol = await SymbolFinder.FindSymbolAtPositionAsync(document, place, cancel).ConfigureAwait(false);
        // To the compiler a script is a class; to its user it is not.
        if (symbol is IFieldSymbol { ContainingType.IsScriptClass: true } && sections.FirstOrDefault()?.StartsWith(Field, StringComparison.Ordinal) is true)
            sections[0] = string.Concat("(variable)", sections[0].AsSpan(Field.Length));
        if (withSource && symbol is not null && await SourceOf(symbol, document, cancel).ConfigureAwait(false) is { } source) sections.Add(source);
        return string.Join("\n\n", sections).ReplaceLineEndings("\n");
    }

    private static int? PlaceOf(SyntaxNode root, int index)
    {
        foreach (var at in (int[])[index, index - 1])
        {
            if (at < 0 || at >= root.FullSpan.End) continue;
            var token = root.FindToken(at);
            if (token.Span.Contains(at) && IsName(token)) return token.SpanStart;
        }

        // Between the arguments of a call, the method is what one wants to know about.
        var inside = root.FindToken(Math.Clamp(index - 1, 0, root.FullSpan.End)).Parent;
        foreach (var arguments in inside?.AncestorsAndSelf().OfType<ArgumentListSyntax>() ?? [])
        {
            if (index < arguments.OpenParenToken.Span.End || !arguments.CloseParenToken.IsMissing && index > arguments.CloseParenToken.SpanStart) continue;
            return arguments.Parent switch
            {
                InvocationExpressionSyntax call => NameIn(call.Expression).SpanStart,
                ObjectCreationExpressionSyntax creation => NameIn(creation.Type).SpanStart,
                BaseObjectCreationExpressionSyntax creation => creation.NewKeyword.SpanStart,
                _ => null,
            };
        }

        return null;
    }

    private static bool IsName(SyntaxToken token) =>
        token.IsKind(SyntaxKind.IdentifierToken) || SyntaxFacts.IsKeywordKind(token.Kind()) && !token.IsMissing;

    private static SyntaxToken NameIn(ExpressionSyntax expression) => expression switch
    {
        MemberAccessExpressionSyntax access => access.Name.Identifier,
        MemberBindingExpressionSyntax binding => binding.Name.Identifier,
        ConditionalAccessExpressionSyntax conditional => NameIn(conditional.WhenNotNull),
        QualifiedNameSyntax qualified => qualified.Right.Identifier,
        SimpleNameSyntax name => name.Identifier,
        _ => expression.GetLastToken(),
    };

    private static async Task<string?> SourceOf(ISymbol symbol, Document document, CancellationToken cancel)
    {
        if (symbol.DeclaringSyntaxReferences.FirstOrDefault() is not { } declaration
            || declaration.SyntaxTree == await document.GetSyntaxTreeAsync(cancel).ConfigureAwait(false)) return null;
        var node = await declaration.GetSyntaxAsync(cancel).ConfigureAwait(false);
        return (node.FirstAncestorOrSelf<FieldDeclarationSyntax>() ?? node).ToString();
    }
}
