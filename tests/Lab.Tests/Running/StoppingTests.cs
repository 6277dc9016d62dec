using ConcurrencyLab.Lab.Files;
using ConcurrencyLab.Lab.Notebooks;
using ConcurrencyLab.Tests.Support;

namespace ConcurrencyLab.Tests.Running;

public sealed class StoppingTests : IDisposable
{
    private readonly TemporaryFolder _notebooks = new();
    private readonly TemporaryFolder _book = new();

    public void Dispose()
    {
        _notebooks.Dispose();
        _book.Dispose();
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    [InlineData("KILL")]
    public async Task When_the_runner_is_stopped_the_chapter_tidies_up_and_nothing_runs_on(string signal)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "signals are Unix's");
        // The cell tells who it is and what it has started, then spins so that nothing but force ends it.
        var (told, tidied) = (_notebooks["processes"], _notebooks["tidied"]);
        _notebooks.Write("endless.ipynb", NotebookText.OfCode($$"""
            AppDomain.CurrentDomain.ProcessExit += (_, _) => System.IO.File.WriteAllText("{{tidied}}", "");
            var child = System.Diagnostics.Process.Start("sleep", "1000");
            System.IO.File.WriteAllText("{{told}}.new", $"{Environment.ProcessId} {child.Id}");
            System.IO.File.Move("{{told}}.new", "{{told}}");
            while (true) { }
            """));
        using var lab = LabProgram.Start("run", _notebooks["endless.ipynb"], "--output", _book.Path);
        var processes = (await WhenThereAsync(told)).Split(' ').Select(int.Parse).ToArray();
        Assert.All(processes, id => Assert.True(Processes.IsAlive(id)));

        lab.Signal(signal);

        var ended = await lab.EndAsync();
        if (signal != "KILL")
        {
            Assert.Equal(130, ended.ExitCode);
            Assert.Contains("Stopped; 0 of 1 chapters had run", ended.Error, StringComparison.Ordinal);
        }
        await WhenThereAsync(tidied);
        foreach (var id in processes) await WhenGoneAsync(id);
        Assert.DoesNotContain(_book.Files, name => name.EndsWith(".partial", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_a_chapter_leaves_running_ends_with_it()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the cell starts a Unix program");
        var told = _notebooks["process"];
        _notebooks.Write("leaves.ipynb", NotebookText.OfCode($$"""
            var child = System.Diagnostics.Process.Start("sleep", "1000");
            System.IO.File.WriteAllText("{{told}}", $"{child.Id}");
            """));

        var ended = await LabProgram.RunAsync("run", _notebooks["leaves.ipynb"], "--output", _book.Path);

        Assert.Equal(0, ended.ExitCode);
        await WhenGoneAsync(int.Parse(File.ReadAllText(told), System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task A_cell_that_does_not_end_is_ended_and_recorded_and_its_notebook_stays_as_it_was()
    {
        var text = NotebookText.OfCode("while (true) { }", "1");
        _notebooks.Write("endless.ipynb", text);

        var ended = await LabProgram.RunAsync("run", _notebooks["endless.ipynb"], "--output", _book.Path, "--cell-timeout", "2");

        Assert.Equal(1, ended.ExitCode);
        Assert.StartsWith($"{_notebooks["endless.ipynb"]}: cell 1: The cell ran longer than its limit of 2 s and ", ended.Error, StringComparison.Ordinal);
        Assert.Equal("TimeLimitExceeded", Notebook.Read(_book["endless.ipynb"]).CodeCells.First().Outputs.Last()["ename"]!.ToString());
        Assert.Equal(text, File.ReadAllText(_notebooks["endless.ipynb"]));
    }

    [Fact]
    public async Task What_stands_still_is_named_when_a_cells_time_is_over()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "elsewhere the system does not tell who is suspended");
        _notebooks.Write("suspended.ipynb", NotebookText.OfCode("""
            var child = System.Diagnostics.Process.Start("sleep", "1000");
            System.Diagnostics.Process.Start("kill", $"-STOP {child.Id}").WaitForExit();
            Console.WriteLine(child.Id);
            child.WaitForExit();
            """));

        var ended = await LabProgram.RunAsync("run", _notebooks["suspended.ipynb"], "--output", _book.Path, "--cell-timeout", "10");

        Assert.Equal(1, ended.ExitCode);
        var id = MultilineText.Join(Notebook.Read(_book["suspended.ipynb"]).CodeCells.Single().Outputs.First()["text"])!.Trim();
        Assert.Contains($"cell 1: The cell ran longer than its limit of 10 s and ", ended.Error, StringComparison.Ordinal);
        Assert.Contains($"process {id} (sleep) was suspended (SIGSTOP)", ended.Error, StringComparison.Ordinal);
        await WhenGoneAsync(int.Parse(id, System.Globalization.CultureInfo.InvariantCulture));
    }

    private static async Task<string> WhenThereAsync(string path)
    {
        using var watcher = new FileSystemWatcher(Path.GetDirectoryName(path)!) { EnableRaisingEvents = true };
        using var changed = new SemaphoreSlim(0);
        watcher.Created += (_, _) => changed.Release();
        watcher.Renamed += (_, _) => changed.Release();
        while (!File.Exists(path)) Assert.True(await changed.WaitAsync(LabProgram.Longest, TestContext.Current.CancellationToken), $"{path} does not appear");
        return await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
    }

    private static async Task WhenGoneAsync(int id)
    {
        try
        {
            using var process = System.Diagnostics.Process.GetProcessById(id);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(LabProgram.Longest);
        }
        catch (ArgumentException)
        {
            // Gone before we looked.
        }
    }
}
