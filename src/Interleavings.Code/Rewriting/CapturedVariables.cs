using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ConcurrencyLab.Interleavings.Code;

/// <summary>
/// Locals and parameters that a lambda or local function captures and that change after they were declared: tasks can share
/// them. Each has a companion, declared beside it, that tells the variable of one call from that of another.
/// </summary>
internal static class CapturedVariables
{
    /// <summary>The name of a variable's companion.</summary>
    public static string Companion(ISymbol variable) => "__of_" + variable.Name;

    /// <summary>All of a tree.</summary>
    public static HashSet<ISymbol> In(SemanticModel model, SyntaxNode root)
    {
        var captured = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        var changed = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        foreach (var name in root.DescendantNodes().OfType<IdentifierNameSyntax>())
        {
            if (model.GetSymbolInfo(name).Symbol is not { } symbol || symbol is not (ILocalSymbol or IParameterSymbol))
            {
                continue;
            }

            if (FunctionAround(name) != FunctionAround(symbol.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax()))
            {
                captured.Add(symbol);
            }

            if (IsChanged(name))
            {
                changed.Add(symbol);
            }
        }

        captured.IntersectWith(changed);
        return captured;
    }

    /// <summary>The target of an assignment, of a reference, or a part of a struct that is.</summary>
    private static bool IsChanged(ExpressionSyntax expression) => expression.Parent switch
    {
        AssignmentExpressionSyntax assignment => assignment.Left == expression,
        PrefixUnaryExpressionSyntax prefix => prefix.Kind() is SyntaxKind.PreIncrementExpression or SyntaxKind.PreDecrementExpression or SyntaxKind.AddressOfExpression,
        PostfixUnaryExpressionSyntax postfix => postfix.Kind() is SyntaxKind.PostIncrementExpression or SyntaxKind.PostDecrementExpression,
        ArgumentSyntax { Parent: TupleExpressionSyntax tuple } => IsChanged(tuple),
        ArgumentSyntax argument => argument.RefKindKeyword.IsKind(SyntaxKind.RefKeyword) || argument.RefKindKeyword.IsKind(SyntaxKind.OutKeyword),
        RefExpressionSyntax => true,
        MemberAccessExpressionSyntax member => member.Expression == expression && IsChanged(member),
        ParenthesizedExpressionSyntax parenthesised => IsChanged(parenthesised),
        _ => false,
    };

    /// <summary>The innermost function that a node stands in; a parameter stands in its own function.</summary>
    private static SyntaxNode? FunctionAround(SyntaxNode? node) =>
        node?.AncestorsAndSelf().FirstOrDefault(around => around is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or TypeDeclarationSyntax);
}
