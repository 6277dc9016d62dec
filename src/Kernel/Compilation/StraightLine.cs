using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ConcurrencyLab.Kernel.Compilation;

/// <summary>
/// Tells cells of which every statement runs at most once. They are not optimised, since nothing in them can be hot: an
/// exception then has the exact line, which optimised code shares among all checks of a kind.
/// </summary>
internal static class StraightLine
{
    /// <summary>True of a cell without loops, methods, lambdas and types.</summary>
    public static bool Is(SyntaxNode root) => !root.DescendantNodes().Any(node => node switch
    {
        GlobalStatementSyntax or FieldDeclarationSyntax => false,
        MemberDeclarationSyntax or AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or QueryExpressionSyntax => true,
        WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax or CommonForEachStatementSyntax or LabeledStatementSyntax => true,
        _ => false,
    });
}
