using System.Text.Json.Nodes;
using ConcurrencyLab.Kernel.Cells;
using ConcurrencyLab.Kernel.Output;

namespace ConcurrencyLab.Tests.Session;

/// <summary>What notebooks written for .NET Interactive ask of a kernel beside C#.</summary>
public sealed class MagicTests : IAsyncDisposable
{
    private readonly TestNotebook _notebook = new();

    public ValueTask DisposeAsync() => _notebook.DisposeAsync();

    [Fact]
    public async Task Who_names_the_variables_of_all_cells_and_whos_tells_type_and_value()
    {
        Assert.Contains("no variables", Shown(await _notebook.Succeed("#!who")), StringComparison.Ordinal);
        await _notebook.Succeed("using System.Threading;");
        await _notebook.Succeed("var cups = 3; var name = \"<Ada>\"; int Twice(int n) => 2 * n;");
        await _notebook.Succeed("var cups = \"many\"; var orders = new List<int> { 1, 2 }; using var gate = new SemaphoreSlim(1);");
        Assert.Equal("cups\ngate\nname\norders", Shown(await _notebook.Succeed("#!who")));
        var table = await _notebook.Succeed("#!whos\ncups");
        Assert.Equal("Variable  Type           Value\ncups      String         many\ngate      SemaphoreSlim\nname      String         <Ada>\norders    List<Int32>    2 items", Shown(table));
        Assert.Equal("many", table.PlainValue);
    }

    [Fact]
    public async Task About_tells_kernel_framework_and_compiler() =>
        Assert.Matches(@"^C# \(Concurrency Lab\) [\s\S]*\n\.NET +10\.", Shown(await _notebook.Succeed("#!about")));

    [Theory]
    [InlineData("\n#!value --name text\nanything", "var name = ")]
    [InlineData("\n#!share --from fsharp cups", "There is no language fsharp here")]
    [InlineData("\n#load \"helpers.csx\"", "write #!import \"file\"")]
    [InlineData("\n#i nuget", "needs a package source in quotes")]
    [InlineData("\n#i \"nuget: not/there\"", "is no package source")]
    [InlineData("\n#i \"somewhere\"", "is no package source")]
    public async Task What_there_is_not_is_told_with_what_to_write_instead(string cell, string advice)
    {
        var error = await _notebook.Fail(cell);
        Assert.Contains(advice, error.Message, StringComparison.Ordinal);
        Assert.Equal(2, error.Line);
    }

    [Fact]
    public async Task A_package_source_of_the_notebooks_own_is_searched_too()
    {
        using var package = new LocalPackage("Lab.Test.Source");
        Assert.Contains("no NuGet package", (await _notebook.Fail("#r \"nuget: Lab.Test.Source, 1.0.0\"")).Message, StringComparison.Ordinal);
        await _notebook.Succeed(package.Directives + "\n1 + 1");
    }

    [Theory]
    [InlineData("""{"polyglot_notebook":{"kernelName":"markdown"}}""", "# Title", "text/markdown")]
    [InlineData("""{"dotnet_interactive":{"language":"html"}}""", "<b>x</b>", "text/html")]
    [InlineData("""{"polyglot_notebook":{"kernelName":"csharp"}}""", "41 + 1", "text/plain")]
    [InlineData("""{"polyglot_notebook":{"kernelName":"fsharp"}}""", "#!csharp\n41 + 1", "text/plain")]
    [InlineData("""{"polyglot_notebook":{},"dotnet_interactive":"x"}""", "41 + 1", "text/plain")]
    public async Task A_cells_language_is_what_its_metadata_says(string metadata, string source, string mimeType)
    {
        var cell = await _notebook.Run(source, language: CellLanguage.In(JsonNode.Parse(metadata)));
        Assert.Null(cell.Result.Error);
        Assert.Equal(mimeType == "text/plain" ? "42" : source, (string?)cell.Outputs.OfType<DisplayOutput>().Single().Data[mimeType]);
    }

    [Fact]
    public async Task A_language_that_is_not_known_here_is_named()
    {
        var error = (await _notebook.Run("let x = 1", language: "fsharp")).Result.Error;
        Assert.NotNull(error);
        Assert.Contains("this cell is fsharp; this kernel runs C#", error.Message, StringComparison.Ordinal);
        Assert.Equal(1, error.Line);
    }

    [Fact]
    public async Task An_imported_notebooks_cells_keep_their_languages()
    {
        await File.WriteAllTextAsync(Path.Combine(_notebook.Folder, "other.ipynb"), """
            {"cells":[{"cell_type":"code","metadata":{"polyglot_notebook":{"kernelName":"markdown"}},"source":["# Not C#"]},
                      {"cell_type":"code","metadata":{},"source":"var imported = 42;"}]}
            """, TestContext.Current.CancellationToken);
        var cell = await _notebook.Succeed("#!import \"other.ipynb\"\nimported");
        Assert.Equal("# Not C#", (string?)cell.Outputs.OfType<DisplayOutput>().First().Data["text/markdown"]);
        Assert.Equal("42", cell.PlainValue);
    }

    [Fact]
    public async Task A_sequence_is_shown_as_a_table_and_a_style_sheet_as_such()
    {
        var cell = await _notebook.Succeed("record Cup(string Kind, int Size);\nnew[] { new Cup(\"mocha\", 3), new Cup(\"latte\", 4) }.DisplayTable();\nCSS(\"b { color: red }\");");
        var shown = cell.Outputs.OfType<DisplayOutput>().ToList();
        Assert.Matches(@"<th[\s\S]*Kind[\s\S]*Size[\s\S]*<td[\s\S]*mocha[\s\S]*3[\s\S]*latte", (string?)shown[0].Data["text/html"]);
        Assert.Contains("mocha", (string?)shown[0].Data["text/plain"], StringComparison.Ordinal);
        Assert.Equal("<style>b { color: red }</style>", (string?)shown[1].Data["text/html"]);
    }

    private static string Shown(ShownCell cell) => (string?)cell.Outputs.OfType<DisplayOutput>().First(output => !output.IsResult).Data["text/plain"] ?? "";
}
