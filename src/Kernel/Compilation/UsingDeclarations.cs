using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace ConcurrencyLab.Kernel.Compilation;

/// <summary>
/// The <c>using</c> and <c>await using</c> declarations of a cell that stand in no block. Scripts know none, so the words are
/// blanked out, and the session disposes of the variables (<see cref="OpenVariables"/>).
/// </summary>
/// <param name="Source">The cell without these words, every index where it was.</param>
/// <param name="Variables">The variables that they declare, in the order of the text.</param>
internal sealed record UsingDeclarations(string Source, IReadOnlyList<UsingVariable> Variables)
{
    // A script's parser takes each for a using directive and goes astray; a program's knows them.
    private static readonly CSharpParseOptions AsProgram = SubmissionChain.ParseOptions.WithKind(SourceCodeKind.Regular);

    /// <summary>Finds them in a cell's C#, finished or not.</summary>
    public static UsingDeclarations In(string source)
    {
        if (!source.Contains("using", StringComparison.Ordinal)) return new UsingDeclarations(source, []);
        var declarations = CSharpSyntaxTree.ParseText(source, AsProgram).GetCompilationUnitRoot().Members.OfType<GlobalStatementSyntax>()
            .Select(member => member.Statement).OfType<LocalDeclarationStatementSyntax>()
            .Where(statement => statement.UsingKeyword.IsKind(SyntaxKind.UsingKeyword)).ToList();
        if (declarations.Count == 0) return new UsingDeclarations(source, []);
        var blanked = source.ToCharArray();
        foreach (var word in declarations.SelectMany(declaration => (SyntaxToken[])[declaration.AwaitKeyword, declaration.UsingKeyword]))
            blanked.AsSpan(word.SpanStart, word.Span.Length).Fill(' ');
        return new UsingDeclarations(new string(blanked), [.. declarations.SelectMany(declaration => declaration.Declaration.Variables, (declaration, variable) =>
            new UsingVariable(variable.Identifier.ValueText, declaration.AwaitKeyword.IsKind(SyntaxKind.AwaitKeyword), declaration.Span))]);
    }
}

/// <summary>A variable that is to be disposed of.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsAsync">True after <c>await using</c>.</param>
/// <param name="Span">Its declaration in the cell.</param>
internal sealed record UsingVariable(string Name, bool IsAsync, TextSpan Span)
{
    /// <summary>The compiler's own error for a variable that cannot be disposed of; null for one that can.</summary>
    public Diagnostic? FaultIn(CSharpCompilation compilation, SyntaxTree tree)
    {
        var type = compilation.ScriptClass!.GetMembers(Name).OfType<IFieldSymbol>().Single().Type;
        if (Is(IsAsync)) return null;
        var (id, kind, wanted) = IsAsync ? ("CS8410", "n asynchronous", typeof(IAsyncDisposable)) : ("CS1674", "", typeof(IDisposable));
        var hint = !Is(!IsAsync) ? "" : IsAsync ? " Did you mean 'using' rather than 'await using'?" : " Did you mean 'await using' rather than 'using'?";
        return Diagnostic.Create(
            id, "Compiler", $"'{type.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat)}': type used in a{kind} using statement must implement '{wanted}'.{hint}",
            DiagnosticSeverity.Error, DiagnosticSeverity.Error, isEnabledByDefault: true, warningLevel: 0, location: Location.Create(tree, Span));

        bool Is(bool async) => compilation.ClassifyConversion(
            type, compilation.GetTypeByMetadataName((async ? typeof(IAsyncDisposable) : typeof(IDisposable)).FullName!)!).IsImplicit;
    }
}
