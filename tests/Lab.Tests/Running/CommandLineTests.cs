using System.Text.Json.Nodes;
using ConcurrencyLab.Lab.Notebooks;
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
    public async Task A_folder_that_cannot_be_written_is_told_before_anything_runs()
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
    public async Task A_chapter_needs_no_home_and_has_no_files_that_a_killed_process_leaves_behind()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There a home is no variable.");
        _folder.Write("chapter.ipynb", NotebookText.OfCode("Console.WriteLine(string.Join(' ', [\"files:\", .. System.IO.Directory.GetFiles(System.IO.Path.GetTempPath(), $\"*-{Environment.ProcessId}-*\")]));"));
        using var lab = LabProgram.Start(
            start =>
            {
                // Nobody can make a folder there, root included.
                start.Environment["HOME"] = "/dev/null/home";
                start.Environment.Remove("XDG_DATA_HOME");
            },
            "run", _folder["chapter.ipynb"], "--output", _folder["book"]);
        var ended = await lab.EndAsync();
        Assert.True(ended.ExitCode == 0, ended.Error);
        Assert.Equal("files:\n", MultilineText.Join(Notebook.Read(Path.Combine(_folder["book"], "chapter.ipynb")).CodeCells.Single().Outputs.Single()["text"]));
    }

    [Fact]
    public async Task An_empty_folder_is_told()
    {
        var ended = await LabProgram.RunAsync("run", _folder.Path, "--output", _folder["book"]);

        Assert.Equal((2, $"{_folder.Path}: no notebook (*.ipynb) in this folder\n"), (ended.ExitCode, ended.Error));
    }

    [Fact]
    public async Task Without_a_command_it_shows_in_a_dozen_lines_what_it_can_do_and_runs_nothing()
    {
        var ended = await LabProgram.RunAsync();

        Assert.Equal((0, ""), (ended.ExitCode, ended.Error));
        Assert.InRange(ended.Output.Trim().Split('\n').Length, 8, 13);
        foreach (var command in (string[])["run --all", "book", "check", "install", "open", "doctor", "--help"]) Assert.Contains(command, ended.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("run")]
    [InlineData("run --all x.ipynb")]
    public async Task A_run_is_told_what_to_run(string arguments)
    {
        var ended = await LabProgram.RunAsync(arguments.Split(' '));

        Assert.Equal((2, "say what to run: notebooks, folders of them, or --all for every chapter\n"), (ended.ExitCode, ended.Error));
    }

    [Fact]
    public async Task A_run_of_all_chapters_ends_with_the_verdict_the_books_address_and_what_to_do_next()
    {
        _folder.Write("ConcurrencyLab.slnx", "");
        _folder.Write("notebooks/01-first.ipynb", NotebookText.OfCode(NotebookText.Claims(holds: true)));
        _folder.Write("notebooks/02-second.ipynb", NotebookText.OfCode(NotebookText.Claims(holds: false)));
        using var lab = LabProgram.Start(start => start.WorkingDirectory = _folder.Path, "run", "--all");

        var ended = await lab.EndAsync();

        Assert.Equal((0, ""), (ended.ExitCode, ended.Error));
        var book = Assert.Single(Directory.GetFiles(_folder["artifacts/book"], "index.html"));
        Assert.EndsWith($"""
            1 of 2 claims hold on this machine; 1 does not hold here:
              02-second: Waiting costs no thread (one core): 12.3 ×, not at least 5 ×
            The book: {new Uri(book).AbsoluteUri}

            What next?
              Read the book:       open the address above in a browser.
              Edit a chapter:      dotnet run --project src/Lab -c Release -- install
                                   then open notebooks/ in VS Code (with its Jupyter extension) or in Jupyter.
              Something is wrong:  dotnet run --project src/Lab -c Release -- doctor

            """.ReplaceLineEndings("\n"), ended.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Outputs_are_saved_checked_and_made_a_book_of()
    {
        var kept = _folder.Write("kept.ipynb", NotebookText.OfCode("Console.WriteLine(\"seen\");"));
        var edited = _folder.Write("edited.ipynb", NotebookText.OfCode("1 + 1"));
        _folder.Write($".lab-{int.MaxValue}-dead.partial", "what a killed run has left");
        Assert.Contains("has no outputs saved by the lab", (await LabProgram.RunAsync("check", kept)).Error, StringComparison.Ordinal);

        var saved = await LabProgram.RunAsync("run", kept, edited, "--save", "--output", _folder["run"]);
        Assert.Equal((0, ""), (saved.ExitCode, saved.Error));
        Assert.Equal(["edited.ipynb", "kept.ipynb"], _folder.Files);
        var fine = await LabProgram.RunAsync("check", kept, edited);
        Assert.Equal((0, "The saved outputs of 2 notebooks are true to their code.\n"), (fine.ExitCode, fine.Output));

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
    public async Task A_failing_chapter_is_not_saved_and_one_whose_cell_may_fail_is()
    {
        var failing = _folder.Write("failing.ipynb", NotebookText.OfCode("1", "throw new Exception(\"no\");"));
        var json = JsonNode.Parse(NotebookText.OfCode("throw new Exception(\"meant\");", "7"))!;
        json["cells"]![0]!["metadata"]!["tags"] = new JsonArray("raises-exception");
        var allowed = _folder.Write("allowed.ipynb", json.ToJsonString());
        var before = File.ReadAllText(failing);

        var ended = await LabProgram.RunAsync("run", failing, allowed, "--save", "--output", _folder["book"]);

        Assert.Equal((1, $"{failing}: cell 2, line 1: no\n"), (ended.ExitCode, ended.Error));
        Assert.Equal(before, File.ReadAllText(failing));
        Assert.Contains("meant", File.ReadAllText(allowed), StringComparison.Ordinal);
        Assert.Contains("meant", File.ReadAllText(_folder["book/allowed.html"]), StringComparison.Ordinal);
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
}
