using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ConcurrencyLab.Interleavings.Code;

/// <summary>
/// Uses of collections: a step where one begins and, for those that are not made to be shared, one where it ends. Another use
/// in between is the data race that an exception, a lost item or an endless loop would be for real.
/// </summary>
internal sealed partial class Rewriter
{
    /// <summary>Takes the step that begins a use and gives the object.</summary>
    private static string Begin(SyntaxNode at, string receiver, string name, bool write, string owner) =>
        $"{Twin}.Begin({Line(at)}, {receiver}, {Quoted(name)}, {(write ? "true" : "false")}, out var {owner})";

    private ExpressionSyntax CollectionCall(InvocationExpressionSyntax node, IMethodSymbol method, string receiver)
    {
        var owner = Fresh("o");
        var write = !KnownMembers.OnlyLooks(method);
        var name = node.Expression is MemberAccessExpressionSyntax member ? member.Name.ToString() : ((MemberBindingExpressionSyntax)node.Expression).Name.ToString();
        var arguments = node.ArgumentList.Arguments;
        var texts = arguments.Select(Text).ToList();
        // The step comes after all that the call needs.
        var last = arguments.LastIndexOf(argument => argument.RefKindKeyword.IsKind(SyntaxKind.None) && argument.Expression is not AnonymousFunctionExpressionSyntax && CanBeKept(argument));
        string call;
        if (last < 0)
        {
            call = $"{Begin(node, receiver, method.Name, write, owner)}.{name}({string.Join(", ", texts)})";
        }
        else
        {
            var type = model.GetTypeInfo(arguments[last].Expression).ConvertedType;
            var label = arguments[last].NameColon?.ToString() ?? "";
            texts[last] = $"{label}{Twin}.Begin{Of(type, node)}({Line(node)}, {owner}, {Quoted(method.Name)}, {(write ? "true" : "false")}, {Text(arguments[last].Expression)})";
            call = $"{Twin}.Keep({receiver}, out var {owner}).{name}({string.Join(", ", texts)})";
        }

        if (!method.ReturnsVoid)
        {
            return Expression($"{Twin}.End({call}, {owner})").WithTriviaFrom(node);
        }

        // A call without a value ends with the next thing that its task does.
        return Expression(call).WithTriviaFrom(node);
    }

    private bool CanBeKept(ArgumentSyntax argument) => model.GetTypeInfo(argument.Expression).ConvertedType is { IsRefLikeType: false } type && Named(type, argument) is not null;

    private ExpressionSyntax? IndexerRead(ElementAccessExpressionSyntax node)
    {
        if (IsTarget(node) || IndexerOf(node) is not { } property)
        {
            return null;
        }

        var owner = Fresh("o");
        var arguments = node.ArgumentList.Arguments;
        var type = model.GetTypeInfo(arguments[^1].Expression).ConvertedType;
        var before = arguments.Take(arguments.Count - 1).Select(argument => Text(argument) + ", ");
        return Expression($"{Twin}.End({Twin}.Keep({Text(node.Expression)}, out var {owner})[{string.Concat(before)}{Twin}.Begin{Of(type, node)}({Line(node)}, {owner}, {Quoted(property.Name)}, false, {Text(arguments[^1].Expression)})], {owner})").WithTriviaFrom(node);
    }

    private ExpressionSyntax? IndexerWrite(AssignmentExpressionSyntax node)
    {
        if (node.Left is not ElementAccessExpressionSyntax element || IndexerOf(element) is not { } property)
        {
            return null;
        }

        var (owner, key, first) = Kept(element);
        var type = property.Type;
        var look = $"{Twin}.End({Begin(node, owner, "[]", write: false, Fresh("o"))}[{key}], {owner})";
        var value = node.Kind() switch
        {
            SyntaxKind.SimpleAssignmentExpression => Text(node.Right),
            SyntaxKind.CoalesceAssignmentExpression => $"{look} ?? {Text(node.Right)}",
            _ => Named(type, node) is { } cast ? $"({cast})({look} {OperatorOf(node)} ({Text(node.Right)}))" : $"{look} {OperatorOf(node)} ({Text(node.Right)})",
        };
        return Expression($"{Twin}.End({first} = {Twin}.Begin{Of(type, node)}({Line(node)}, {owner}, \"[]\", true, {value}), {owner})").WithTriviaFrom(node);
    }

    private ExpressionSyntax? IndexerCount(ExpressionSyntax node, ExpressionSyntax operand, string step, bool old)
    {
        if (operand is not ElementAccessExpressionSyntax element || IndexerOf(element) is not { } property)
        {
            return null;
        }

        var (owner, key, first) = Kept(element);
        var was = Fresh("was");
        var look = $"{Twin}.Keep({Twin}.End({Begin(node, owner, "[]", write: false, Fresh("o"))}[{key}], {owner}), out var {was})";
        var next = Named(property.Type, node) is { } cast ? $"({cast})({was} {step})" : $"{was} {step}";
        var write = $"{Twin}.End({first} = {Twin}.Begin{Of(property.Type, node)}({Line(node)}, {owner}, \"[]\", true, {Twin}.Then({look}, {next})), {owner})";
        return Expression(old && !IsStatement(node) ? $"{Twin}.Was({write}, {was})" : write).WithTriviaFrom(node);
    }

    /// <summary>A collection and its index, each evaluated once.</summary>
    private (string Owner, string Key, string First) Kept(ElementAccessExpressionSyntax element)
    {
        var owner = Fresh("o");
        var indices = element.ArgumentList.Arguments.Select(argument => Once(argument.Expression)).ToList();
        return (owner, string.Join(", ", indices.Select(index => index.Again)), $"{Twin}.Keep({Text(element.Expression)}, out var {owner})[{string.Join(", ", indices.Select(index => index.First))}]");
    }

    private IPropertySymbol? IndexerOf(ElementAccessExpressionSyntax node) =>
        model.GetSymbolInfo(node).Symbol is IPropertySymbol { IsIndexer: true } property && KnownMembers.SharingOf(property) is KnownMembers.Sharing.Atomic or KnownMembers.Sharing.OneAtATime ? property : null;

    // a?.M(), a?.x

    private readonly Stack<string> _bound = new();

    public override SyntaxNode? VisitConditionalAccessExpression(ConditionalAccessExpressionSyntax node)
    {
        var type = TypeOf(node);
        var name = Fresh("o");
        var receiver = $"{Twin}.Keep({Text(node.Expression)}, out var {name})";
        var nullable = TypeOf(node.Expression) is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T };
        _bound.Push(nullable ? name + ".Value" : name);
        var then = Text(node.WhenNotNull);
        _bound.Pop();
        if (type is null or { SpecialType: SpecialType.System_Void } || IsStatement(node))
        {
            return Expression($"{Twin}.IfThere({receiver} is not null, () => {then})").WithTriviaFrom(node);
        }

        return Named(type, node) is { } cast
            ? Expression($"({receiver} is null ? default({cast}) : ({cast})({then}))").WithTriviaFrom(node)
            : Expression($"({receiver} is null ? null : {then})").WithTriviaFrom(node);
    }

    public override SyntaxNode? VisitMemberBindingExpression(MemberBindingExpressionSyntax node)
    {
        if (_bound.Count == 0)
        {
            return base.VisitMemberBindingExpression(node);
        }

        var owner = _bound.Peek();
        var symbol = model.GetSymbolInfo(node).Symbol;
        if (node.Parent is not InvocationExpressionSyntax && symbol is IFieldSymbol or IPropertySymbol)
        {
            if (symbol.ContainingType.IsReferenceType && IsVariableOf(symbol, withReadOnly: false))
            {
                return Expression($"{Twin}.Seen({Twin}.Read({Line(node)}, {owner}, {Quoted(symbol.Name)}), {owner}.{symbol.Name})");
            }

            if (TwinOf(symbol, 0, onObject: true) is { } twin)
            {
                return Expression($"{twin}({Line(node)}, {owner})");
            }
        }

        return Expression($"{owner}.{node.Name}");
    }

    public override SyntaxNode? VisitElementBindingExpression(ElementBindingExpressionSyntax node) =>
        _bound.Count == 0 ? base.VisitElementBindingExpression(node) : Expression($"{_bound.Peek()}[{string.Join(", ", node.ArgumentList.Arguments.Select(Text))}]");
}
