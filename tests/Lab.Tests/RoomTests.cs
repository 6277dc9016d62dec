using System.Collections.Concurrent;
using ConcurrencyLab.Lab.Files;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ConcurrencyLab.Tests;

/// <summary>
/// A room is a folder of a project, and the rooms of a project stand in one order: a type knows those of its own room and of
/// the rooms before it. Told from what the compiler understands by each name of the sources, not from the names.
/// </summary>
public class RoomTests
{
    /// <summary>From the lowest room up. What lies in the project's own folder is above them all.</summary>
    private static readonly Dictionary<string, string[]> Orders = new()
    {
        ["Charting"] = ["Display", "Drawing", "Png", "Plotly", "Figures"],
        ["Workloads"] = ["Timelines", "Ways", "Processes", "Work", "Ipc", "Measuring", "Python", "Charts", "Advice", "Teaching"],
        ["Kernel"] = ["Execution", "Output", "Errors", "Notebook", "Compilation", "Cells", "Packages", "Session", "Language", "Jupyter", "Pipes", "Installation"],
        ["Lab"] = ["Files", "Notebooks", "Execution", "Claims", "Book", "Doctor", "Commands"],
    };

    public static TheoryData<string> Projects => [.. Orders.Keys];

    [Theory, MemberData(nameof(Projects))]
    public void No_room_knows_one_above_it(string project)
    {
        var order = Orders[project];
        var source = Path.Combine(Paths.Root, "src", project);
        var files = Directory.EnumerateFiles(source, "*.cs", SearchOption.AllDirectories)
            .Select(file => (Path.GetRelativePath(source, file).Replace('\\', '/'), File.ReadAllText(file))).ToList();
        Assert.Equal(order.Order(), files.Select(file => RoomOf(file.Item1)).Where(room => room != "").Distinct().Order());

        var upward = Upward(order, files);

        Assert.True(upward.Count == 0, $"Of src/{project}, where the order is {string.Join(", ", order)}:\n{string.Join("\n", upward)}");
    }

    /// <summary>The check above must be able to fail, by whatever way one room can know another.</summary>
    [Theory]
    [InlineData("class Low { High? high; }")]
    [InlineData("class Low { int Two => High.Constant; }")]
    [InlineData("class Low { int Two => Middle.Made().Number; }")]
    [InlineData("class Low { int Two => 1.Twice(); }")]
    [InlineData("class Low { int Two => 1.Doubled; }")]
    [InlineData("class Low { string Name => nameof(High); }")]
    [InlineData("partial class High { }")]
    public void A_room_that_knows_one_above_it_is_found(string low)
    {
        var upward = Upward(["Low", "High"],
        [
            ("Low/Low.cs", low),
            ("Low/Middle.cs", "static class Middle { public static dynamic? Any; public static High Made() => new(); }"),
            ("High/High.cs", "partial class High { public const int Constant = 2; public int Number => 2; } static class More { public static int Twice(this int n) => n; extension(int n) { public int Doubled => n; } }"),
        ]);

        Assert.Contains(upward, line => line.StartsWith("Low/Low.cs:1 ", StringComparison.Ordinal));
    }

    private static string RoomOf(string file) => file.Split('/') is [var room, _, ..] ? room : "";

    private static List<string> Upward(string[] order, List<(string File, string Text)> files)
    {
        int Place(string file) => RoomOf(file) is { Length: > 0 } room ? Array.IndexOf(order, room) : order.Length;
        return [.. References(files).Where(reference => Place(reference.To) > Place(reference.From)).Select(reference => reference.Said).Distinct().Order()];
    }

    private static ConcurrentBag<(string From, string To, string Said)> References(List<(string File, string Text)> files)
    {
        var options = new CSharpParseOptions(LanguageVersion.Latest);
        var trees = files.Select(file => CSharpSyntaxTree.ParseText(file.Text, options, file.File)).ToList();
        // What other assemblies declare is in no room and need not be found.
        var usings = CSharpSyntaxTree.ParseText(string.Concat(new[] { "", ".Collections.Generic", ".IO", ".Linq", ".Threading", ".Threading.Tasks" }.Select(name => $"global using System{name};")), options);
        var compilation = CSharpCompilation.Create("rooms", [.. trees, usings], Platform(), new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        var found = new ConcurrentBag<(string, string, string)>();
        Parallel.ForEach(trees, tree =>
        {
            var model = compilation.GetSemanticModel(tree);
            foreach (var node in tree.GetRoot().DescendantNodes().Where(node => node is SimpleNameSyntax or BaseTypeDeclarationSyntax))
            {
                var symbol = node is SimpleNameSyntax ? model.GetSymbolInfo(node).Symbol : model.GetDeclaredSymbol(node);
                if (symbol is null or INamespaceSymbol or ILocalSymbol or IParameterSymbol or ITypeParameterSymbol)
                {
                    continue;
                }

                var line = tree.GetLineSpan(node.Span).StartLinePosition.Line + 1;
                foreach (var declared in symbol.OriginalDefinition.Locations.Select(location => location.SourceTree?.FilePath).OfType<string>().Where(file => file.Length > 0))
                {
                    found.Add((tree.FilePath, declared, $"{tree.FilePath}:{line} knows {symbol.ToDisplayString()} of {declared}"));
                }
            }
        });
        return found;
    }

    private static IEnumerable<MetadataReference> Platform() => ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
        .Split(Path.PathSeparator).Where(file => Path.GetFileName(file).StartsWith("System", StringComparison.Ordinal)).Select(file => MetadataReference.CreateFromFile(file));
}
