using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace ConcurrencyLab.Interleavings.Code;

/// <summary>
/// Makes the source of a twin from the source that contains a program: what the program needs stays where it is, line for line;
/// everything else becomes blanks, and the statement that made the program becomes its start.
/// </summary>
/// <param name="argument">The lambda or the method's name that was given as the program.</param>
/// <param name="values">Variables from outside whose values never change by themselves, with their types: they begin with these values.</param>
internal sealed class ProgramText(ExpressionSyntax argument, IReadOnlyDictionary<string, Type> values)
{
    private const string Start = "global::" + Rewriter.Namespace + ".Twin.Start";
    private const string Outer = "global::" + Rewriter.Namespace + ".Twin.Outer";

    /// <summary>Names that the program and what it needs mention, so far.</summary>
    public HashSet<string> Needed { get; } = [.. NamesIn(argument)];

    /// <summary>Types of the variables that begin with the values that they have now.</summary>
    public IReadOnlyDictionary<string, Type> Values => values;

    /// <summary>What was done before the program to something that it uses.</summary>
    public SortedSet<string> Lost { get; } = new(StringComparer.Ordinal);

    public static IEnumerable<string> NamesIn(SyntaxNode node) => node.DescendantTokens().Where(token => token.IsKind(SyntaxKind.IdentifierToken)).Select(token => token.Text);

    /// <summary>The member or the statement at the top that contains the program.</summary>
    public MemberDeclarationSyntax Around => argument.Ancestors().OfType<MemberDeclarationSyntax>().First(member => member is not BaseTypeDeclarationSyntax);

    /// <summary>Adds the names of what stands around the program and is needed; true when there were new ones.</summary>
    public bool AddEnclosing()
    {
        var before = Needed.Count;
        foreach (var declared in DeclaredAround().Where(node => Needed.Contains(NameOf(node)) && !values.ContainsKey(NameOf(node))))
        {
            Needed.UnionWith(NamesIn(declared));
        }

        return Needed.Count > before;
    }

    /// <summary>The text that takes the place of <see cref="Around"/>.</summary>
    /// <param name="open">What comes before the start: the head of a method, say.</param>
    /// <param name="close">What comes after it.</param>
    public string Replacement(string open, string close)
    {
        var around = Around;
        var kept = DeclaredAround().Where(node => Needed.Contains(NameOf(node))).ToList();
        var pieces = new List<(TextSpan Span, string Text)>();
        var head = new StringBuilder(open);
        foreach (var node in kept)
        {
            if (values.TryGetValue(NameOf(node), out var type))
            {
                var text = $"{CSharpName(type)} {NameOf(node)} = {Outer}<{CSharpName(type)}>(\"{NameOf(node)}\"); ";
                if (node is ParameterSyntax or SingleVariableDesignationSyntax)
                {
                    head.Append(text);
                }
                else
                {
                    pieces.Add((node.Span, text));
                }
            }
            else if (node is VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax declaration } variable)
            {
                pieces.Add((variable.Span, $"{declaration.Type} {variable}; "));
            }
            else if (node is LocalFunctionStatementSyntax)
            {
                pieces.Add((node.Span, node.ToString()));
            }
            else
            {
                Lost.Add($"the value of {NameOf(node)}, which is made outside of the program");
            }
        }

        pieces.Add((argument.Span, $"{Start}({argument}); "));
        NoteLost(around, kept);
        var source = around.SyntaxTree.GetText();
        var result = new StringBuilder(head.ToString());
        var at = around.FullSpan.Start;
        foreach (var (span, text) in pieces.OrderBy(piece => piece.Span.Start).ThenByDescending(piece => piece.Span.Length))
        {
            if (span.Start < at)
            {
                continue;
            }

            result.Append(Blank(source.ToString(TextSpan.FromBounds(at, span.Start)))).Append(text);
            at = span.End;
        }

        return result.Append(close).Append(Blank(source.ToString(TextSpan.FromBounds(at, around.FullSpan.End)))).ToString();
    }

    /// <summary>Line ends only.</summary>
    public static string Blank(string text) => string.Concat(text.Where(c => c is '\n'));

    /// <summary>Variables and functions around the program that it can see: innermost last.</summary>
    private List<SyntaxNode> DeclaredAround()
    {
        var found = new List<SyntaxNode>();
        for (SyntaxNode node = argument; node != Around; node = node.Parent!)
        {
            switch (node.Parent)
            {
                case BlockSyntax block:
                    found.AddRange(block.Statements.OfType<LocalFunctionStatementSyntax>());
                    found.AddRange(block.Statements.OfType<LocalDeclarationStatementSyntax>().Where(statement => !statement.Span.Contains(argument.Span)).SelectMany(statement => statement.Declaration.Variables));
                    found.AddRange(block.Statements.OfType<ExpressionStatementSyntax>().SelectMany(statement => statement.DescendantNodes().OfType<SingleVariableDesignationSyntax>()));
                    break;
                case BaseMethodDeclarationSyntax method:
                    found.AddRange(method.ParameterList.Parameters);
                    break;
                case LocalFunctionStatementSyntax function:
                    found.AddRange(function.ParameterList.Parameters);
                    break;
                case ParenthesizedLambdaExpressionSyntax lambda:
                    found.AddRange(lambda.ParameterList.Parameters);
                    break;
                case SimpleLambdaExpressionSyntax lambda:
                    found.Add(lambda.Parameter);
                    break;
                case ForEachStatementSyntax loop:
                    found.Add(SyntaxFactory.Parameter(loop.Identifier));
                    break;
                case ForStatementSyntax { Declaration: { } declaration }:
                    found.AddRange(declaration.Variables.Select(variable => SyntaxFactory.Parameter(variable.Identifier)));
                    break;
            }
        }

        return found;
    }

    private void NoteLost(MemberDeclarationSyntax around, List<SyntaxNode> kept)
    {
        var made = kept.OfType<VariableDeclaratorSyntax>().Select(NameOf).Where(name => !values.ContainsKey(name)).ToHashSet(StringComparer.Ordinal);
        foreach (var statement in around.DescendantNodes().OfType<ExpressionStatementSyntax>().Where(statement => statement.Span.End < argument.SpanStart && !kept.Exists(node => node.Span.Contains(statement.Span))))
        {
            NoteLost(statement, made, $"line {Unseen.LineOf(statement)}");
        }
    }

    /// <summary>A statement that the twin does not have, and the variables that it makes anew.</summary>
    public void NoteLost(SyntaxNode statement, HashSet<string> made, string where)
    {
        foreach (var name in NamesIn(statement).Where(made.Contains))
        {
            Lost.Add($"what was done to {name} before the program began ({where})");
        }
    }

    private static string NameOf(SyntaxNode node) => node switch
    {
        VariableDeclaratorSyntax variable => variable.Identifier.Text,
        SingleVariableDesignationSyntax designation => designation.Identifier.Text,
        LocalFunctionStatementSyntax function => function.Identifier.Text,
        ParameterSyntax parameter => parameter.Identifier.Text,
        _ => "",
    };

    private static string CSharpName(Type type)
    {
        if (type.IsGenericType)
        {
            var name = type.GetGenericTypeDefinition().FullName!;
            return $"global::{name[..name.IndexOf('`', StringComparison.Ordinal)].Replace('+', '.')}<{string.Join(", ", type.GetGenericArguments().Select(CSharpName))}>";
        }

        return "global::" + type.FullName!.Replace('+', '.');
    }
}
