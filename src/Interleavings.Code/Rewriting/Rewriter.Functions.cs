using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ConcurrencyLab.Interleavings.Code;

/// <summary>Methods, local functions, lambdas: asynchronous ones say when they end, all of them say when they call themselves for ever.</summary>
internal sealed partial class Rewriter
{
    public override SyntaxNode? VisitMethodDeclaration(MethodDeclarationSyntax node)
    {
        var visited = (MethodDeclarationSyntax)base.VisitMethodDeclaration(node)!;
        if (model.GetDeclaredSymbol(node) is not { } method)
        {
            return visited;
        }

        var (body, expression) = Function(node, method, visited.Body, visited.ExpressionBody?.Expression);
        visited = visited.WithBody(body).WithExpressionBody(expression is null ? null : SyntaxFactory.ArrowExpressionClause(expression)).WithSemicolonToken(expression is null && body is not null ? default : visited.SemicolonToken);
        return BuilderOf(method, node) is { } builder ? visited.WithAttributeLists(visited.AttributeLists.Add(builder)) : visited;
    }

    public override SyntaxNode? VisitLocalFunctionStatement(LocalFunctionStatementSyntax node)
    {
        var visited = (LocalFunctionStatementSyntax)base.VisitLocalFunctionStatement(node)!;
        if (model.GetDeclaredSymbol(node) is not IMethodSymbol method)
        {
            return visited;
        }

        var (body, expression) = Function(node, method, visited.Body, visited.ExpressionBody?.Expression);
        visited = visited.WithBody(body).WithExpressionBody(expression is null ? null : SyntaxFactory.ArrowExpressionClause(expression)).WithSemicolonToken(expression is null && body is not null ? default : visited.SemicolonToken);
        return BuilderOf(method, node) is { } builder ? visited.WithAttributeLists(visited.AttributeLists.Add(builder)) : visited;
    }

    public override SyntaxNode? VisitSimpleLambdaExpression(SimpleLambdaExpressionSyntax node)
    {
        var visited = (SimpleLambdaExpressionSyntax)base.VisitSimpleLambdaExpression(node)!;
        var inBrackets = SyntaxFactory.ParenthesizedLambdaExpression(
            visited.AttributeLists, visited.Modifiers, null, SyntaxFactory.ParameterList(SyntaxFactory.SingletonSeparatedList(visited.Parameter)), visited.ArrowToken, visited.Block, visited.ExpressionBody);
        return Lambda(node, inBrackets).WithTriviaFrom(node);
    }

    public override SyntaxNode? VisitParenthesizedLambdaExpression(ParenthesizedLambdaExpressionSyntax node) =>
        Lambda(node, (ParenthesizedLambdaExpressionSyntax)base.VisitParenthesizedLambdaExpression(node)!);

    public override SyntaxNode? VisitConstructorDeclaration(ConstructorDeclarationSyntax node)
    {
        var visited = (ConstructorDeclarationSyntax)base.VisitConstructorDeclaration(node)!;
        return visited.Body is { } body && model.GetDeclaredSymbol(node) is { } method ? visited.WithBody(WithParameters(method, body)) : visited;
    }

    private ParenthesizedLambdaExpressionSyntax Lambda(LambdaExpressionSyntax node, ParenthesizedLambdaExpressionSyntax visited)
    {
        if (model.GetSymbolInfo(node).Symbol is not IMethodSymbol method || method.Parameters.Any(parameter => parameter.RefKind != RefKind.None))
        {
            return visited;
        }

        var (body, expression) = Function(node, method, visited.Block, visited.ExpressionBody);
        if (BuilderOf(method, node) is not { } builder)
        {
            return visited.WithBlock(body).WithExpressionBody(expression);
        }

        // A lambda itself could say how it completes only with a type for each of its parameters.
        if (Named(method.ReturnType, node) is not { } type)
        {
            unseen.Add(node, "when an asynchronous lambda completes");
            return visited.WithBlock(body).WithExpressionBody(expression);
        }

        var name = Fresh("async");
        var inside = body is null ? $" => {expression};" : body.ToString();
        return visited.WithModifiers(SyntaxFactory.TokenList(visited.Modifiers.Where(modifier => !modifier.IsKind(SyntaxKind.AsyncKeyword)))).WithAsyncKeyword(default).WithExpressionBody(null)
            .WithBlock((BlockSyntax)Statement($"{{ {builder}async {type} {name}() {inside} return {name}(); }}"));
    }

    /// <summary>The body of a function with what all of them get.</summary>
    private (BlockSyntax? Body, ExpressionSyntax? Expression) Function(SyntaxNode node, IMethodSymbol method, BlockSyntax? body, ExpressionSyntax? expression)
    {
        if (expression is not null && !IsVoidAsync(method) && !method.Parameters.Any(captured.Contains))
        {
            return (null, expression);
        }

        if (expression is not null)
        {
            body = (BlockSyntax)Statement(ReturnsNothing(method) ? $"{{ {expression}; }}" : $"{{ return {expression}; }}");
        }

        if (body is null)
        {
            return (body, expression);
        }

        body = WithParameters(method, body);
        if (IsVoidAsync(method))
        {
            // What such a method throws ends the process: nobody can catch it.
            body = (BlockSyntax)Statement($"{{ try {body} catch (System.Exception __crash) {{ {Twin}.Crash({Line(node)}, __crash); }} }}");
        }

        return (IsIterator(node) ? body : body.WithStatements(body.Statements.Insert(0, Statement($"{Twin}.Enter({Line(node)});"))), null);
    }

    private BlockSyntax WithParameters(IMethodSymbol method, BlockSyntax body) => body.WithStatements(body.Statements.InsertRange(0,
        method.Parameters.Where(captured.Contains).Select(parameter => Statement($"var __of_{parameter.Name} = {Twin}.Variable({Quoted(parameter.Name)});"))));

    /// <summary>Completing the task of an asynchronous function is a step.</summary>
    private static AttributeListSyntax? BuilderOf(IMethodSymbol method, SyntaxNode node)
    {
        if (!method.IsAsync || method.ReturnsVoid || method.ReturnType is not INamedTypeSymbol { Name: "Task" or "ValueTask" } type)
        {
            return null;
        }

        var builder = $"global::{Namespace}.Twin{type.Name}Builder{(type.IsGenericType ? "<>" : "")}";
        var attributes = SyntaxFactory.ParseCompilationUnit($"[System.Runtime.CompilerServices.AsyncMethodBuilder(typeof({builder}))] class C {{ }}").Members[0].AttributeLists[0];
        return attributes.WithLeadingTrivia(SyntaxFactory.Space).WithTrailingTrivia(SyntaxFactory.Space);
    }

    private static bool IsVoidAsync(IMethodSymbol method) => method is { IsAsync: true, ReturnsVoid: true };

    private static bool ReturnsNothing(IMethodSymbol method) => method.ReturnsVoid || method.IsAsync && method.ReturnType is INamedTypeSymbol { IsGenericType: false };

    private static bool IsIterator(SyntaxNode node) => node.DescendantNodes(inside => inside == node || inside is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)).OfType<YieldStatementSyntax>().Any();
}
