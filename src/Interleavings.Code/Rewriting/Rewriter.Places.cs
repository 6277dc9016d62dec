using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ConcurrencyLab.Interleavings.Code;

/// <summary>Places: what is written where, and whether tasks may share it.</summary>
internal sealed partial class Rewriter
{
    /// <summary>A place that can be read and written.</summary>
    /// <param name="First">The access, evaluating whatever it needs.</param>
    /// <param name="Again">The access again, when all that was evaluated.</param>
    /// <param name="Key">Arguments that say which place it is, the same: evaluating whatever they need.</param>
    /// <param name="KeyAgain">The same when that was evaluated.</param>
    /// <param name="Type">What it holds.</param>
    private sealed record Place(string First, string Again, string Key, string KeyAgain, ITypeSymbol? Type);

    /// <summary>The place that an expression means; null when no other task can change it.</summary>
    private Place? PlaceOf(ExpressionSyntax expression)
    {
        if (expression is ParenthesizedExpressionSyntax parenthesised)
        {
            return PlaceOf(parenthesised.Expression);
        }

        if (expression is ElementAccessExpressionSyntax element)
        {
            return TypeOf(element.Expression) is IArrayTypeSymbol ? ElementOf(element) : null;
        }

        if (expression is not (IdentifierNameSyntax or MemberAccessExpressionSyntax) || model.GetSymbolInfo(expression).Symbol is not { } symbol)
        {
            return null;
        }

        var type = symbol switch { IFieldSymbol field => field.Type, IPropertySymbol property => property.Type, ILocalSymbol local => local.Type, IParameterSymbol parameter => parameter.Type, _ => null };
        if (type is null || type.IsRefLikeType || type is IPointerTypeSymbol)
        {
            return null;
        }

        if (symbol is ILocalSymbol or IParameterSymbol)
        {
            return captured.Contains(symbol) ? Simple(expression, $"{CapturedVariables.Companion(symbol)}, {Quoted(symbol.Name)}", type) : null;
        }

        // A part of a struct is a part of the variable that holds the struct.
        if (expression is MemberAccessExpressionSyntax { Expression: var whole } && !symbol.IsStatic && symbol.ContainingType.IsValueType && symbol is IFieldSymbol or IPropertySymbol)
        {
            return IsVariableOf(symbol, withReadOnly: true) && PlaceOf(((MemberAccessExpressionSyntax)expression).Expression) is { } holder
                ? new Place($"{holder.First}.{symbol.Name}", $"{holder.Again}.{symbol.Name}", holder.Key, holder.KeyAgain, type)
                : null;
        }

        if (!IsVariableOf(symbol, withReadOnly: false))
        {
            return null;
        }

        if (symbol.IsStatic || symbol.ContainingType.IsScriptClass)
        {
            var owner = symbol.ContainingType.IsScriptClass ? "" : symbol.ContainingType.Name + ".";
            return Simple(expression, $"null, {Quoted(owner + symbol.Name)}", type);
        }

        if (expression is IdentifierNameSyntax || expression is MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax or BaseExpressionSyntax })
        {
            // The address of a struct is not known: all of its type count as one.
            return Simple(expression, symbol.ContainingType.IsValueType ? $"null, {Quoted(symbol.ContainingType.Name + "." + symbol.Name)}" : $"this, {Quoted(symbol.Name)}", type);
        }

        var (first, again) = Once(((MemberAccessExpressionSyntax)expression).Expression);
        return new Place($"{first}.{symbol.Name}", $"{again}.{symbol.Name}", $"{first}, {Quoted(symbol.Name)}", $"{again}, {Quoted(symbol.Name)}", type);
    }

    private static Place Simple(ExpressionSyntax expression, string key, ITypeSymbol type)
    {
        var text = expression.WithoutTrivia().ToString();
        return new Place(text, text, key, key, type);
    }

    private Place? ElementOf(ElementAccessExpressionSyntax element)
    {
        if (element.ArgumentList.Arguments.Any(argument => model.GetTypeInfo(argument.Expression).ConvertedType?.SpecialType is not (SpecialType.System_Int32 or SpecialType.System_Int64 or SpecialType.System_UInt32)))
        {
            // An Index or a Range.
            if (element.ArgumentList.Arguments is not [{ Expression: PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.IndexExpression } }])
            {
                unseen.Add(element, $"part of an array, {element}");
                return null;
            }
        }

        var array = Once(element.Expression);
        var indices = element.ArgumentList.Arguments.Select(argument => Once(argument.Expression)).ToList();
        var first = string.Join(", ", indices.Select(index => index.First));
        var again = string.Join(", ", indices.Select(index => index.Again));
        return new Place(
            $"{array.First}[{first}]", $"{array.Again}[{again}]",
            $"{array.First}, {Twin}.Index({array.Again}, {first})", $"{array.Again}, {Twin}.Index({array.Again}, {again})",
            ((IArrayTypeSymbol)TypeOf(element.Expression)!).ElementType);
    }

    /// <summary>A field, or a property that is nothing but one, of the reader's own source.</summary>
    private static bool IsVariableOf(ISymbol symbol, bool withReadOnly) => symbol switch
    {
        IFieldSymbol field => !field.IsConst && (withReadOnly || !field.IsReadOnly) && field.AssociatedSymbol is null && (IsSource(field) || field.ContainingType.IsTupleType),
        IPropertySymbol property => IsSource(property) && IsAutomatic(property) && (withReadOnly || property.SetMethod is { IsInitOnly: false }),
        _ => false,
    };

    private static bool IsSource(ISymbol symbol) => symbol.OriginalDefinition.Locations.Any(location => location.IsInSource);

    private static bool IsAutomatic(IPropertySymbol property) => !property.IsIndexer && !property.IsAbstract && property.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() switch
    {
        PropertyDeclarationSyntax { AccessorList: { } accessors } => accessors.Accessors.All(accessor => accessor.Body is null && accessor.ExpressionBody is null),
        ParameterSyntax => true, // of a record
        _ => false,
    };
}
