using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ConcurrencyLab.Interleavings.Code;

/// <summary>
/// Makes the twin of ordinary C#: every access to what tasks may share, and every call that starts, waits or wakes, becomes a
/// call of <c>ConcurrencyLab.Interleavings.Twins</c> that is a step of the scheduler. Objects stay what they are: a
/// <c>SemaphoreSlim</c> of the twin is a real one, only that nobody ever asks it.
/// </summary>
/// <remarks>
/// The order of evaluation stays that of the language: what an access needs (its object, its arguments, the value to write) is
/// evaluated before the step, and the access itself follows the step at once.
/// </remarks>
/// <param name="model">Tells what each name means.</param>
/// <param name="captured">Locals and parameters that tasks may share.</param>
/// <param name="unseen">Told what is left as it was.</param>
internal sealed partial class Rewriter(SemanticModel model, HashSet<ISymbol> captured, Unseen unseen) : CSharpSyntaxRewriter
{
    public const string Namespace = "ConcurrencyLab.Interleavings.Twins";
    private const string Twin = "global::" + Namespace + ".Twin";

    private int _names;

    private string Fresh(string prefix) => string.Create(CultureInfo.InvariantCulture, $"__{prefix}{_names++}");

    private static string Line(SyntaxNode node) => Unseen.LineOf(node).ToString(CultureInfo.InvariantCulture);

    private static string Quoted(string text) => SymbolDisplay.FormatLiteral(text, quote: true);

    private static ExpressionSyntax Expression(string text) => SyntaxFactory.ParseExpression(text);

    private static StatementSyntax Statement(string text) => SyntaxFactory.ParseStatement(text);

    /// <summary>The rewritten text of a part.</summary>
    private string Text(SyntaxNode? node) => Visit(node)?.ToFullString().Trim() ?? "";

    /// <summary>A type as the code at this place can name it; null when it has no name there.</summary>
    private string? Named(ITypeSymbol? type, SyntaxNode at)
    {
        if (type is null or IErrorTypeSymbol or IPointerTypeSymbol || type.IsAnonymousType || type.IsRefLikeType || type.TypeKind is TypeKind.Dynamic or TypeKind.FunctionPointer)
        {
            return type?.TypeKind == TypeKind.Dynamic ? "dynamic" : null;
        }

        var inside = type switch
        {
            IArrayTypeSymbol array => [array.ElementType],
            INamedTypeSymbol named => named.TypeArguments,
            _ => System.Collections.Immutable.ImmutableArray<ITypeSymbol>.Empty,
        };
        return inside.Any(part => Named(part, at) is null) ? null : type.ToMinimalDisplayString(model, at.SpanStart);
    }

    /// <summary>A type argument, or none where the compiler has to find it.</summary>
    private string Of(ITypeSymbol? type, SyntaxNode at) => Named(type, at) is { } name ? $"<{name}>" : "";

    private ITypeSymbol? TypeOf(ExpressionSyntax expression) => model.GetTypeInfo(expression).Type;

    /// <summary>Whether nothing can happen in evaluating it, so that it may be written twice.</summary>
    private bool IsPlain(ExpressionSyntax expression) => expression switch
    {
        ThisExpressionSyntax or BaseExpressionSyntax or LiteralExpressionSyntax or PredefinedTypeSyntax => true,
        IdentifierNameSyntax or MemberAccessExpressionSyntax when model.GetSymbolInfo(expression).Symbol is INamedTypeSymbol or INamespaceSymbol => true,
        IdentifierNameSyntax name => model.GetSymbolInfo(name).Symbol is { } symbol && (symbol is ILocalSymbol or IParameterSymbol && !captured.Contains(symbol) || symbol is IFieldSymbol { IsReadOnly: true }),
        _ => false,
    };

    /// <summary>Evaluates something once: the text that does, and the text that has its value afterwards.</summary>
    private (string First, string Again) Once(ExpressionSyntax expression)
    {
        var text = Text(expression);
        if (IsPlain(expression))
        {
            return (text, text);
        }

        var name = Fresh("o");
        return ($"{Twin}.Keep({text}, out var {name})", name);
    }
}
