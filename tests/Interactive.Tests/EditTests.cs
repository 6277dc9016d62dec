namespace ConcurrencyLab.Tests;

/// <summary>What learners do to a chapter: their mistakes are told with their place, and the kernel goes on.</summary>
public class EditTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_mistake_that_the_compiler_finds_is_told_with_its_line()
    {
        using var kernel = new NotebookKernel();

        var mistaken = await RunAsync(kernel, "var cups = 20;\nvar orders = cups * baristas;");

        Assert.StartsWith("a cell typed by a learner, cell 1, line 2: CS0103 ", mistaken.Failure, StringComparison.Ordinal);
        Assert.Contains("'baristas'", mistaken.Failure, StringComparison.Ordinal);
        Assert.Equal("42", await ShowAsync(kernel, "(6 * 7).ToString()"));
    }

    [Fact]
    public async Task After_an_exception_the_variables_are_still_there()
    {
        using var kernel = new NotebookKernel();
        await ShowAsync(kernel, "var cups = 20; \"filled\"");

        var failed = await RunAsync(kernel, "cups++;\nthrow new InvalidOperationException(\"spilled\");");

        Assert.StartsWith("a cell typed by a learner, cell 1: ", failed.Failure, StringComparison.Ordinal);
        Assert.Contains("spilled", failed.Failure, StringComparison.Ordinal);
        Assert.Equal("21", await ShowAsync(kernel, "cups.ToString()"));
    }

    [Fact]
    public async Task A_cell_of_a_chapter_runs_again_after_a_mistake_in_it()
    {
        var cells = Chapters.CellsOf("00-start-here");
        using var kernel = new NotebookKernel();
        Assert.Null((await kernel.RunAsync(cells[0], Limit, TestContext.Current.CancellationToken)).Failure);

        var spoilt = await kernel.RunAsync(cells[1] with { Source = "Compare.Nothing();\n" + cells[1].Source }, Limit, TestContext.Current.CancellationToken);
        var mended = await kernel.RunAsync(cells[1], Limit, TestContext.Current.CancellationToken);

        Assert.StartsWith("00-start-here, cell 2, line 1: CS", spoilt.Failure, StringComparison.Ordinal);
        Assert.Null(mended.Failure);
        Assert.NotEmpty(mended.Shown);
    }

    [Theory]
    [InlineData("// waits\nawait Task.Delay(System.Threading.Timeout.Infinite);")]
    [InlineData("// spins\nwhile (AppContext.GetData(\"" + nameof(A_cell_that_never_ends_is_told_and_given_up) + "\") is null) { }")]
    public async Task A_cell_that_never_ends_is_told_and_given_up(string source)
    {
        AppContext.SetData(nameof(A_cell_that_never_ends_is_told_and_given_up), null);
        using var kernel = new NotebookKernel();
        await ShowAsync(kernel, "\"warm\"");
        try
        {
            var endless = await kernel.RunAsync(new NotebookCell(source), TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);

            Assert.StartsWith("a cell typed by a learner, cell 1: did not end within 1 s", endless.Failure, StringComparison.Ordinal);
            Assert.Contains(source.Split('\n')[0], endless.Failure, StringComparison.Ordinal);
            await Assert.ThrowsAsync<InvalidOperationException>(() => RunAsync(kernel, "1 + 1"));
        }
        finally
        {
            AppContext.SetData(nameof(A_cell_that_never_ends_is_told_and_given_up), true);
        }
    }

    /// <summary>The two kinds of threads that a host may send cells from.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_measurement_that_never_ends_is_ended_by_the_stop_button(bool onPool)
    {
        var (begun, ended) = ($"begun {onPool}", $"ended {onPool}");
        using var kernel = new NotebookKernel(onPool);
        Assert.Null((await RunAsync(kernel, "#r \"../artifacts/lab/ConcurrencyLab.dll\"\nusing ConcurrencyLab;\nusing System.Threading;")).Failure);

        var endless = kernel.RunAsync(
            new NotebookCell($$"""
            await Compare.Runs("blocked", Run.As("sleep", () =>
            {
                AppContext.SetData("{{begun}}", true);
                try { Thread.Sleep(Timeout.Infinite); } finally { AppContext.SetData("{{ended}}", true); }
            }))
            """),
            Limit,
            TestContext.Current.CancellationToken);
        await ComesAsync(begun);
        await kernel.InterruptAsync();

        Assert.NotNull((await endless).Failure);
        await ComesAsync(ended);
        Assert.Equal("42", await ShowAsync(kernel, "(6 * 7).ToString()"));
    }

    [Fact]
    public async Task A_cells_own_code_hears_of_the_stop_button()
    {
        const string Begun = nameof(A_cells_own_code_hears_of_the_stop_button), Ended = Begun + " ended";
        using var kernel = new NotebookKernel();
        Assert.Null((await RunAsync(kernel, "using Microsoft.DotNet.Interactive;")).Failure);

        var endless = kernel.RunAsync(
            new NotebookCell($$"""
            var token = KernelInvocationContext.Current.CancellationToken;
            AppContext.SetData("{{Begun}}", true);
            try { await Task.Delay(-1, token); } finally { AppContext.SetData("{{Ended}}", true); }
            """),
            Limit,
            TestContext.Current.CancellationToken);
        await ComesAsync(Begun);
        await kernel.InterruptAsync();

        Assert.NotNull((await endless).Failure);
        await ComesAsync(Ended);
    }

    private static async Task ComesAsync(string note)
    {
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        giveUp.CancelAfter(Limit);
        while (AppContext.GetData(note) is null) await Task.Delay(20, giveUp.Token);
    }

    private static Task<CellRun> RunAsync(NotebookKernel kernel, string source) =>
        kernel.RunAsync(new NotebookCell(source), Limit, TestContext.Current.CancellationToken);

    private static async Task<string> ShowAsync(NotebookKernel kernel, string source)
    {
        var run = await RunAsync(kernel, source);
        Assert.Null(run.Failure);
        return Assert.Single(run.Shown)["text/plain"];
    }
}
