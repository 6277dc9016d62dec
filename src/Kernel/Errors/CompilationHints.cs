using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ConcurrencyLab.Kernel.Errors;

/// <summary>What to do about an error, where the compiler's words do not say it to somebody who writes cells.</summary>
internal static class CompilationHints
{
    private const int MostNamespaces = 3;

    /// <summary>One sentence; null when there is nothing to add.</summary>
    /// <param name="diagnostic">The error.</param>
    /// <param name="compilation">Where the compiler found it.</param>
    public static string? For(Diagnostic diagnostic, CSharpCompilation compilation)
    {
        if (diagnostic.Location.SourceTree is not { } tree || !compilation.ContainsSyntaxTree(tree)) return null;
        var node = tree.GetRoot().FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
        return diagnostic.Id switch
        {
            "CS0103" or "CS0246" => MissingUsing(node, compilation.GlobalNamespace),
            "CS1061" => MissingExtension(node, compilation),
            "CS0120" => OutsideOfCell(node, compilation.GetSemanticModel(tree)),
            "CS1109" or "CS9283" or "CS1106" => "In a cell an extension method stands outside of any class: static int Twice(this int number) => 2 * number;",
            _ => null,
        };
    }

    private static string? MissingUsing(SyntaxNode node, INamespaceSymbol all)
    {
        if (node.AncestorsAndSelf().OfType<SimpleNameSyntax>().FirstOrDefault() is not { Identifier.ValueText: { Length: > 0 } name } used) return null;
        string[] spellings = used.Parent is AttributeSyntax ? [name, name + "Attribute"] : [name];
        return Offer(Namespaces(all).Where(space => spellings.SelectMany(spelling => space.GetTypeMembers(spelling)).Any(type =>
            type.DeclaredAccessibility == Accessibility.Public && (used is not GenericNameSyntax generic || type.Arity == generic.Arity))));
    }

    private static string? MissingExtension(SyntaxNode node, CSharpCompilation compilation)
    {
        if (node.AncestorsAndSelf().OfType<MemberAccessExpressionSyntax>().FirstOrDefault() is not { } access
            || compilation.GetSemanticModel(access.SyntaxTree).GetTypeInfo(access.Expression).Type is not { TypeKind: not TypeKind.Error } receiver) return null;
        return Offer(Namespaces(compilation.GlobalNamespace).Where(space => space.GetTypeMembers()
            .Where(type => type is { DeclaredAccessibility: Accessibility.Public, MightContainExtensionMethods: true })
            .SelectMany(type => type.GetMembers(access.Name.Identifier.ValueText)).OfType<IMethodSymbol>()
            .Any(method => method is { DeclaredAccessibility: Accessibility.Public, IsExtensionMethod: true } && method.ReduceExtensionMethod(receiver) is not null)));
    }

    private static string? OutsideOfCell(SyntaxNode node, SemanticModel model)
    {
        var info = model.GetSymbolInfo(node);
        return (info.Symbol ?? info.CandidateSymbols.FirstOrDefault()) is { ContainingType.IsScriptClass: true } member
            ? $"A class does not see what cells declare outside of it: hand {member.Name} to its constructor or method, or declare it static in a class." : null;
    }

    private static string? Offer(IEnumerable<INamespaceSymbol> namespaces)
    {
        // The framework's own first, and of these the most general.
        var lines = namespaces.Where(space => !space.IsGlobalNamespace).Select(space => space.ToDisplayString())
            .OrderBy(name => name.StartsWith("System", StringComparison.Ordinal) ? 0 : 1).ThenBy(name => name.Length).Take(MostNamespaces).Select(name => $"using {name};").ToList();
        return lines.Count == 0 ? null : $"Add {string.Join(" or ", lines)}";
    }

    private static IEnumerable<INamespaceSymbol> Namespaces(INamespaceSymbol space) =>
        space.GetNamespaceMembers().SelectMany(Namespaces).Prepend(space);
}
