using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ConcurrencyLab.Interleavings.Code;

/// <summary>Reads and writes of variables. A compound assignment and a count are a read, the computation, and a write.</summary>
internal sealed partial class Rewriter
{
    private static string Reading(Place place, SyntaxNode at) => $"{Twin}.Seen({Twin}.Read({Line(at)}, {place.Key}), {place.Again})";

    private static string ReadingAgain(Place place, SyntaxNode at) => $"{Twin}.Seen({Twin}.Read({Line(at)}, {place.KeyAgain}), {place.Again})";

    /// <summary>Evaluates the place, then the value, then takes the step, then writes.</summary>
    private string Writing(Place place, string value, SyntaxNode at) =>
        $"{place.First} = {Twin}.Write{Of(place.Type, at)}({value}, {Line(at)}, {place.KeyAgain})";

    private string Cast(Place place, string value, SyntaxNode at) => Named(place.Type, at) is { } type ? $"({type})({value})" : value;

    public override SyntaxNode? VisitIdentifierName(IdentifierNameSyntax node) => IsOnlyName(node) ? node : Read(node) ?? node;

    public override SyntaxNode? VisitMemberAccessExpression(MemberAccessExpressionSyntax node)
    {
        if (IsNameOf(node))
        {
            return node;
        }

        return Read(node) ?? PropertyRead(node, node.Expression) ?? base.VisitMemberAccessExpression(node);
    }

    public override SyntaxNode? VisitElementAccessExpression(ElementAccessExpressionSyntax node) =>
        Read(node) ?? IndexerRead(node) ?? base.VisitElementAccessExpression(node);

    private ExpressionSyntax? Read(ExpressionSyntax node)
    {
        if (IsTarget(node) || PlaceOf(node) is not { } place)
        {
            return null;
        }

        return Expression(Reading(place, node)).WithTriviaFrom(node);
    }

    public override SyntaxNode? VisitAssignmentExpression(AssignmentExpressionSyntax node)
    {
        if (node.Parent is InitializerExpressionSyntax { RawKind: (int)SyntaxKind.ObjectInitializerExpression or (int)SyntaxKind.WithInitializerExpression })
        {
            // Of an object that nobody else has yet.
            return node.Right is InitializerExpressionSyntax ? base.VisitAssignmentExpression(node) : node.WithRight((ExpressionSyntax)Visit(node.Right)!);
        }

        if (node.Left is TupleExpressionSyntax or DeclarationExpressionSyntax)
        {
            return Deconstruction(node);
        }

        if (node.Left is IdentifierNameSyntax or MemberAccessExpressionSyntax && model.GetSymbolInfo(node.Left).Symbol is IEventSymbol && !node.IsKind(SyntaxKind.SimpleAssignmentExpression))
        {
            unseen.Add(node, $"the event {node.Left}");
            return node.WithRight((ExpressionSyntax)Visit(node.Right)!);
        }

        if (PlaceOf(node.Left) is not { } place)
        {
            return IndexerWrite(node) ?? base.VisitAssignmentExpression(node);
        }

        var right = Text(node.Right);
        var text = node.Kind() switch
        {
            SyntaxKind.SimpleAssignmentExpression => Writing(place, right, node),
            SyntaxKind.CoalesceAssignmentExpression => $"({Reading(place, node)} ?? ({place.Again} = {Twin}.Write{Of(place.Type, node)}({right}, {Line(node)}, {place.KeyAgain})))",
            _ => Writing(place, Cast(place, $"{ReadingAgain(place, node)} {OperatorOf(node)} ({right})", node), node),
        };
        return Standing(text, node).WithTriviaFrom(node);
    }

    public override SyntaxNode? VisitPostfixUnaryExpression(PostfixUnaryExpressionSyntax node) =>
        Counting(node, node.Operand, node.OperatorToken, old: true) ?? base.VisitPostfixUnaryExpression(node);

    public override SyntaxNode? VisitPrefixUnaryExpression(PrefixUnaryExpressionSyntax node)
    {
        if (node.IsKind(SyntaxKind.AddressOfExpression))
        {
            unseen.Add(node, $"the address of {node.Operand}");
        }

        return Counting(node, node.Operand, node.OperatorToken, old: false) ?? base.VisitPrefixUnaryExpression(node);
    }

    private ExpressionSyntax? Counting(ExpressionSyntax node, ExpressionSyntax operand, SyntaxToken token, bool old)
    {
        if (!token.IsKind(SyntaxKind.PlusPlusToken) && !token.IsKind(SyntaxKind.MinusMinusToken))
        {
            return null;
        }

        var step = token.IsKind(SyntaxKind.PlusPlusToken) ? "+ 1" : "- 1";
        if (PlaceOf(operand) is not { } place)
        {
            return IndexerCount(node, operand, step, old);
        }

        var was = Fresh("was");
        var next = Cast(place, $"{was} {step}", node);
        var kept = $"{Twin}.Keep({ReadingAgain(place, node)}, out var {was})";
        // The old value is what is left of the new one.
        return Standing(old && !IsStatement(node)
            ? $"{Twin}.First({Twin}.Keep({Reading(place, node)}, out var {was}), {place.Again} = {Twin}.Write{Of(place.Type, node)}({next}, {Line(node)}, {place.KeyAgain}))"
            : $"{place.First} = {Twin}.Write{Of(place.Type, node)}({Twin}.Then({kept}, {next}), {Line(node)}, {place.KeyAgain})", node).WithTriviaFrom(node);
    }

    private SyntaxNode Deconstruction(AssignmentExpressionSyntax node)
    {
        if (node.Left is TupleExpressionSyntax left && left.Arguments.Any(argument => PlaceOf(argument.Expression) is not null))
        {
            // Everything on the right first, then a write for each on the left.
            var value = Fresh("all");
            var parts = left.Arguments.Select((argument, i) => (argument.Expression, Value: $"{value}.Item{i + 1}")).ToList();
            if (TypeOf(node.Right) is INamedTypeSymbol { IsTupleType: true } && left.Arguments.Count < 8
                && parts.All(part => part.Expression is not (DeclarationExpressionSyntax or TupleExpressionSyntax)) && IsStatement(node))
            {
                var writes = parts.Select(part => PlaceOf(part.Expression) is { } place ? Writing(place, part.Value, node) : $"{Text(part.Expression)} = {part.Value}");
                return Expression($"{Twin}.All({Twin}.Keep({TupleOf(left, node.Right)}, out var {value}), {string.Join(", ", writes)})").WithTriviaFrom(node);
            }

            unseen.Add(node, $"deconstruction into {node.Left}");
        }

        return node.WithRight((ExpressionSyntax)Visit(node.Right)!);
    }

    /// <summary>The right side with the types of the left one.</summary>
    private string TupleOf(TupleExpressionSyntax left, ExpressionSyntax right)
    {
        var types = left.Arguments.Select(argument => Named(TypeOf(argument.Expression), right)).ToList();
        var names = types.All(type => type is not null) ? $"<({string.Join(", ", types)})>" : "";
        return $"{Twin}.Value{names}({Text(right)})";
    }

    private static string OperatorOf(AssignmentExpressionSyntax node) => node.OperatorToken.Text[..^1];

    private static bool IsStatement(SyntaxNode node) => node.Parent is ExpressionStatementSyntax || node.Parent is ForStatementSyntax loop && loop.Condition != node;

    /// <summary>As it can stand where the original stood: alone as a statement, or as a part of something larger.</summary>
    private static ExpressionSyntax Standing(string text, ExpressionSyntax node) => Expression(
        IsStatement(node) || node.Parent is LambdaExpressionSyntax or ArrowExpressionClauseSyntax ? text.StartsWith('(') ? $"{Twin}.Value({text})" : text
        : node.Parent is ArgumentSyntax or EqualsValueClauseSyntax or ReturnStatementSyntax or ParenthesizedExpressionSyntax || text.StartsWith('(') ? text : $"({text})");

    /// <summary>What is written or referred to here, and so not read.</summary>
    private static bool IsTarget(ExpressionSyntax node) => node.Parent switch
    {
        AssignmentExpressionSyntax assignment => assignment.Left == node,
        PrefixUnaryExpressionSyntax prefix => prefix.Kind() is SyntaxKind.PreIncrementExpression or SyntaxKind.PreDecrementExpression or SyntaxKind.AddressOfExpression,
        PostfixUnaryExpressionSyntax postfix => postfix.Kind() is SyntaxKind.PostIncrementExpression or SyntaxKind.PostDecrementExpression,
        ArgumentSyntax { Parent: TupleExpressionSyntax { Parent: AssignmentExpressionSyntax assignment } tuple } => assignment.Left == tuple,
        ArgumentSyntax argument => !argument.RefKindKeyword.IsKind(SyntaxKind.None),
        RefExpressionSyntax => true,
        _ => false,
    };

    /// <summary>A name that stands for no value.</summary>
    private static bool IsOnlyName(IdentifierNameSyntax node) => IsNameOf(node) || node.Parent switch
    {
        MemberAccessExpressionSyntax member => member.Name == node,
        MemberBindingExpressionSyntax or NameColonSyntax or NameEqualsSyntax or QualifiedNameSyntax or ExpressionColonSyntax => true,
        AssignmentExpressionSyntax { Parent: InitializerExpressionSyntax } assignment => assignment.Left == node,
        _ => false,
    };

    private static bool IsNameOf(SyntaxNode node) => node.Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.Text: "nameof" } } };
}
