namespace ConcurrencyLab.Tests.Session;

public sealed class CellTests : IAsyncLifetime
{
    private readonly TestNotebook _notebook = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _notebook.DisposeAsync();

    [Fact]
    public async Task Later_cells_see_variables_methods_types_and_usings_of_earlier_ones()
    {
        await _notebook.Succeed("using System.Threading; var cups = 3; int Twice(int n) => 2 * n; record Cup(int Size);");
        Assert.Equal("6", (await _notebook.Succeed("Twice(cups)")).PlainValue);
        Assert.Equal("7", (await _notebook.Succeed("new Cup(7).Size")).PlainValue);
        Assert.Equal("0", (await _notebook.Succeed("Volatile.Read(ref cups) - cups")).PlainValue);
    }

    [Fact]
    public async Task A_cell_that_declares_nothing_still_changes_what_earlier_cells_declared()
    {
        await _notebook.Succeed("var cups = 1;");
        await _notebook.Succeed("cups++;");
        await _notebook.Succeed("cups += 40;");
        Assert.Equal("42", (await _notebook.Succeed("cups")).PlainValue);
    }

    [Fact]
    public async Task Names_can_be_declared_again_with_another_type()
    {
        await _notebook.Succeed("var cup = 1; int Size() => cup;");
        await _notebook.Succeed("var cup = \"large\";");
        Assert.Equal("large 1", (await _notebook.Succeed("$\"{cup} {Size()}\"")).PlainValue);
    }

    [Fact]
    public async Task Top_level_await_and_foreach_over_many_cells_keep_state()
    {
        await _notebook.Succeed("var sum = 0;");
        for (var cell = 1; cell <= 40; cell++) await _notebook.Succeed($"var v{cell} = await Task.FromResult({cell}); sum += v{cell};");
        Assert.Equal("820", (await _notebook.Succeed("await Task.Delay(1); sum")).PlainValue);
        Assert.Equal("41", (await _notebook.Succeed("v1 + v40")).PlainValue);
    }

    [Fact]
    public async Task Variables_set_before_a_failure_keep_their_values()
    {
        await _notebook.Fail("var before = 5; if (before > 1) throw new Exception(\"half-way\"); var after = 6;");
        Assert.Equal("5 0", (await _notebook.Succeed("$\"{before} {after}\"")).PlainValue);
    }

    [Theory]
    [InlineData("Math.Max(1, 2);")]
    [InlineData("var x = 1;")]
    [InlineData("Console.Write(\"\")")]
    [InlineData("await Task.Delay(1)")]
    [InlineData("// nothing")]
    [InlineData("")]
    public async Task A_cell_without_a_last_expression_has_no_value(string source) =>
        Assert.Empty((await _notebook.Succeed(source)).Outputs);

    [Theory]
    [InlineData("/* never closed", "CS1035")]
    [InlineData("// a comment\n#error stop here", "CS1029")]
    [InlineData("#if never", "CS1027")]
    public async Task A_cell_of_comments_alone_is_still_checked(string source, string code) =>
        Assert.Contains(code, (await _notebook.Fail(source)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("var answer = 0; unsafe { var found = 42; int* place = &found; answer = *place; }")]
    [InlineData("var answer = 0; unsafe void Set(int* place) => *place = 42; unsafe { fixed (int* place = new int[1]) { Set(place); answer = *place; } }")]
    [InlineData("[System.Runtime.CompilerServices.SkipLocalsInit] int Find() { Span<int> places = stackalloc int[1]; places[0] = 42; return places[0]; }\nvar answer = Find();")]
    public async Task Pointers_are_allowed(string source)
    {
        await _notebook.Succeed(source);
        Assert.Equal("42", (await _notebook.Succeed("answer")).PlainValue);
        // A cell that speaks of none sees what the others declared.
        Assert.Equal("43", (await _notebook.Succeed("answer + 1")).PlainValue);
    }

    [Fact]
    public async Task A_cell_of_usings_alone_serves_later_cells()
    {
        await _notebook.Succeed("using System.Threading;");
        await _notebook.Succeed("var first = 1;");
        await _notebook.Succeed("using System.IO; // and no code");
        Assert.Equal("1", (await _notebook.Succeed("Volatile.Read(ref first) + Path.GetFileName(\"\").Length")).PlainValue);
    }

    [Fact]
    public async Task A_null_value_is_shown() => Assert.Equal("<null>", (await _notebook.Succeed("(string)null")).PlainValue);

    [Theory]
    [InlineData("for (var i = 0; i < 2; i++) IsSlow();")]
    [InlineData("foreach (var i in new[] { 1, 2 }) IsSlow();")]
    [InlineData("var i = 0; again: IsSlow(); if (i++ < 2) goto again;")]
    [InlineData("bool Local() => IsSlow(); Local();")]
    [InlineData("Func<bool> lambda = () => IsSlow(); lambda();")]
    [InlineData("var query = from i in new[] { 1, 2 } select IsSlow(); query.Count();")]
    [InlineData("class Cup { public bool Size = IsSlow(); } new Cup();")]
    [InlineData("static string Reversed { get { IsSlow(); return null; } } var reversed = Reversed;")]
    public async Task What_may_run_often_is_compiled_with_optimisations(string code)
    {
        await _notebook.Succeed("""
            using System.Diagnostics; using System.Reflection; using System.Runtime.CompilerServices;
            [MethodImpl(MethodImplOptions.NoInlining)]
            static bool IsSlow() => new StackTrace().GetFrames().Any(frame =>
                frame.GetMethod().Module.Assembly is var assembly && assembly.GetName().Name.StartsWith("cell-")
                && assembly.GetCustomAttribute<DebuggableAttribute>() is { IsJITOptimizerDisabled: true } ? throw new Exception("slow") : false);
            """);
        await _notebook.Succeed(code);
    }

    [Fact]
    public async Task A_cell_runs_as_a_console_program_does()
    {
        // What the chapters teach about deadlocks and thread pools holds only without a context of ours.
        var cell = await _notebook.Succeed(
            "$\"{System.Threading.SynchronizationContext.Current is null} {TaskScheduler.Current == TaskScheduler.Default} {System.Threading.Thread.CurrentThread.IsThreadPoolThread}\"");
        Assert.Equal("True True False", cell.PlainValue);
    }

    [Fact]
    public async Task The_time_magic_shows_the_wall_time_of_the_cell()
    {
        var cell = await _notebook.Succeed("#!time\nawait Task.Delay(30);\n7");
        Assert.Equal("7", cell.PlainValue);
        var time = (string?)cell.Outputs.OfType<ConcurrencyLab.Kernel.Output.DisplayOutput>().Last().Data["text/plain"];
        Assert.StartsWith("Wall time: ", time, StringComparison.Ordinal);
        Assert.InRange(double.Parse(time!["Wall time: ".Length..^2], System.Globalization.CultureInfo.InvariantCulture), 29, cell.Result.Elapsed.TotalMilliseconds);
    }

    [Fact]
    public async Task Text_magics_show_text_and_csharp_comes_back()
    {
        var cell = await _notebook.Succeed("#!markdown\n# Title\n#!not-a-magic-here\n#!html\n<b>x</b>\n#!mermaid\ngraph LR\n#!csharp\nvar q = 5;\nq");
        var shown = cell.Outputs.OfType<ConcurrencyLab.Kernel.Output.DisplayOutput>().Select(output => output.Data).ToList();
        Assert.Equal("# Title\n#!not-a-magic-here", (string?)shown[0]["text/markdown"]);
        Assert.Equal("<b>x</b>", (string?)shown[1]["text/html"]);
        Assert.Equal("graph LR", (string?)shown[2]["text/vnd.mermaid"]);
        Assert.Equal("5", cell.PlainValue);
    }

    [Fact]
    public async Task What_looks_like_a_magic_inside_a_string_is_text()
    {
        var cell = await _notebook.Succeed("var text = \"\"\"\n#!nonsense\n#r \"nothing\"\n\"\"\";\ntext");
        Assert.Equal("#!nonsense\n#r \"nothing\"", cell.PlainValue);
    }

    [Fact]
    public async Task An_unknown_magic_names_those_that_exist()
    {
        var error = await _notebook.Fail("1 + 1\n#!fsharp\nlet x = 1");
        Assert.Equal(2, error.Line);
        Assert.Contains("#!fsharp", error.Message, StringComparison.Ordinal);
        Assert.Contains("#!time", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("\n", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_runs_a_source_file_and_a_notebook()
    {
        await File.WriteAllTextAsync(Path.Combine(_notebook.Folder, "helpers.cs"), "int Half(int n) => n / 2;", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(_notebook.Folder, "other.ipynb"),
            """{"cells":[{"cell_type":"markdown","source":["x"]},{"cell_type":"code","source":["var fromNotebook =\n","  Half(20);"]}]}""", TestContext.Current.CancellationToken);
        Assert.Equal("15", (await _notebook.Succeed("#!import \"helpers.cs\"\n#!import other.ipynb\nfromNotebook + Half(10)")).PlainValue);
    }

    [Theory]
    [InlineData("#!import \"missing.cs\"", "no file")]
    [InlineData("#!import \"notes.txt\"", ".cs, .csx, .py and .ipynb")]
    [InlineData("#!import", "needs a file")]
    public async Task An_import_that_cannot_be_done_says_why_in_one_line(string source, string part)
    {
        await File.WriteAllTextAsync(Path.Combine(_notebook.Folder, "notes.txt"), "", TestContext.Current.CancellationToken);
        var error = await _notebook.Fail("var fine = 1;\n" + source);
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
        Assert.Equal(2, error.Line);
    }

    [Fact]
    public async Task A_file_that_imports_itself_is_refused()
    {
        await File.WriteAllTextAsync(Path.Combine(_notebook.Folder, "loop.cs"), "#!import \"loop.cs\"", TestContext.Current.CancellationToken);
        Assert.Contains("imports itself", (await _notebook.Fail("#!import \"loop.cs\"")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cell_adds_no_references_that_the_cells_before_it_have_already()
    {
        // Each listing those of all before it once more, 400 cells took 370 MB.
        for (var cell = 1; cell <= 20; cell++) await _notebook.Succeed($"var cups = {cell};");
        Assert.Equal("20", (await _notebook.Succeed("cups")).PlainValue);
        var context = _notebook.Chain.Context;
        Assert.Equal(20, context.Cells.Count);
        Assert.All(context.Cells.Skip(1), cell => Assert.Empty(cell.References));
        Assert.Empty(context.References);
    }

    [Fact]
    public async Task Names_outlive_the_most_thorough_garbage_collection()
    {
        await using var notebook = new TestNotebook();
        await notebook.Succeed("var kept = 42;");
        await notebook.Succeed("int Twice(int number) => 2 * number;");
        await notebook.Succeed("GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);");
        Assert.Equal("84", (await notebook.Succeed("Twice(kept)")).PlainValue);
    }

    [Fact]
    public async Task Types_that_the_framework_only_forwards_are_found_through_libraries_that_ask_for_them()
    {
        await using var notebook = new TestNotebook();
        // Formatting is built against netstandard, the workloads against System.Runtime: one List<int> to all of them.
        await notebook.Succeed($"#r \"{Path.Combine(Jupyter.Jupyter.Root, "artifacts", "lab", "ConcurrencyLab.dll")}\"\nusing ConcurrencyLab;");
        Assert.Equal("3", (await notebook.Succeed(
            "var formatted = Microsoft.DotNet.Interactive.Formatting.Formatter.GetPreferredMimeTypesFor(typeof(List<int>)).ToList(); List<int> numbers = [1, 2, 3]; numbers.Count")).PlainValue);
    }
}
