using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace ConcurrencyLab.Kernel.Errors;

/// <summary>Finds the line of a call in a statement of several lines, which debug information counts to the first of them.</summary>
internal static class CallLines
{
    private static readonly CSharpParseOptions Script = new(LanguageVersion.Preview, DocumentationMode.None, SourceCodeKind.Script);

    /// <summary>The lines on which a statement names a method that it calls; empty when it does so nowhere.</summary>
    /// <param name="cell">The cell's source.</param>
    /// <param name="statement">The statement's place in it.</param>
    /// <param name="method">The method's name.</param>
    public static IReadOnlyList<int> Of(string cell, StatementPoint statement, string method)
    {
        if (statement.EndLine == statement.Line) return [];
        var text = SourceText.From(cell);
        if (text.Lines.Count < statement.EndLine) return [];
        var span = text.Lines.GetTextSpan(new LinePositionSpan(
            new LinePosition(statement.Line - 1, statement.Column - 1), new LinePosition(statement.EndLine - 1, statement.EndColumn - 1)));
        return [.. CSharpSyntaxTree.ParseText(text, Script).GetRoot().DescendantNodes(span, node => !IsOtherMethod(node, span)).OfType<InvocationExpressionSyntax>()
            .Select(call => NameOf(call.Expression)).OfType<SimpleNameSyntax>()
            .Where(name => span.Contains(name.Span) && name.Identifier.ValueText == method)
            .Select(name => text.Lines.GetLineFromPosition(name.SpanStart).LineNumber + 1).Distinct().Order()];
    }

    // A lambda within the statement is a method with statements of its own.
    private static bool IsOtherMethod(SyntaxNode node, TextSpan statement) =>
        node is AnonymousFunctionExpressionSyntax && statement.Contains(node.Span);

    private static SimpleNameSyntax? NameOf(ExpressionSyntax called) => called switch
    {
        SimpleNameSyntax name => name,
        MemberAccessExpressionSyntax member => member.Name,
        MemberBindingExpressionSyntax member => member.Name,
        _ => null,
    };
}
