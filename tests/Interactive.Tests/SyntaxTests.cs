namespace ConcurrencyLab.Tests;

/// <summary>What chapters and readers may write: the subset of .NET Interactive that the lab's own kernel knows too.</summary>
public class SyntaxTests
{
    private const string Library = "#r \"../artifacts/lab/ConcurrencyLab.dll\"\n";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_relative_reference_is_looked_for_from_the_notebooks_folder()
    {
        using var kernel = new NotebookKernel();

        var loaded = await RunAsync(kernel, Library + "typeof(ConcurrencyLab.Compare).Assembly.Location");

        Assert.Null(loaded.Failure);
        Assert.Equal(Path.GetFullPath("../artifacts/lab/ConcurrencyLab.dll", Chapters.Folder), Assert.Single(loaded.Shown)["text/plain"]);
    }

    [Fact]
    public async Task From_another_folder_the_library_is_not_found_and_the_line_says_so()
    {
        Directory.SetCurrentDirectory(Path.Combine(Chapters.Folder, "python"));
        try
        {
            using var kernel = new NotebookKernel();

            var lost = await RunAsync(kernel, Library + "1 + 1");

            Assert.StartsWith("a cell typed by a learner, cell 1, line 1: CS0006 ", lost.Failure, StringComparison.Ordinal);
            Assert.Contains("ConcurrencyLab.dll", lost.Failure, StringComparison.Ordinal);
        }
        finally
        {
            Directory.SetCurrentDirectory(Chapters.Folder);
        }
    }

    [Fact]
    public async Task Lines_of_mistakes_count_the_references_above_them()
    {
        using var kernel = new NotebookKernel();

        var mistaken = await RunAsync(kernel, Library + "using ConcurrencyLab;\n\nnothing");

        Assert.StartsWith("a cell typed by a learner, cell 1, line 4: CS0103 ", mistaken.Failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_package_is_referenced_by_name_and_exact_version()
    {
        using var kernel = new NotebookKernel();

        var loaded = await RunAsync(kernel, "#r \"nuget: Markdig, 1.6.0\"\nMarkdig.Markdown.ToHtml(\"*hot*\")");

        Assert.Null(loaded.Failure);
        Assert.Equal("<p><em>hot</em></p>\n", loaded.Shown[^1]["text/plain"]);
    }

    [Theory]
    [InlineData("display(\"a cup\")", "text/plain", "a cup")]
    [InlineData("\"a cup\".Display();", "text/plain", "a cup")]
    [InlineData("display(HTML(\"<b>a cup</b>\"))", "text/html", "<b>a cup</b>")]
    [InlineData("HTML(\"<b>a cup</b>\")", "text/html", "<b>a cup</b>")]
    [InlineData("#!html\n<b>a cup</b>", "text/html", "<b>a cup</b>")]
    public async Task Values_are_shown(string source, string mimeType, string content)
    {
        using var kernel = new NotebookKernel();

        var run = await RunAsync(kernel, source);

        Assert.Null(run.Failure);
        Assert.Equal(content, run.Shown[0][mimeType]);
    }

    [Fact]
    public async Task The_time_of_a_cell_is_shown_after_what_it_shows()
    {
        using var kernel = new NotebookKernel();

        var timed = await RunAsync(kernel, "#!time\nConsole.WriteLine(\"served\");\n\"a cup\"");

        Assert.Null(timed.Failure);
        Assert.Equal("served", timed.Console.TrimEnd());
        Assert.Equal("a cup", timed.Shown[0]["text/plain"]);
        Assert.Matches(@"^Wall time: [\d.]+ms$", timed.Shown[1]["text/plain"]);
    }

    [Fact]
    public async Task An_extension_method_stands_outside_of_any_class()
    {
        using var kernel = new NotebookKernel();

        Assert.Null((await RunAsync(kernel, "static int Twice(this int number) => 2 * number;")).Failure);

        Assert.Equal("42", Assert.Single((await RunAsync(kernel, "21.Twice().ToString()")).Shown)["text/plain"]);
    }

    [Fact]
    public async Task Code_is_imported_from_a_file()
    {
        var file = Path.Combine(Path.GetTempPath(), $"lab-{Guid.NewGuid():N}.cs");
        try
        {
            await File.WriteAllTextAsync(file, "int Cups() => 20;", TestContext.Current.CancellationToken);
            using var kernel = new NotebookKernel();

            Assert.Null((await RunAsync(kernel, $"#!import \"{file.Replace('\\', '/')}\"")).Failure);

            Assert.Equal("20", Assert.Single((await RunAsync(kernel, "Cups().ToString()")).Shown)["text/plain"]);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task A_table_of_the_lab_is_shown_as_Markdown_and_as_text()
    {
        using var kernel = new NotebookKernel();

        var started = await RunAsync(kernel, Library + "ConcurrencyLab.Chapter.Start()");

        Assert.Null(started.Failure);
        var table = Assert.Single(started.Shown);
        Assert.Equal(["text/markdown", "text/plain"], table.Keys.Order(StringComparer.Ordinal));
        Assert.StartsWith("| this machine |", table["text/markdown"], StringComparison.Ordinal);
        Assert.StartsWith("cores ", table["text/plain"], StringComparison.Ordinal);
    }

    private static Task<CellRun> RunAsync(NotebookKernel kernel, string source) =>
        kernel.RunAsync(new NotebookCell(source), Limit, TestContext.Current.CancellationToken);
}
