using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ConcurrencyLab.Interleavings.Code;

/// <summary>
/// Calls. A member <c>M</c> of a framework type <c>X</c> becomes the static method <c>TwinX.M</c>, which takes the line and the
/// object first: what is in that class is all there is to say of a type. What has no twin and would matter is named.
/// </summary>
internal sealed partial class Rewriter
{
    public override SyntaxNode? VisitInvocationExpression(InvocationExpressionSyntax node)
    {
        if (model.GetSymbolInfo(node).Symbol is not IMethodSymbol method)
        {
            if (TypeOf(node.Expression)?.TypeKind == TypeKind.Dynamic)
            {
                unseen.Add(node, $"the dynamic call {node.Expression}");
            }

            return base.VisitInvocationExpression(node);
        }

        if (method.ContainingType is { Name: "Interlocked" or "Volatile" } && method.ContainingNamespace?.ToDisplayString() == "System.Threading" && node.ArgumentList.Arguments.Count > 0)
        {
            return Atomically(node, method) ?? base.VisitInvocationExpression(node);
        }

        var receiver = method.IsStatic && method.MethodKind != MethodKind.ReducedExtension ? null : ReceiverOf(node.Expression);
        var owner = method.ReducedFrom ?? method;
        if (TwinOf(owner, node.ArgumentList.Arguments.Count, receiver is not null) is { } twin)
        {
            var types = node.Expression is GenericNameSyntax generic || node.Expression is MemberAccessExpressionSyntax { Name: GenericNameSyntax } ? TypeArgumentsOf(node.Expression) : "";
            return Expression($"{twin}{types}({string.Join(", ", new[] { Line(node), receiver }.OfType<string>().Concat(node.ArgumentList.Arguments.Select(Text)))})").WithTriviaFrom(node);
        }

        var sharing = KnownMembers.SharingOf(owner);
        if (receiver is not null && sharing is KnownMembers.Sharing.Atomic or KnownMembers.Sharing.OneAtATime && node.Expression is MemberAccessExpressionSyntax or MemberBindingExpressionSyntax)
        {
            return CollectionCall(node, method, receiver);
        }

        Note(node, owner, sharing);
        if (CallerTexts(node, owner) is { Length: > 0 } texts)
        {
            var visited = (InvocationExpressionSyntax)base.VisitInvocationExpression(node)!;
            return visited.AddArgumentListArguments(texts);
        }

        return IsSource(owner) ? base.VisitInvocationExpression(node) : WithWholeArguments(node, method);
    }

    /// <summary>What the compiler fills in of the source, which is not that of the twin.</summary>
    private static ArgumentSyntax[] CallerTexts(InvocationExpressionSyntax node, IMethodSymbol method)
    {
        var arguments = node.ArgumentList.Arguments;
        return [.. method.Parameters.Skip(arguments.Count).Select(parameter => (parameter.Name, Of: (parameter.GetAttributes().FirstOrDefault(attribute => attribute.AttributeClass?.Name == "CallerArgumentExpressionAttribute")?.ConstructorArguments)?.FirstOrDefault().Value as string))
            .Select(parameter => (parameter.Name, Index: method.Parameters.IndexOf(method.Parameters.FirstOrDefault(other => other.Name == parameter.Of)!)))
            .Where(parameter => parameter.Index >= 0 && parameter.Index < arguments.Count)
            .Select(parameter => SyntaxFactory.Argument(SyntaxFactory.NameColon(parameter.Name), default, SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(arguments[parameter.Index].Expression.ToString()))))];
    }

    public override SyntaxNode? VisitObjectCreationExpression(ObjectCreationExpressionSyntax node) =>
        Creation(node, node.ArgumentList) ?? base.VisitObjectCreationExpression(node);

    public override SyntaxNode? VisitImplicitObjectCreationExpression(ImplicitObjectCreationExpressionSyntax node) =>
        Creation(node, node.ArgumentList) ?? base.VisitImplicitObjectCreationExpression(node);

    private ExpressionSyntax? Creation(BaseObjectCreationExpressionSyntax node, ArgumentListSyntax? list)
    {
        if (model.GetSymbolInfo(node).Symbol is not IMethodSymbol { ContainingType: { } type } constructor)
        {
            return null;
        }

        if (KnownMembers.IsChance(constructor))
        {
            unseen.AddChance(node, "new Random()");
        }

        if (IsSource(type))
        {
            return null;
        }

        var arguments = list?.Arguments ?? default;
        if (TwinClassOf(type)?.GetMembers("New").OfType<IMethodSymbol>().Any(made => Fits(made, arguments.Count, 1)) == true)
        {
            // The type arguments are those of the type.
            var types = type.IsGenericType ? Named(type, node) is { } name ? name[name.IndexOf('<', StringComparison.Ordinal)..] : "" : "";
            var made = $"global::{Namespace}.Twin{type.Name}.New{types}({string.Join(", ", arguments.Select(Text).Prepend(Line(node)))})";
            return Expression(node.Initializer is { } initial ? $"{Twin}.Keep({made}, out _)" : made).WithTriviaFrom(node);
        }

        if (type.ContainingNamespace.ToDisplayString() is "System.Threading" or "System.Timers" && type.Name is "Timer" or "PeriodicTimer" or "SpinLock" or "ThreadLocal" or "ReaderWriterLock")
        {
            unseen.Add(node, $"a {type.Name}");
        }

        return null;
    }

    /// <summary>Reading a property of a framework type.</summary>
    private SyntaxNode? PropertyRead(MemberAccessExpressionSyntax node, ExpressionSyntax receiver)
    {
        if (IsTarget(node) || model.GetSymbolInfo(node).Symbol is not IPropertySymbol property || IsSource(property))
        {
            return model.GetSymbolInfo(node).Symbol is IFieldSymbol { IsConst: false } field && !IsSource(field) && KnownMembers.IsChance(field) ? Chanced(node, field) : null;
        }

        if (TwinOf(property, 0, !property.IsStatic) is { } twin)
        {
            return Expression($"{twin}({(property.IsStatic ? Line(node) : $"{Line(node)}, {Text(receiver)}")})").WithTriviaFrom(node);
        }

        var sharing = KnownMembers.SharingOf(property);
        if (!property.IsStatic && sharing is KnownMembers.Sharing.Atomic or KnownMembers.Sharing.OneAtATime)
        {
            var owner = Fresh("o");
            return Expression($"{Twin}.End({Begin(node, Text(receiver), property.Name, write: false, owner)}.{property.Name}, {owner})").WithTriviaFrom(node);
        }

        Note(node, property, sharing);
        return null;
    }

    private SyntaxNode? Chanced(SyntaxNode node, ISymbol symbol)
    {
        Note(node, symbol, KnownMembers.Sharing.Harmless);
        return null;
    }

    private void Note(SyntaxNode node, ISymbol member, KnownMembers.Sharing sharing)
    {
        if (KnownMembers.IsChance(member))
        {
            unseen.AddChance(node, $"{member.ContainingType.Name}.{member.Name}");
        }

        if (sharing == KnownMembers.Sharing.NotSeen)
        {
            unseen.Add(node, $"{member.ContainingType.Name}.{member.Name}");
        }
    }

    /// <summary>Interlocked and Volatile, of a place that tasks share.</summary>
    private ExpressionSyntax? Atomically(InvocationExpressionSyntax node, IMethodSymbol method)
    {
        var arguments = node.ArgumentList.Arguments;
        if (arguments[0].RefKindKeyword.IsKind(SyntaxKind.None) || PlaceOf(arguments[0].Expression) is not { } place)
        {
            return null;
        }

        if (method.ContainingType.Name == "Volatile")
        {
            return Expression(method.Name == "Read" ? Reading(place, node) : Writing(place, Text(arguments[1]), node)).WithTriviaFrom(node);
        }

        // Whether a comparison will fail is known only where it takes place; a struct's own fields cannot be looked at from there.
        var look = model.GetEnclosingSymbol(node.SpanStart)?.ContainingType?.IsValueType == true ? "null" : $"() => {place.Again}";
        var type = method.Name is "Exchange" or "CompareExchange" ? Of(place.Type, node) : "";
        string[] call = [Line(node), place.Key, $"ref {place.Again}", look, .. arguments.Skip(1).Select(Text)];
        return Expression($"global::{Namespace}.TwinInterlocked.{method.Name}{type}({string.Join(", ", call)})").WithTriviaFrom(node);
    }

    /// <summary>Collections that are handed to code which goes through them.</summary>
    private InvocationExpressionSyntax WithWholeArguments(InvocationExpressionSyntax node, IMethodSymbol method)
    {
        var visited = (InvocationExpressionSyntax)base.VisitInvocationExpression(node)!;
        var arguments = visited.ArgumentList.Arguments;
        for (var i = 0; i < arguments.Count; i++)
        {
            if (KnownMembers.IsCollection(TypeOf(node.ArgumentList.Arguments[i].Expression)) && arguments[i].RefKindKeyword.IsKind(SyntaxKind.None))
            {
                arguments = arguments.Replace(arguments[i], arguments[i].WithExpression(Whole(node, arguments[i].Expression)));
            }
        }

        visited = visited.WithArgumentList(visited.ArgumentList.WithArguments(arguments));
        return method.MethodKind == MethodKind.ReducedExtension && visited.Expression is MemberAccessExpressionSyntax member && node.Expression is MemberAccessExpressionSyntax written && KnownMembers.IsCollection(TypeOf(written.Expression))
            ? visited.WithExpression(member.WithExpression(Whole(node, member.Expression)))
            : visited;
    }

    private static ExpressionSyntax Whole(SyntaxNode at, ExpressionSyntax visited) => Expression($"{Twin}.Whole({Line(at)}, {visited.WithoutTrivia().ToFullString()})");

    /// <summary>The method that stands for a member; null when there is none.</summary>
    private string? TwinOf(ISymbol member, int arguments, bool onObject)
    {
        if (IsSource(member) || TwinClassOf(member.ContainingType) is not { } twin)
        {
            return null;
        }

        return twin.GetMembers(member.Name).OfType<IMethodSymbol>().Any(made => Fits(made, arguments, onObject ? 2 : 1)) ? $"global::{Namespace}.{twin.Name}.{member.Name}" : null;
    }

    private INamedTypeSymbol? TwinClassOf(INamedTypeSymbol? type) =>
        type?.ContainingNamespace?.ToDisplayString().StartsWith("System", StringComparison.Ordinal) == true && type.ContainingType is null
            ? model.Compilation.GetTypeByMetadataName($"{Namespace}.Twin{type.Name}") : null;

    private static bool Fits(IMethodSymbol made, int arguments, int before) =>
        made.Parameters.Length - before >= arguments && made.Parameters.Skip(before + arguments).All(parameter => parameter.IsOptional || parameter.IsParams)
        || made.Parameters.Length > before && made.Parameters[^1].IsParams && made.Parameters.Length - before <= arguments + 1;

    private static string TypeArgumentsOf(ExpressionSyntax called) =>
        ((called as GenericNameSyntax ?? (GenericNameSyntax)((MemberAccessExpressionSyntax)called).Name).TypeArgumentList).ToString();

    /// <summary>The rewritten object on which something is called.</summary>
    private string? ReceiverOf(ExpressionSyntax called) => called switch
    {
        MemberAccessExpressionSyntax member => Text(member.Expression),
        MemberBindingExpressionSyntax when _bound.Count > 0 => _bound.Peek(),
        _ => null,
    };
}
