using ConcurrencyLab.Tests.Support;

namespace ConcurrencyLab.Tests.Running;

public sealed class CommandLineTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_file_in_the_place_of_the_output_folder_is_told_before_anything_runs()
    {
        _folder.Write("good.ipynb", NotebookText.OfCode("1"));
        _folder.Write("taken", "mine");

        var ended = await LabProgram.RunAsync("run", _folder["good.ipynb"], "--output", _folder["taken"]);

        Assert.Equal(2, ended.ExitCode);
        Assert.StartsWith($"cannot use {_folder["taken"]} as a folder: ", ended.Error, StringComparison.Ordinal);
        Assert.Single(ended.Error.Trim().Split('\n'));
        Assert.Equal("", ended.Output);
        Assert.Equal("mine", File.ReadAllText(_folder["taken"]));
    }

    [Fact]
    public async Task A_folder_that_nobody_can_write_is_told_before_anything_runs()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs /proc");
        _folder.Write("good.ipynb", NotebookText.OfCode("1"));

        var ended = await LabProgram.RunAsync("run", _folder["good.ipynb"], "--output", "/proc/lab");

        Assert.Equal(2, ended.ExitCode);
        Assert.StartsWith("cannot use /proc/lab as a folder: ", ended.Error, StringComparison.Ordinal);
        Assert.Equal("", ended.Output);
    }

    [Fact]
    public async Task A_disk_that_fills_up_during_the_run_is_told_and_leaves_no_half_of_a_file()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs a shell's ulimit");
        _folder.Write("large.ipynb", NotebookText.OfCode("Console.WriteLine(new string('x', 200_000));"));
        _folder.Write("small.ipynb", NotebookText.OfCode("1"));

        // Files may grow to 100 blocks of 1024 bytes, and asking for more is an error as it is on a full disk.
        using var lab = LabProgram.StartAfter("trap '' XFSZ; ulimit -f 100; export DOTNET_EnableWriteXorExecute=0",
            "run", _folder["large.ipynb"], _folder["small.ipynb"], "--output", _folder["book"]);
        var ended = await lab.EndAsync();

        Assert.Equal(2, ended.ExitCode);
        Assert.Contains($"cannot write {_folder["book/large.ipynb"]}: ", ended.Error, StringComparison.Ordinal);
        Assert.True(File.Exists(_folder["book/small.ipynb"]));
        Assert.False(File.Exists(_folder["book/large.ipynb"]));
        Assert.DoesNotContain(Directory.GetFiles(_folder["book"]), name => name.EndsWith(".partial", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("--cell-timeout", "0", "--cell-timeout takes a number of seconds above 0")]
    [InlineData("--cell-timeout", "soon", "soon")]
    [InlineData("--colour", "red", "--colour")]
    public async Task Options_that_mean_nothing_are_told_in_a_line(string option, string value, string message)
    {
        var ended = await LabProgram.RunAsync("run", "x.ipynb", option, value);

        Assert.Equal(2, ended.ExitCode);
        Assert.Contains(message, ended.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_folder_is_told()
    {
        var ended = await LabProgram.RunAsync("run", _folder.Path, "--output", _folder["book"]);

        Assert.Equal((2, $"{_folder.Path}: no notebook (*.ipynb) in this folder\n"), (ended.ExitCode, ended.Error));
    }

    [Fact]
    public async Task Saving_checking_editing_and_checking_again()
    {
        var path = _folder.Write("chapter.ipynb", NotebookText.OfCode("1 + 1", "Console.WriteLine(\"two\");"));
        Assert.Contains("has no outputs saved by the lab", (await LabProgram.RunAsync("check", path)).Error, StringComparison.Ordinal);

        var saved = await LabProgram.RunAsync("run", path, "--save", "--output", _folder["book"]);
        Assert.Equal((0, ""), (saved.ExitCode, saved.Error));
        var fine = await LabProgram.RunAsync("check", path);
        Assert.Equal((0, "The saved outputs of 1 notebook are true to its code.\n"), (fine.ExitCode, fine.Output));

        File.WriteAllText(path, File.ReadAllText(path).Replace("\"two\\n\"", "\"three\\n\"", StringComparison.Ordinal));
        var edited = await LabProgram.RunAsync("check", path);
        Assert.Equal(1, edited.ExitCode);
        Assert.Contains("has outputs that are not those of the run", edited.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_book_is_made_of_saved_outputs_and_of_no_others()
    {
        var kept = _folder.Write("kept.ipynb", NotebookText.OfCode("Console.WriteLine(\"seen\");"));
        var edited = _folder.Write("edited.ipynb", NotebookText.OfCode("1 + 1"));
        Assert.Equal(0, (await LabProgram.RunAsync("run", kept, edited, "--save", "--output", _folder["run"])).ExitCode);
        File.WriteAllText(edited, File.ReadAllText(edited).Replace("1 + 1", "1 + 2", StringComparison.Ordinal));
        var before = File.ReadAllText(kept);

        var made = await LabProgram.RunAsync("book", kept, edited, "--output", _folder["book"]);

        Assert.Equal(1, made.ExitCode);
        Assert.StartsWith($"{edited} was changed after its outputs were saved; run: ", made.Error, StringComparison.Ordinal);
        Assert.Equal($"The book: {new Uri(_folder["book/index.html"]).AbsoluteUri}\n", made.Output);
        Assert.Contains("seen", File.ReadAllText(_folder["book/kept.html"]), StringComparison.Ordinal);
        Assert.False(File.Exists(_folder["book/edited.html"]));
        Assert.Equal(before, File.ReadAllText(kept));
    }

    [Fact]
    public async Task A_failing_chapter_is_not_saved()
    {
        var path = _folder.Write("chapter.ipynb", NotebookText.OfCode("1", "throw new Exception(\"no\");"));
        var before = File.ReadAllText(path);

        var ended = await LabProgram.RunAsync("run", path, "--save", "--output", _folder["book"]);

        Assert.Equal(1, ended.ExitCode);
        Assert.Equal(before, File.ReadAllText(path));
    }

    [Fact]
    public async Task A_cell_that_may_fail_does_not_end_its_chapter()
    {
        var json = System.Text.Json.Nodes.JsonNode.Parse(NotebookText.OfCode("throw new Exception(\"meant\");", "7"))!;
        json["cells"]![0]!["metadata"]!["tags"] = new System.Text.Json.Nodes.JsonArray("raises-exception");
        var path = _folder.Write("chapter.ipynb", json.ToJsonString());

        var ended = await LabProgram.RunAsync("run", path, "--output", _folder["book"]);

        Assert.Equal((0, ""), (ended.ExitCode, ended.Error));
        Assert.Contains("meant", File.ReadAllText(_folder["book/chapter.html"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Too_few_files_are_refused_with_a_line_that_says_what_to_do()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such limit");
        _folder.Write("good.ipynb", NotebookText.OfCode("1 + 1"));
        using var lab = LabProgram.StartAfter("ulimit -n 200", "run", _folder["good.ipynb"], "--output", _folder["book"]);

        var ended = await lab.EndAsync();

        Assert.Equal(2, ended.ExitCode);
        Assert.Equal("cannot run chapters with at most 200 files open at a time: say 'ulimit -n 512' or more in this shell, or in one whose limit may be raised\n", ended.Error);
    }

    [Fact]
    public async Task Saving_clears_away_what_a_killed_run_left_beside_the_notebooks()
    {
        _folder.Write("good.ipynb", NotebookText.OfCode("1 + 1"));
        _folder.Write($".lab-{int.MaxValue}-dead.partial", "half");

        var ended = await LabProgram.RunAsync("run", "--save", _folder["good.ipynb"], "--output", _folder["book"]);

        Assert.Equal((0, ""), (ended.ExitCode, ended.Error));
        Assert.Equal(["good.ipynb"], _folder.Files);
    }
}
