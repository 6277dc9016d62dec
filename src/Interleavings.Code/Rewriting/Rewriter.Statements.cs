using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ConcurrencyLab.Interleavings.Code;

/// <summary>Statements: locks, awaits, loops, handlers, and the companions of shared variables.</summary>
internal sealed partial class Rewriter
{
    public override SyntaxNode? VisitBlock(BlockSyntax node) => node.WithStatements(SyntaxFactory.List(node.Statements.SelectMany(WithCompanions)));

    public override SyntaxNode? VisitSwitchSection(SwitchSectionSyntax node)
    {
        var statements = SyntaxFactory.List(node.Statements.SelectMany(WithCompanions));
        return node.WithLabels(VisitList(node.Labels)).WithStatements(statements);
    }

    private IEnumerable<StatementSyntax> WithCompanions(StatementSyntax statement)
    {
        foreach (var name in DeclaredIn(statement).Where(captured.Contains).Select(symbol => symbol.Name))
        {
            yield return Statement($"var __of_{name} = {Twin}.Variable({Quoted(name)});\n");
        }

        yield return (StatementSyntax)Visit(statement)!;
    }

    /// <summary>The variables whose scope is the block around a statement.</summary>
    private IEnumerable<ISymbol> DeclaredIn(StatementSyntax statement) => statement
        .DescendantNodes(inside => inside == statement || inside is not (StatementSyntax or AnonymousFunctionExpressionSyntax))
        .Where(node => node is VariableDeclaratorSyntax or SingleVariableDesignationSyntax && (statement is LocalDeclarationStatementSyntax or ExpressionStatementSyntax or IfStatementSyntax or ReturnStatementSyntax))
        .Select(node => model.GetDeclaredSymbol(node)).OfType<ISymbol>();

    public override SyntaxNode? VisitLockStatement(LockStatementSyntax node)
    {
        var name = Fresh("lock");
        return Statement($"{{ object {name} = {Text(node.Expression)}; global::{Namespace}.TwinMonitor.Enter({Line(node)}, {name}, {Quoted(node.Expression.ToString())}); try {Braced(node.Statement)} finally {{ global::{Namespace}.TwinMonitor.Exit({Line(node)}, {name}); }} }}");
    }

    public override SyntaxNode? VisitAwaitExpression(AwaitExpressionSyntax node)
    {
        var type = TypeOf(node.Expression);
        var isKnown = type is { Name: "Task" or "ValueTask" or "ConfiguredTaskAwaitable" or "ConfiguredValueTaskAwaitable" or "YieldAwaitable" } && !IsSource(type);
        if (!isKnown)
        {
            unseen.Add(node, $"await of a {type?.Name}");
            return base.VisitAwaitExpression(node);
        }

        return Expression($"await {Twin}.Await({Line(node)}, {Text(node.Expression)})").WithTriviaFrom(node);
    }

    public override SyntaxNode? VisitForEachStatement(ForEachStatementSyntax node)
    {
        if (node.AwaitKeyword.IsKind(SyntaxKind.AwaitKeyword))
        {
            var items = Fresh("items");
            return Statement($$"""
                { var {{items}} = ({{Text(node.Expression)}}).GetAsyncEnumerator(); try { while (await {{Twin}}.Await({{Line(node)}}, {{items}}.MoveNextAsync())) { {{node.Type}} {{node.Identifier}} = {{items}}.Current; {{Text(node.Statement)}} } } finally { await {{Twin}}.Await({{Line(node)}}, {{items}}.DisposeAsync()); } }
                """);
        }

        var type = TypeOf(node.Expression);
        var visited = (ForEachStatementSyntax)base.VisitForEachStatement(node)!;
        if (type is IArrayTypeSymbol { Rank: 1 } || KnownMembers.IsCollection(type) || type is { TypeKind: TypeKind.Interface, Name: "IEnumerable" })
        {
            visited = visited.WithExpression(Expression($"{Twin}.Each({Line(node)}, {visited.Expression})"));
        }

        return visited;
    }

    private StatementSyntax? _visitedApart;

    public override SyntaxNode? Visit(SyntaxNode? node) => node is not null && node == _visitedApart ? node : base.Visit(node);

    public override SyntaxNode? VisitWhileStatement(WhileStatementSyntax node) =>
        Round(node, node.Statement, body => ((WhileStatementSyntax)base.VisitWhileStatement(node)!).WithStatement(body));

    public override SyntaxNode? VisitDoStatement(DoStatementSyntax node) =>
        Round(node, node.Statement, body => ((DoStatementSyntax)base.VisitDoStatement(node)!).WithStatement(body));

    public override SyntaxNode? VisitForStatement(ForStatementSyntax node)
    {
        var loop = Round(node, node.Statement, body => ((ForStatementSyntax)base.VisitForStatement(node)!).WithStatement(body));
        var shared = node.Declaration?.Variables.Select(variable => model.GetDeclaredSymbol(variable)).OfType<ISymbol>().Where(captured.Contains).ToList() ?? [];
        return shared.Count == 0 ? loop
            : Statement($"{{ {string.Concat(shared.Select(symbol => $"var __of_{symbol.Name} = {Twin}.Variable({Quoted(symbol.Name)}); "))}{loop} }}");
    }

    public override SyntaxNode? VisitGotoStatement(GotoStatementSyntax node) =>
        Statement($"{{ {Twin}.Round({Line(node)}); {base.VisitGotoStatement(node)} }}");

    /// <summary>A loop says with every round that it is there; one that only looks waits until another task has changed something.</summary>
    private StatementSyntax Round(StatementSyntax loop, StatementSyntax body, Func<StatementSyntax, StatementSyntax> make)
    {
        var rounds = OnlyLooks(loop) ? Fresh("rounds") : null;
        var first = rounds is null ? $"{Twin}.Round({Line(loop)});" : $"{Twin}.Spin({Line(loop)}, ref {rounds});";
        var inside = Statement($"{{ {first} {Text(body)} }}");
        var outer = _visitedApart;
        _visitedApart = body;
        var made = make(inside);
        _visitedApart = outer;
        return rounds is null ? made : Statement($"{{ var {rounds} = -1; {made} }}");
    }

    /// <summary>Whether a round leaves everything as it was that only its own task sees: another round without a change elsewhere would be the same.</summary>
    private bool OnlyLooks(StatementSyntax loop)
    {
        if (loop is ForStatementSyntax { Incrementors.Count: > 0 })
        {
            return false;
        }

        foreach (var node in loop.DescendantNodes())
        {
            var changed = node switch
            {
                AssignmentExpressionSyntax assignment => assignment.Left,
                PrefixUnaryExpressionSyntax prefix when prefix.Kind() is SyntaxKind.PreIncrementExpression or SyntaxKind.PreDecrementExpression => prefix.Operand,
                PostfixUnaryExpressionSyntax postfix when postfix.Kind() is SyntaxKind.PostIncrementExpression or SyntaxKind.PostDecrementExpression => postfix.Operand,
                ArgumentSyntax argument when !argument.RefKindKeyword.IsKind(SyntaxKind.None) => argument.Expression,
                _ => null,
            };
            if (changed is not null && model.GetSymbolInfo(changed).Symbol is var symbol && (symbol is not (ILocalSymbol or IParameterSymbol) ? PlaceKind(changed) : !captured.Contains(symbol) && !loop.Span.Contains(symbol.DeclaringSyntaxReferences.FirstOrDefault()?.Span ?? default)))
            {
                return false;
            }

            if (node is InvocationExpressionSyntax call && model.GetSymbolInfo(call).Symbol is not IMethodSymbol { ContainingType: { Name: "Interlocked" or "Volatile" or "Thread" or "SpinWait" or "Console" } or { Name: "Task", ContainingNamespace.Name: "Tasks" } }
                || node is BaseObjectCreationExpressionSyntax or AnonymousFunctionExpressionSyntax or YieldStatementSyntax)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether what is changed is no place that the scheduler sees.</summary>
    private bool PlaceKind(ExpressionSyntax changed)
    {
        var names = _names;
        var isUnknown = PlaceOf(changed) is null;
        _names = names;
        return isUnknown;
    }

    public override SyntaxNode? VisitCatchClause(CatchClauseSyntax node)
    {
        var visited = (CatchClauseSyntax)base.VisitCatchClause(node)!;
        var type = node.Declaration is null ? null : model.GetTypeInfo(node.Declaration.Type).Type;
        if (node.Declaration is not null && type is not ({ Name: "Exception", ContainingNamespace.Name: "System" } or ITypeParameterSymbol))
        {
            return visited;
        }

        // The end of a run comes as an exception, which is nobody's to handle.
        var name = node.Declaration?.Identifier.Text is { Length: > 0 } given ? given : Fresh("error");
        var declared = node.Declaration is null ? "System.Exception" : visited.Declaration!.Type.ToString();
        var filter = visited.Filter is null ? "" : $" && ({visited.Filter.FilterExpression})";
        var clause = (TryStatementSyntax)Statement($"try {{ }} catch ({declared} {name}) when ({Twin}.MayCatch({name}){filter}) {{ }}");
        return clause.Catches[0].WithBlock(visited.Block);
    }

    public override SyntaxNode? VisitFixedStatement(FixedStatementSyntax node)
    {
        unseen.Add(node, "fixed");
        return base.VisitFixedStatement(node);
    }

    public override SyntaxNode? VisitArgument(ArgumentSyntax node)
    {
        if (!node.RefKindKeyword.IsKind(SyntaxKind.None) && node.Parent is not TupleExpressionSyntax && node.Expression is not DeclarationExpressionSyntax && PlaceOf(node.Expression) is not null)
        {
            unseen.Add(node, $"what is done through {node}");
            return node;
        }

        return base.VisitArgument(node);
    }

    public override SyntaxNode? VisitRefExpression(RefExpressionSyntax node)
    {
        if (PlaceOf(node.Expression) is not null)
        {
            unseen.Add(node, $"what is done through {node}");
            return node;
        }

        return base.VisitRefExpression(node);
    }

    public override SyntaxNode? VisitQueryExpression(QueryExpressionSyntax node)
    {
        unseen.Add(node, "a query expression");
        return node;
    }

    private string Braced(StatementSyntax statement) => statement is BlockSyntax ? Text(statement) : $"{{ {Text(statement)} }}";
}
