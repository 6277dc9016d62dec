using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ConcurrencyLab.Kernel.Compilation;

/// <summary>
/// Makes what may never end stoppable from outside: <c>while</c>, <c>do</c>, <c>goto</c>, <c>for</c> that does not certainly count,
/// <c>foreach</c> over what makes its items as it goes. Loops that count or go through a collection stay as they were
/// written, since cells are measured; a check is one read of a static field.
/// </summary>
/// <remarks>
/// .NET has no safe way to stop a thread that computes. <c>ControlledExecution</c> aborts it, but an abort that meets
/// the thread on its way back from a call ends the process (.NET 10.0.12, Linux: "terminate called after throwing an
/// instance of 'PAL_SEHException'", about one abort in ten of <c>for (;;) number.ToString();</c>).
/// </remarks>
/// <param name="model">Tells types. Made when first asked for: most cells have no loop that needs one.</param>
internal sealed class LoopChecks(Lazy<SemanticModel> model) : CSharpSyntaxRewriter
{
    /// <summary>A check, as it stands in the code of cells.</summary>
    public const string CheckText = $"global::ConcurrencyLab.Kernel.Notebook.{nameof(Notebook.EndlessLoop)}.{nameof(Notebook.EndlessLoop.Check)}();";

    private static readonly StatementSyntax Check = SyntaxFactory.ParseStatement(CheckText);

    /// <summary>A compilation with the checks, every line where it was; the same one when there are none to make.</summary>
    /// <param name="compilation">Of one tree.</param>
    public static CSharpCompilation AddTo(CSharpCompilation compilation)
    {
        var tree = compilation.SyntaxTrees[0];
        var root = tree.GetRoot();
        var rewritten = new LoopChecks(new(() => compilation.GetSemanticModel(tree))).Visit(root);
        return ReferenceEquals(root, rewritten) ? compilation : compilation.ReplaceSyntaxTree(tree, tree.WithRootAndOptions(rewritten, tree.Options));
    }

    public override SyntaxNode? VisitWhileStatement(WhileStatementSyntax node)
    {
        var visited = (WhileStatementSyntax)base.VisitWhileStatement(node)!;
        return visited.WithStatement(Checked(visited.Statement));
    }

    public override SyntaxNode? VisitDoStatement(DoStatementSyntax node)
    {
        var visited = (DoStatementSyntax)base.VisitDoStatement(node)!;
        return visited.WithStatement(Checked(visited.Statement));
    }

    public override SyntaxNode? VisitGotoStatement(GotoStatementSyntax node) => Checked(node);

    public override SyntaxNode? VisitForStatement(ForStatementSyntax node)
    {
        var visited = (ForStatementSyntax)base.VisitForStatement(node)!;
        return CountingLoop.Is(node, model) ? visited : visited.WithStatement(Checked(visited.Statement));
    }

    public override SyntaxNode? VisitForEachStatement(ForEachStatementSyntax node)
    {
        var visited = (ForEachStatementSyntax)base.VisitForEachStatement(node)!;
        return IsCollection(node.Expression) ? visited : visited.WithStatement(Checked(visited.Statement));
    }

    public override SyntaxNode? VisitForEachVariableStatement(ForEachVariableStatementSyntax node)
    {
        var visited = (ForEachVariableStatementSyntax)base.VisitForEachVariableStatement(node)!;
        return IsCollection(node.Expression) ? visited : visited.WithStatement(Checked(visited.Statement));
    }

    /// <summary>True of what has all its items in memory.</summary>
    private bool IsCollection(ExpressionSyntax sequence) => model.Value.GetTypeInfo(sequence).Type is { } type
        && (type is IArrayTypeSymbol or { SpecialType: SpecialType.System_String } or INamedTypeSymbol { IsRefLikeType: true }
            || type.AllInterfaces.Prepend(type).Any(known => known.OriginalDefinition.SpecialType
                is SpecialType.System_Collections_Generic_ICollection_T or SpecialType.System_Collections_Generic_IReadOnlyCollection_T));

    private static BlockSyntax Checked(StatementSyntax body) => SyntaxFactory.Block(Check, body);
}
