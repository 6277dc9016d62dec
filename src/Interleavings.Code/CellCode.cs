using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ConcurrencyLab.Interleavings.Code;

/// <summary>Twins of programs in a notebook's cells, which are scripts that see the names of those before them.</summary>
public static class CellCode
{
    /// <summary>Compiles the twin of a program: of its cell, and of whatever it uses of earlier ones.</summary>
    /// <param name="cells">The cells' C#, oldest first; the last one makes the program.</param>
    /// <param name="references">What cells see of libraries, this library's runtime among it.</param>
    /// <param name="imports">Namespaces and types that every cell sees.</param>
    /// <param name="argument">The program as it is written in the cell: a lambda, or the name of a method.</param>
    /// <param name="values">Types of the variables from outside that begin with the values that they have now.</param>
    /// <returns>The images, their entries and what is not seen of the code, by name.</returns>
    /// <exception cref="TwinException">The code cannot be explored.</exception>
    public static IReadOnlyDictionary<string, object> Compile(IReadOnlyList<string> cells, IEnumerable<MetadataReference> references, IEnumerable<string> imports, string argument, IReadOnlyDictionary<string, Type> values)
    {
        ArgumentNullException.ThrowIfNull(cells);
        var options = new CSharpParseOptions(LanguageVersion.Latest, DocumentationMode.None, SourceCodeKind.Script);
        var roots = cells.Select(cell => (CompilationUnitSyntax)CSharpSyntaxTree.ParseText(cell, options).GetRoot()).ToList();
        var found = Enumerable.Range(0, roots.Count).Reverse().Select(cell => (Cell: cell, Argument: FindAll(roots[cell], argument).LastOrDefault())).FirstOrDefault(place => place.Argument is not null);
        var program = new ProgramText(found.Argument ?? throw new TwinException("The program's code is not found in any cell: give ConcurrentProgram.OfCode a lambda, or the name of a method, in the cell itself."), values);
        var members = roots.SelectMany((root, cell) => root.Members.Where(member => member != program.Around || cell != found.Cell)).Where(member => member is not GlobalStatementSyntax).ToList();
        while (program.AddEnclosing() | AddMembers(members, program.Needed, values))
        {
        }

        var compilationOptions = new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, usings: imports, allowUnsafe: true, concurrentBuild: false)
            .WithMetadataReferenceResolver(ScriptReferences.None);
        var made = members.OfType<FieldDeclarationSyntax>().SelectMany(NamesOf).Where(name => program.Needed.Contains(name) && !values.ContainsKey(name)).ToHashSet(StringComparer.Ordinal);
        var unseen = new Unseen();
        var usings = "";
        CSharpCompilation? before = null;
        List<byte[]> images = [];
        List<string> entries = [];
        for (var cell = 0; cell <= found.Cell; cell++)
        {
            var own = string.Concat(roots[cell].Usings.Where(directive => directive.GlobalKeyword.IsKind(SyntaxKind.None)).Select(directive => directive.NormalizeWhitespace().ToString() + " "));
            var text = TextOf(roots[cell], program, cell == found.Cell, made);
            usings += own;
            if (text is null)
            {
                continue;
            }

            var tree = CSharpSyntaxTree.ParseText(usings + text, options);
            var plain = CSharpCompilation.CreateScriptCompilation($"twin-{Guid.NewGuid():N}", tree, references, compilationOptions, before, typeof(object));
            Emission.MustCompile(plain, "The program");
            var twin = Emission.Rewritten(plain, unseen, (root, resets) => ((CompilationUnitSyntax)root).WithMembers(((CompilationUnitSyntax)root).Members.InsertRange(0, resets.Select(reset => SyntaxFactory.GlobalStatement(SyntaxFactory.ParseStatement(reset + ";"))))));
            images.Add(Emission.ImageOf(twin));
            var entry = twin.GetEntryPoint(default)!;
            entries.Add($"{entry.ContainingType.MetadataName}::{entry.MetadataName}");
            before = twin;
        }

        return new Twin(images, entries, [.. unseen.NotSeen, .. program.Lost], [.. unseen.Chance]).ToDictionary();
    }

    /// <summary>The arguments with this text, of calls that make a program of them.</summary>
    internal static IEnumerable<ExpressionSyntax> FindAll(SyntaxNode root, string argument)
    {
        var wanted = Squeezed(argument);
        return root.DescendantNodes().OfType<ArgumentSyntax>().Where(candidate => candidate.Expression.ToString() is var text && (text == argument || Squeezed(text) == wanted)
            && candidate.Parent?.Parent is InvocationExpressionSyntax { Expression: var called } && called.DescendantTokens().Any(token => token.Text == "OfCode")).Select(candidate => candidate.Expression);
    }

    /// <summary>Without white space, and without braces: a kernel may put some around what a loop does.</summary>
    private static string Squeezed(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c) && c is not ('{' or '}')));

    private static bool AddMembers(List<MemberDeclarationSyntax> members, HashSet<string> needed, IReadOnlyDictionary<string, Type> values)
    {
        var before = needed.Count;
        foreach (var member in members.Where(member => NamesOf(member).Any(needed.Contains)))
        {
            needed.UnionWith(member is FieldDeclarationSyntax field
                ? field.Declaration.Variables.Where(variable => !values.ContainsKey(variable.Identifier.Text)).SelectMany(ProgramText.NamesIn).Concat(ProgramText.NamesIn(field.Declaration.Type))
                : ProgramText.NamesIn(member));
        }

        return needed.Count > before;
    }

    /// <summary>A cell with only what is needed; null when nothing is.</summary>
    private static string? TextOf(CompilationUnitSyntax root, ProgramText program, bool isHere, HashSet<string> made)
    {
        var source = root.SyntaxTree.GetText();
        var text = new System.Text.StringBuilder();
        var at = 0;
        var any = false;
        foreach (var member in root.Members)
        {
            text.Append(ProgramText.Blank(source.ToString(Microsoft.CodeAnalysis.Text.TextSpan.FromBounds(at, member.FullSpan.Start))));
            at = member.FullSpan.End;
            if (isHere && program.Around == member)
            {
                text.Append(program.Replacement("{ ", " }"));
                any = true;
            }
            else if (member is not GlobalStatementSyntax && NamesOf(member).Any(program.Needed.Contains))
            {
                text.Append(member is FieldDeclarationSyntax field ? WithValues(field, program.Values) : member.ToFullString());
                any = true;
            }
            else
            {
                if (member is GlobalStatementSyntax && (!isHere || member.SpanStart < program.Around.SpanStart))
                {
                    program.NoteLost(member, made, isHere ? $"line {Unseen.LineOf(member)}" : "an earlier cell");
                }

                text.Append(ProgramText.Blank(member.ToFullString()));
            }
        }

        return any ? text.ToString() : null;
    }

    /// <summary>Variables that begin with the values that they have now do not evaluate what they once began with.</summary>
    private static string WithValues(FieldDeclarationSyntax field, IReadOnlyDictionary<string, Type> values) => string.Concat(field.Declaration.Variables.Select(variable => values.TryGetValue(variable.Identifier.Text, out var type)
        ? $"{(field.Declaration.Type.IsVar ? "global::" + type.FullName : field.Declaration.Type.ToString())} {variable.Identifier} = global::{Rewriter.Namespace}.Twin.Outer<{(field.Declaration.Type.IsVar ? "global::" + type.FullName : field.Declaration.Type.ToString())}>(\"{variable.Identifier}\");"
        : $"{field.Declaration.Type} {variable};")) is var text && field.Declaration.Variables.Count == 1 && !values.ContainsKey(field.Declaration.Variables[0].Identifier.Text) ? field.ToFullString() : ProgramText.Blank(field.GetLeadingTrivia().ToFullString()) + text + ProgramText.Blank(field.ToString() + field.GetTrailingTrivia().ToFullString());

    internal static IEnumerable<string> NamesOf(MemberDeclarationSyntax member) => member switch
    {
        FieldDeclarationSyntax field => field.Declaration.Variables.Select(variable => variable.Identifier.Text),
        MethodDeclarationSyntax method => [method.Identifier.Text],
        PropertyDeclarationSyntax property => [property.Identifier.Text],
        BaseTypeDeclarationSyntax type => [type.Identifier.Text],
        DelegateDeclarationSyntax made => [made.Identifier.Text],
        GlobalStatementSyntax statement => statement.DescendantNodes().OfType<SingleVariableDesignationSyntax>().Select(designation => designation.Identifier.Text),
        _ => [],
    };
}
