using System.Text.Json.Nodes;
using ConcurrencyLab.Lab.Notebooks;
using ConcurrencyLab.Tests.Support;

namespace ConcurrencyLab.Tests.Running;

/// <summary>One run of a book in which most chapters go wrong, each in its own way.</summary>
public sealed class BadChaptersRun : IAsyncLifetime
{
    public TemporaryFolder Notebooks { get; } = new();

    public TemporaryFolder Book { get; } = new();

    public LabProgram.Ended Ended { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Notebooks.Write("1-syntax.ipynb", NotebookText.OfCode("var a = 1;", "a + 1", "// fine so far\nvar b = ;", "a"));
        // Code is optimised from its first call on: a function that is inlined has no line of its own any more.
        Notebooks.Write("2-throws.ipynb", NotebookText.OfCode("Console.WriteLine(\"before\");", "[System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)] int Half(int x) => 1 / x;\n\nHalf(0)", "2"));
        Notebooks.Write("3-exit.ipynb", NotebookText.OfCode("Console.WriteLine(\"kept\");\nEnvironment.Exit(3);", "1"));
        Notebooks.Write("4-overflow.ipynb", NotebookText.OfCode("int Deep(int x) => Deep(x + 1) + 1;\nDeep(0)"));
        Notebooks.Write("5-good.ipynb", NotebookText.Of(("markdown", "# Good\n\nIt works. Really."), ("code", "21 * 2"), ("code", NotebookText.Claims(holds: false))));
        Notebooks.Write("6-not-json.ipynb", "{\n \"cells\": oops\n}");
        Ended = await LabProgram.RunAsync("run", Notebooks.Path, Notebooks["7-missing.ipynb"], "--output", Book.Path);
    }

    public ValueTask DisposeAsync()
    {
        Notebooks.Dispose();
        Book.Dispose();
        return ValueTask.CompletedTask;
    }

    public JsonObject[] Outputs(string name, int cell) => [.. Notebook.Read(Book[name]).CodeCells.Single(code => code.Number == cell).Outputs];
}

public class BadChaptersTests(BadChaptersRun run) : IClassFixture<BadChaptersRun>
{
    [Theory]
    [InlineData("1-syntax.ipynb: cell 3, line 2: ")]
    [InlineData("2-throws.ipynb: cell 2, line 1: ")]
    [InlineData("3-exit.ipynb: cell 1: The cell ended its own process with exit code 3")]
    [InlineData("4-overflow.ipynb: cell 1: Stack overflow: Deep calls itself")]
    [InlineData("6-not-json.ipynb: not JSON at line 2, column 11: ")]
    [InlineData("7-missing.ipynb: no such notebook")]
    public void Each_fault_is_named_with_its_place_in_one_line(string place) =>
        Assert.Contains(run.Ended.Error.Split('\n'), line => line.Contains(place, StringComparison.Ordinal));

    [Fact]
    public void The_good_chapter_is_not_named() => Assert.DoesNotContain("5-good", run.Ended.Error, StringComparison.Ordinal);

    [Fact]
    public void Input_that_cannot_be_used_weighs_more_than_a_failed_cell() => Assert.Equal(2, run.Ended.ExitCode);

    [Fact]
    public void The_good_chapter_ran_and_its_page_is_there()
    {
        Assert.Equal("42", MultilineText.Join(Assert.Single(run.Outputs("5-good.ipynb", 1))["data"]!["text/plain"]));
        Assert.Contains("Good", File.ReadAllText(run.Book["5-good.html"]), StringComparison.Ordinal);
    }

    [Fact]
    public void Claims_are_printed_with_their_verdict()
    {
        Assert.Contains("Waiting costs no thread (one core)", run.Ended.Output, StringComparison.Ordinal);
        Assert.Contains("does not hold here", run.Ended.Output, StringComparison.Ordinal);
        Assert.Contains("0 of 1 claims hold on this machine", run.Ended.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1-syntax.ipynb", 3, "CompilationError")]
    [InlineData("2-throws.ipynb", 2, "System.DivideByZeroException")]
    [InlineData("3-exit.ipynb", 1, "ProcessEnded")]
    [InlineData("4-overflow.ipynb", 1, "ProcessEnded")]
    public void The_executed_notebook_records_the_error_where_it_happened(string name, int cell, string error)
    {
        var last = run.Outputs(name, cell)[^1];

        Assert.Equal("error", last["output_type"]!.ToString());
        Assert.EndsWith(last["ename"]!.ToString(), error, StringComparison.Ordinal);
        Assert.NotEmpty(last["traceback"]!.AsArray());
        Assert.Contains("A cell failed", File.ReadAllText(run.Book["index.html"]), StringComparison.Ordinal);
    }

    [Fact]
    public void Cells_after_an_error_are_not_run() => Assert.Empty(run.Outputs("1-syntax.ipynb", 4));

    [Fact]
    public void What_a_cell_showed_before_it_ended_its_process_is_kept() =>
        Assert.Equal("kept\n", MultilineText.Join(run.Outputs("3-exit.ipynb", 1)[0]["text"]));

    [Fact]
    public void Nothing_half_written_is_left() => Assert.DoesNotContain(run.Book.Files, name => name.EndsWith(".partial", StringComparison.Ordinal));

    [Fact]
    public void The_notebooks_themselves_are_not_touched() =>
        Assert.Equal(NotebookText.OfCode("Console.WriteLine(\"kept\");\nEnvironment.Exit(3);", "1"), File.ReadAllText(run.Notebooks["3-exit.ipynb"]));
}
