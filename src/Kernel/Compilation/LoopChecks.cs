using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ConcurrencyLab.Kernel.Compilation;

/// <summary>
/// Makes loops that may never end stoppable from outside: <c>while</c>, <c>do</c>, and <c>for</c> without a condition. Those
/// that count stay as they were written, since cells are measured; a check is one read of a static field.
/// </summary>
/// <remarks>
/// .NET has no safe way to stop a thread that computes. <c>ControlledExecution</c> aborts it, but an abort that meets
/// the thread on its way back from a call ends the process (.NET 10.0.12, Linux: "terminate called after throwing an
/// instance of 'PAL_SEHException'", about one abort in ten of <c>for (;;) number.ToString();</c>).
/// </remarks>
internal sealed class LoopChecks : CSharpSyntaxRewriter
{
    private static readonly StatementSyntax Check =
        SyntaxFactory.ParseStatement($"global::{typeof(Notebook.EndlessLoop).FullName}.{nameof(Notebook.EndlessLoop.Check)}();");

    /// <summary>The tree with the checks, every line where it was; the same tree when there are none to make.</summary>
    public static SyntaxTree AddTo(SyntaxTree tree)
    {
        var root = tree.GetRoot();
        var rewritten = new LoopChecks().Visit(root);
        return ReferenceEquals(root, rewritten) ? tree : tree.WithRootAndOptions(rewritten, tree.Options);
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

    public override SyntaxNode? VisitForStatement(ForStatementSyntax node)
    {
        var visited = (ForStatementSyntax)base.VisitForStatement(node)!;
        return visited.Condition is null or LiteralExpressionSyntax { RawKind: (int)SyntaxKind.TrueLiteralExpression }
            ? visited.WithStatement(Checked(visited.Statement)) : visited;
    }

    private static BlockSyntax Checked(StatementSyntax body) => SyntaxFactory.Block(Check, body);
}
