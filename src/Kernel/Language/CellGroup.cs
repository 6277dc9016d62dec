using System.Collections.Immutable;
using System.Text;
using ConcurrencyLab.Kernel.Compilation;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ConcurrencyLab.Kernel.Language;

/// <summary>
/// Earlier cells that mean the same in one script as in several. To list the names that are in scope the compiler looks
/// for each of them in every script below, which takes seconds when a thousand cells are a thousand scripts.
/// </summary>
internal sealed class CellGroup
{
    /// <summary>A group that grows is bound anew with every cell.</summary>
    private const int MostCells = 64;

    private readonly StringBuilder _code = new();
    private readonly HashSet<string> _identifiers = new(StringComparer.Ordinal);
    private int _cells;

    /// <summary>Starts a group with a cell, whose usings join those of all cells before it.</summary>
    public CellGroup(DeclaringCell first, HashSet<string> usings)
    {
        References = first.References;
        Append(first.Source, Parse(first.Source), usings);
    }

    /// <summary>The project that holds it.</summary>
    public ProjectId Project { get; } = ProjectId.CreateNewId();

    /// <summary>What it adds to the references of the groups before it.</summary>
    public ImmutableArray<PortableExecutableReference> References { get; }

    /// <summary>Its cells as one script.</summary>
    public string Code => _code.ToString();

    /// <summary>Takes up one more cell.</summary>
    /// <returns>False when it must stand apart, since names of the cells before it would come to mean something else.</returns>
    public bool TryAdd(DeclaringCell cell, HashSet<string> usings)
    {
        if (_cells == MostCells || cell.References.Length > 0 || cell.Source.Contains("#define", StringComparison.Ordinal)
            || cell.Source.Contains("#undef", StringComparison.Ordinal)) return false;
        var root = Parse(cell.Source);
        if (root.Usings.Any(directive => !usings.Contains(directive.ToString())) || NamesIn(root).Any(_identifiers.Contains)) return false;
        Append(cell.Source, root, usings);
        return true;
    }

    private static CompilationUnitSyntax Parse(string source) =>
        CSharpSyntaxTree.ParseText(source, SubmissionChain.ParseOptions).GetCompilationUnitRoot();

    private void Append(string source, CompilationUnitSyntax root, HashSet<string> usings)
    {
        // Usings stand before everything else; of a later cell they are all known.
        foreach (var directive in root.Usings) usings.Add(directive.ToString());
        _code.Append(_cells++ == 0 || root.Usings.Count == 0 ? source : source[root.Usings.Span.End..]);
        // A value at the end of a cell has no semicolon of its own; and the last line may be a comment.
        _code.Append("\n;\n");
        foreach (var token in root.DescendantTokens())
        {
            if (token.IsKind(SyntaxKind.IdentifierToken)) _identifiers.Add(token.ValueText);
        }
    }

    private static IEnumerable<string> NamesIn(CompilationUnitSyntax root)
    {
        foreach (var node in root.DescendantNodes(node => node is not TypeDeclarationSyntax))
        {
            SyntaxToken? name = node switch
            {
                VariableDeclaratorSyntax variable => variable.Identifier,
                SingleVariableDesignationSyntax variable => variable.Identifier,
                BaseTypeDeclarationSyntax type => type.Identifier,
                DelegateDeclarationSyntax type => type.Identifier,
                MethodDeclarationSyntax method => method.Identifier,
                PropertyDeclarationSyntax property => property.Identifier,
                EventDeclarationSyntax declared => declared.Identifier,
                _ => null,
            };
            if (name is { } identifier) yield return identifier.ValueText;
        }
    }
}
