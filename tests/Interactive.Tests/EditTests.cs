namespace ConcurrencyLab.Tests;

/// <summary>What learners do to a chapter in .NET Interactive: what can be stopped is, and what cannot is said.</summary>
public class EditTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(3);

    [Fact]
    public async Task A_measurement_and_a_cells_own_code_hear_of_the_stop_button_and_the_variables_stay()
    {
        await using var engine = await Engine.StartAsync(Engine.DotnetInteractive);
        Assert.Equal("", (await engine.RunAsync("#r \"../artifacts/lab/ConcurrencyLab.dll\"\nusing ConcurrencyLab;\nusing System.Threading;\nvar ended = 0;")).Shown);

        var measured = await engine.RunAsync("""
            await Compare.Runs("blocked", Run.As("sleep", () =>
            {
                try { Thread.Sleep(Timeout.Infinite); } finally { ended++; }
            }))
            """, Soon);
        var own = await engine.RunAsync("""
            var token = Microsoft.DotNet.Interactive.KernelInvocationContext.Current.CancellationToken;
            try { await Task.Delay(-1, token); } finally { ended++; }
            """, Soon);

        Assert.Equal(("TimeLimitExceeded", "TimeLimitExceeded"), (measured.Result.Error?.Name, own.Result.Error?.Name));
        Assert.Equal("value text/plain: True", (await engine.RunAsync("SpinWait.SpinUntil(() => ended == 2, 60_000).ToString()")).Shown);
    }

    [Fact]
    public Task A_cell_that_blocks_cannot_be_stopped_ends_its_process_and_says_so() => CannotBeStoppedAsync("System.Threading.Thread.Sleep(-1);");

    [AllTierFact]
    public Task A_cell_that_computes_for_ever_cannot_be_stopped_ends_its_process_and_says_so() => CannotBeStoppedAsync("while (true) { }");

    [AllTierFact]
    public async Task A_cell_of_a_chapter_runs_again_after_a_mistake_in_it()
    {
        var cells = Chapters.Read("00-start-here").CodeCells.Take(2).Select(cell => cell.Source).ToArray();
        await using var engine = await Engine.StartAsync(Engine.DotnetInteractive);
        Assert.Null((await engine.RunAsync(cells[0])).Result.Error);

        var spoilt = await engine.RunAsync("Compare.Nothing();\n" + cells[1]);
        var mended = await engine.RunAsync(cells[1]);

        Assert.Equal(1, spoilt.Result.Error?.Line);
        Assert.StartsWith("error CS", spoilt.Result.Error?.Message, StringComparison.Ordinal);
        Assert.Null(mended.Result.Error);
        Assert.NotEqual("", mended.Shown);
    }

    private static async Task CannotBeStoppedAsync(string source)
    {
        await using var engine = await Engine.StartAsync(Engine.DotnetInteractive);

        var endless = await engine.RunAsync(source, TimeSpan.FromSeconds(1));

        Assert.Equal("TimeLimitExceeded", endless.Result.Error?.Name);
        Assert.Contains(endless.Result.Error!.Traceback, line => line.Contains("cannot stop it: its process ends", StringComparison.Ordinal));
        Assert.Equal("ProcessEnded", (await engine.RunAsync("1")).Result.Error?.Name);
    }
}
