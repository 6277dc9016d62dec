using System.Globalization;
using ConcurrencyLab.Kernel.Compilation;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ConcurrencyLab.Kernel.Language;

/// <summary>
/// What the compiler alone knows about a cell that is being written: the answers until the editor's services are loaded,
/// and when these fail.
/// </summary>
internal sealed class BinderAnswers(SubmissionChain chain)
{
    /// <summary>What could stand at a place.</summary>
    /// <param name="code">The cell.</param>
    /// <param name="index">UTF-16 index of the cursor.</param>
    public Completions Complete(string code, int index)
    {
        var start = index;
        while (start > 0 && SyntaxFacts.IsIdentifierPartCharacter(code[start - 1])) start--;
        var end = index;
        while (end < code.Length && SyntaxFacts.IsIdentifierPartCharacter(code[end])) end++;
        var typed = code[start..index];
        var (model, root) = Bind(code);
        var token = root.FindToken(Math.Max(0, start - 1));
        if (DraftCell.IsProse(root, index))
            return new Completions(start, end, []);

        var symbols = token.IsKind(SyntaxKind.DotToken) && token.Span.End <= start ? Members(model, token, start) : model.LookupSymbols(start);
        var items = symbols
            .Where(symbol => symbol.CanBeReferencedByName && symbol.Name.StartsWith(typed, StringComparison.OrdinalIgnoreCase)
                && !IsHidden(symbol))
            .GroupBy(symbol => symbol.Name)
            .Select(same => new Completion(same.Key, KindOf(same.First()), same.First().ToMinimalDisplayString(model, start, Completion.SignatureFormat)))
            .Concat(token.IsKind(SyntaxKind.DotToken) || typed.Length == 0 ? [] : Keywords(typed))
            .DistinctBy(item => item.Text);
        // As an editor does: what matches in case first, then alphabetically.
        return new Completions(start, end, [.. items
            .OrderByDescending(item => item.Text.StartsWith(typed, StringComparison.Ordinal))
            .ThenBy(item => item.Text, StringComparer.OrdinalIgnoreCase)]);
    }

    /// <summary>Signature and documentation of what stands at a place.</summary>
    /// <returns>Null when nothing known stands there.</returns>
    public string? Describe(string code, int index)
    {
        var (model, root) = Bind(code);
        var token = root.FindToken(Math.Clamp(index, 0, Math.Max(0, code.Length - 1)));
        if (!token.IsKind(SyntaxKind.IdentifierToken) && index > 0) token = root.FindToken(index - 1);
        // With the cursor in an argument list, the method is what one wants to know about.
        var node = token.IsKind(SyntaxKind.IdentifierToken) || token.Parent is PredefinedTypeSyntax
            ? token.Parent
            : token.Parent?.FirstAncestorOrSelf<InvocationExpressionSyntax>()?.Expression;
        if (node is null) return null;
        var info = model.GetSymbolInfo(node);
        var symbol = info.Symbol ?? info.CandidateSymbols.FirstOrDefault() ?? model.GetDeclaredSymbol(node);
        if (symbol is null) return null;
        var overloads = info.CandidateSymbols.Length > 1 ? FormattableString.Invariant($" (+ {info.CandidateSymbols.Length - 1} overloads)") : "";
        var documentation = Documentation.SummaryOf(symbol);
        return symbol.ToMinimalDisplayString(model, token.SpanStart, Completion.SignatureFormat) + overloads
            + (documentation is null ? "" : "\n\n" + documentation);
    }

    private (SemanticModel Model, CompilationUnitSyntax Root) Bind(string code)
    {
        var tree = CSharpSyntaxTree.ParseText(code, SubmissionChain.ParseOptions);
        return (chain.Bind(tree), tree.GetCompilationUnitRoot());
    }

    private static IEnumerable<ISymbol> Members(SemanticModel model, SyntaxToken dot, int position)
    {
        var left = dot.Parent switch
        {
            MemberAccessExpressionSyntax access => access.Expression,
            QualifiedNameSyntax name => name.Left,
            MemberBindingExpressionSyntax { Parent: ConditionalAccessExpressionSyntax conditional } => conditional.Expression,
            _ => (SyntaxNode?)null,
        };
        if (left is null) return [];
        var symbol = model.GetSymbolInfo(left).Symbol;
        if (symbol is INamespaceSymbol space) return model.LookupNamespacesAndTypes(position, space);
        if (symbol is ITypeSymbol type)
            return model.LookupSymbols(position, type).Where(member => member.IsStatic || member is ITypeSymbol);
        return model.GetTypeInfo(left).Type is { TypeKind: not TypeKind.Error } receiver
            ? model.LookupSymbols(position, receiver, includeReducedExtensionMethods: true).Where(member => !member.IsStatic && member is not ITypeSymbol)
            : [];
    }

    private static IEnumerable<Completion> Keywords(string typed) =>
        SyntaxFacts.GetKeywordKinds().Select(SyntaxFacts.GetText)
            .Where(text => text.StartsWith(typed, StringComparison.Ordinal) && char.IsAsciiLetter(text[0]) && !text.StartsWith("__", StringComparison.Ordinal))
            .Select(text => new Completion(text, "keyword", text));

    private static bool IsHidden(ISymbol symbol) =>
        symbol.IsImplicitlyDeclared && symbol is not IMethodSymbol { MethodKind: MethodKind.ReducedExtension }
        || symbol is INamedTypeSymbol { Name: var name } && name.StartsWith("Cell_", StringComparison.Ordinal)
        || symbol.GetAttributes().Any(attribute =>
            attribute.AttributeClass?.Name is "EditorBrowsableAttribute"
            && attribute.ConstructorArguments is [{ Value: (int)System.ComponentModel.EditorBrowsableState.Never }]);

    private static string KindOf(ISymbol symbol) => symbol switch
    {
        IMethodSymbol => "method",
        ITypeSymbol type => type.TypeKind.ToString().ToLower(CultureInfo.InvariantCulture),
        ILocalSymbol or IParameterSymbol => "variable",
        INamespaceSymbol => "module",
        _ => symbol.Kind.ToString().ToLower(CultureInfo.InvariantCulture),
    };
}
