namespace ConcurrencyLab.Tests;

/// <summary>What a Python cell shows, keeps and says of its errors.</summary>
public class CellTests
{
    [AllTierFact]
    public void State_lasts_from_cell_to_cell_and_the_last_expression_is_shown()
    {
        using var notebook = new PythonNotebook();

        Assert.Null(notebook.Value("x = 41"));
        Assert.Equal("42", notebook.Value("x + 1"));
        Assert.Null(notebook.Value("x + 1;"));
    }

    [AllTierFact]
    public void What_threads_and_child_processes_print_arrives_in_order_and_before_the_cells_end()
    {
        using var notebook = new PythonNotebook();

        var cell = notebook.Run("""
            import subprocess, sys, threading
            print("first")
            thread = threading.Thread(target=lambda: print("thread")); thread.start(); thread.join()
            subprocess.run([sys.executable, "-c", "print('child')"])
            print("no line end", end="")
            """);

        Assert.Null(cell.Failure);
        Assert.Equal("first\nthread\nchild\nno line end", cell.Out.ToString());
    }

    [AllTierFact]
    public void A_traceback_names_cells_and_lines_and_none_of_the_machinery()
    {
        using var notebook = new PythonNotebook();
        notebook.Value("def divide(a):\n    return 1 / a");

        var failure = notebook.Fail("\n\ndivide(0)");

        Assert.Equal(("ZeroDivisionError", "division by zero", 3), (failure.Name, failure.Message, failure.Line));
        var lines = failure.Traceback.Where(line => !line.Contains('~') && !line.Contains('^'));
        Assert.Equal(
            ["Traceback (most recent call last):", "  Cell 2, line 3, in <module>", "    divide(0)", "  Cell 1, line 2, in divide", "    return 1 / a", "ZeroDivisionError: division by zero"],
            lines);
    }

    [AllTierFact]
    public void A_mistake_of_syntax_names_its_line()
    {
        using var notebook = new PythonNotebook();

        var failure = notebook.Fail("x = 1\ny = = 2");

        Assert.Equal(("SyntaxError", 2), (failure.Name, failure.Line));
        Assert.Equal("  Cell 1, line 2", failure.Traceback[0]);
    }

    [AllTierFact]
    public void A_cell_awaits_and_the_loop_lives_on_while_no_cell_runs()
    {
        using var notebook = new PythonNotebook();

        notebook.Value("import asyncio\ndone = asyncio.Event()\nasync def later():\n    await asyncio.sleep(0.01)\n    done.set()\ntask = asyncio.create_task(later())\nawait asyncio.sleep(0)");
        Assert.Equal("True", notebook.Value("await done.wait()"));
        Assert.Equal("7", notebook.Value("async def seven():\n    return 7\nasyncio.run(seven())"));
        Assert.Equal("True", notebook.Value("await done.wait()"));
    }

    [AllTierFact]
    public void Input_asks_and_a_password_asks_in_secret()
    {
        using var notebook = new PythonNotebook();

        var cell = notebook.Run("import getpass\ninput('name? '), getpass.getpass(), input()", ["Ada", "secret", "more"]);

        Assert.Null(cell.Failure);
        Assert.Equal("('Ada', 'secret', 'more')", cell.Value);
        Assert.Equal([("name? ", false), ("Password: ", true), ("", false)], cell.Questions);
    }

    [AllTierFact]
    public void Where_nobody_can_be_asked_input_fails_and_says_so()
    {
        using var notebook = new PythonNotebook();

        Assert.Equal(("EOFError", "nobody is there"), notebook.Fail("input()") is var failure ? (failure.Name, failure.Message) : default);
        Assert.Equal("1", notebook.Value("1"));
    }

    [AllTierFact]
    public void Objects_show_themselves_by_the_conventions_of_IPython()
    {
        using var notebook = new PythonNotebook();
        notebook.Value("""
            class Html:
                def _repr_html_(self): return "<b>cup</b>"
            class Whole:
                def _repr_mimebundle_(self, include=None, exclude=None): return {"text/markdown": "**cup**", "text/plain": "cup"}
            class Picture:
                def _repr_png_(self): return b"png"
            class Broken:
                def __repr__(self): raise ValueError("no")
                def _repr_html_(self): return 1 / 0
            """);

        var shown = notebook.Run("display(Html(), Picture())\nWhole()").Shown;

        Assert.Equal([("<b>cup</b>", null, false), (null, "cG5n", false), (null, null, true)], shown.Select(one => ((string?)one.Data["text/html"], (string?)one.Data["image/png"], one.IsResult)));
        Assert.Equal(("**cup**", "cup"), ((string?)shown[2].Data["text/markdown"], (string?)shown[2].Data["text/plain"]));
        Assert.Equal("<Broken: its repr failed: ValueError: no>", notebook.Value("Broken()"));
    }

    [AllTierFact]
    public void A_cell_is_the_main_program_and_its_functions_have_their_source()
    {
        using var notebook = new PythonNotebook();

        Assert.Equal("'main'", notebook.Value("import inspect\ndef f():\n    return 1\nif __name__ == '__main__':\n    word = 'main'\nword"));
        Assert.Equal("'def f():\\n    return 1\\n'", notebook.Value("inspect.getsource(f)"));
    }

    [AllTierFact]
    public void Modules_beside_the_notebook_are_imported()
    {
        using var notebook = new PythonNotebook();
        File.WriteAllText(Path.Combine(notebook.Folder, "beside.py"), "cups = 20\n");

        Assert.Equal("20", notebook.Value("import beside\nbeside.cups"));
        Assert.Equal("<function span", notebook.Value("from measured import span\nspan")![..14]);
    }
}
