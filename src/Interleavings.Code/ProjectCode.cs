using System.Collections.Concurrent;
using System.Reflection;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace ConcurrencyLab.Interleavings.Code;

/// <summary>Twins of programs in the source files of an ordinary project, a test project say.</summary>
internal static class ProjectCode
{
    private const string Method = "__TwinStart";

    /// <summary>Without sources: its references are bound once.</summary>
    private static readonly ConcurrentDictionary<Assembly, CSharpCompilation> Empty = new();

    public static IReadOnlyDictionary<string, object> Compile(Assembly caller, string argument, string file, int line, IReadOnlyDictionary<string, Type> values)
    {
        var options = new CSharpParseOptions(LanguageVersion.Preview, DocumentationMode.None, SourceCodeKind.Regular, ["DEBUG", "TRACE"]);
        var own = (CompilationUnitSyntax)CSharpSyntaxTree.ParseText(File.ReadAllText(file), options, file).GetRoot();
        var program = new ProgramText(Find(own, argument, line) ?? throw new TwinException($"The program's code is not found in {file}, line {line}: give ConcurrentProgram.OfCode a lambda, or the name of a method."), values);
        var sources = ProjectSources.Of(caller, options);
        CompilationUnitSyntax[] units = [own, .. sources.Units.Where(other => Path.GetFullPath(other.SyntaxTree.FilePath) != Path.GetFullPath(file))];
        var chain = program.Around.Ancestors().OfType<TypeDeclarationSyntax>().ToList();
        // With their parts in other files.
        var around = units.SelectMany(unit => unit.DescendantNodes().OfType<TypeDeclarationSyntax>())
            .Where(type => chain.Contains(type) || type.Modifiers.Any(SyntaxKind.PartialKeyword) && chain.Exists(part => part.Identifier.Text == type.Identifier.Text && part.Modifiers.Any(SyntaxKind.PartialKeyword))).ToHashSet();
        while (program.AddEnclosing() | AddMembers(units, around, program))
        {
        }

        var type = chain[0];
        // Where the test's object cannot be made anew, the program must do without it.
        var isStatic = program.Around.Modifiers.Any(SyntaxKind.StaticKeyword) || type.ParameterList is not null || type.Members.OfType<ConstructorDeclarationSyntax>().Any(made => made.ParameterList.Parameters.Count > 0 && !made.Modifiers.Any(SyntaxKind.StaticKeyword));
        var trees = new List<SyntaxTree> { CSharpSyntaxTree.ParseText(string.Concat(sources.Namespaces.Append("System").Distinct().Select(space => $"global using global::{space};\n")), options) };
        foreach (var unit in units)
        {
            if (TextOf(unit, around, program, isStatic) is { } text)
            {
                trees.Add(CSharpSyntaxTree.ParseText(text, options, unit.SyntaxTree.FilePath));
            }
        }

        var plain = Empty.GetOrAdd(caller, Beginning).WithAssemblyName($"twin-{Guid.NewGuid():N}").AddSyntaxTrees(trees);
        Emission.MustCompile(plain, "The program");
        var unseen = new Unseen();
        var resets = new List<string>();
        var twin = Emission.Rewritten(plain, unseen, (root, more) =>
        {
            resets.AddRange(more);
            return root;
        });
        var start = $"public static class __TwinReset {{ public static void Reset() {{ {string.Concat(resets.Select(reset => $"{reset}; "))} }} }}";
        twin = twin.AddSyntaxTrees(CSharpSyntaxTree.ParseText(start, options));
        var image = Emission.ImageOf(twin);
        var name = plain.GetSymbolsWithName(Method).OfType<IMethodSymbol>().Single().ContainingType;
        return new Twin([image], [$"__TwinReset::Reset", $"{MetadataName(name)}::{Method}"], [.. unseen.NotSeen, .. program.Lost], [.. unseen.Chance]).ToDictionary();
    }

    private static CSharpCompilation Beginning(Assembly caller)
    {
        var empty = CSharpCompilation.Create("twin", references: References(caller), options: new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, allowUnsafe: true));
        // Whatever is asked of its symbols binds the references.
        _ = empty.Assembly.GlobalNamespace;
        return empty;
    }

    private static ExpressionSyntax? Find(CompilationUnitSyntax root, string argument, int line) =>
        CellCode.FindAll(root, argument).OrderBy(found => Math.Abs(Unseen.LineOf(found) - line)).FirstOrDefault();

    private static bool AddMembers(CompilationUnitSyntax[] units, HashSet<TypeDeclarationSyntax> around, ProgramText program)
    {
        var before = program.Needed.Count;
        foreach (var type in units.SelectMany(unit => unit.DescendantNodes().OfType<BaseTypeDeclarationSyntax>()).Where(type => !around.Contains(type) && program.Needed.Contains(type.Identifier.Text)))
        {
            program.Needed.UnionWith(ProgramText.NamesIn(type));
        }

        foreach (var member in around.SelectMany(type => type.Members).Where(member => member != program.Around && CellCode.NamesOf(member).Any(program.Needed.Contains)))
        {
            program.Needed.UnionWith(ProgramText.NamesIn(member));
        }

        foreach (var type in around)
        {
            program.Needed.UnionWith(ProgramText.NamesIn(type.BaseList ?? (SyntaxNode)SyntaxFactory.BaseList()));
        }

        return program.Needed.Count > before;
    }

    /// <summary>A file with the types that are needed, and of those around the program the needed members; null when none is.</summary>
    private static string? TextOf(CompilationUnitSyntax root, HashSet<TypeDeclarationSyntax> around, ProgramText program, bool isStatic)
    {
        var cuts = new List<(TextSpan Span, string Text)>();
        var any = false;
        Cut(root.Members);
        return any ? Apply(root, cuts) : null;

        void Cut(IEnumerable<MemberDeclarationSyntax> members)
        {
            foreach (var member in members)
            {
                if (member is BaseNamespaceDeclarationSyntax space)
                {
                    Cut(space.Members);
                }
                else if (member is TypeDeclarationSyntax type && around.Contains(type))
                {
                    any = true;
                    cuts.AddRange(type.AttributeLists.Select(list => (list.Span, ProgramText.Blank(list.ToString()))));
                    Cut(type.Members);
                }
                else if (member == program.Around)
                {
                    cuts.Add((member.FullSpan, program.Replacement($"public {(isStatic ? "static " : "")}void {Method}() {{ ", " }")));
                }
                else if (member is ConstructorDeclarationSyntax or IncompleteMemberSyntax || !CellCode.NamesOf(member).Any(program.Needed.Contains))
                {
                    cuts.Add((member.FullSpan, ProgramText.Blank(member.ToFullString())));
                }
                else
                {
                    any = true;
                }
            }
        }
    }

    private static string Apply(CompilationUnitSyntax root, List<(TextSpan Span, string Text)> cuts)
    {
        var source = root.SyntaxTree.GetText();
        var text = new StringBuilder();
        var at = 0;
        foreach (var (span, replacement) in cuts.OrderBy(cut => cut.Span.Start))
        {
            text.Append(source.ToString(TextSpan.FromBounds(at, span.Start))).Append(replacement);
            at = span.End;
        }

        return text.Append(source.ToString(TextSpan.FromBounds(at, source.Length))).ToString();
    }

    private static IEnumerable<MetadataReference> References(Assembly caller)
    {
        var trusted = ((string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return trusted.Concat(AppDomain.CurrentDomain.GetAssemblies().Where(assembly => !assembly.IsDynamic && assembly.Location.Length > 0).Select(assembly => assembly.Location))
            .Where(path => Path.GetFullPath(path) != Path.GetFullPath(caller.Location)).DistinctBy(Path.GetFileName, StringComparer.OrdinalIgnoreCase).Select(Libraries.Of);
    }

    private static string MetadataName(INamedTypeSymbol type) => type.ContainingType is { } outer ? $"{MetadataName(outer)}+{type.MetadataName}"
        : type.ContainingNamespace.IsGlobalNamespace ? type.MetadataName : $"{type.ContainingNamespace.ToDisplayString()}.{type.MetadataName}";
}
