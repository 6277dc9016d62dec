using ConcurrencyLab.Kernel.Cells;
using ConcurrencyLab.Kernel.Output;

namespace ConcurrencyLab.Tests.Session;

/// <summary>Python as a language of a notebook: which text is Python, and what crosses to and from C#.</summary>
public class PythonTests
{
    [Theory]
    [InlineData("#!python\nx = 1", null)]
    [InlineData("x = 1", "python")]
    [InlineData("#!python\nx = 1", "python")]
    [InlineData("#!python\nx = 1", "csharp")]
    public void A_cell_is_Python_by_its_first_line_or_by_what_the_notebook_says(string source, string? language) =>
        Assert.Equal("x = 1", Assert.IsType<PythonPart>(Assert.Single(CellParser.Parse(source, language))).Source.Trim());

    [Fact]
    public void Lines_of_Python_keep_their_numbers_and_the_interpreter_is_named_behind_the_magic()
    {
        var parts = CellParser.Parse("var a = 1;\n#!python --interpreter \"my python/bin/python3\"\nb = '#!time'\n#!csharp\nvar c = 2;");

        Assert.Equal(new PythonPart("\n\nb = '#!time'", "my python/bin/python3"), parts[1]);
        Assert.Equal("\n\n\n\nvar c = 2;", Assert.IsType<CSharpPart>(parts[2]).Source);
    }

    [Fact]
    public void Sharing_is_for_the_language_in_which_it_stands()
    {
        var parts = CellParser.Parse("#!share --from python x --as y\n#!python\n#!share --from csharp z\n#!set --name w --value 3\nw");

        Assert.Equal(
        [
            new SharePart("python", "x", "y", ToPython: false, 1),
            new SharePart("csharp", "z", "z", ToPython: true, 3),
            new SharePart(null, "3", "w", ToPython: true, 4),
            new PythonPart("\n\n\n\nw", null),
        ], parts);
    }

    [Theory]
    [InlineData("#!python --interpreter", "--interpreter needs a value: #!python --interpreter python3.13.")]
    [InlineData("#!python x = 1", "#!python does not know x; its code begins on the next line.")]
    [InlineData("#!share x", "#!share needs a language and a variable: #!share --from python name, or #!share --from csharp name.")]
    [InlineData("#!share --from ruby x", "There is no language ruby here to take a value from; csharp and python there are.")]
    [InlineData("#!set --name x", "#!set needs a name and a value: #!set --name x --value @python:y.")]
    [InlineData("#!set --colour x", "--colour is unknown here: #!set --name x --value @python:y.")]
    public void What_is_wrong_with_an_option_is_said_with_an_example(string source, string message) =>
        Assert.Equal(message, Assert.Throws<CellSyntaxException>(() => CellParser.Parse(source)).Message);

    [AllTierFact]
    public async Task Python_cells_keep_their_variables_beside_those_of_CSharp()
    {
        await using var notebook = new TestNotebook();

        await notebook.Succeed("#!python\nx = 20");
        await notebook.Succeed("var x = 1;");
        var shown = await notebook.Succeed("#!python\nimport sys\nprint('hot')\nx + 1");

        Assert.Equal([new StreamOutput(false, "hot\n")], shown.Outputs.OfType<StreamOutput>());
        var value = Assert.Single(shown.Outputs.OfType<DisplayOutput>());
        Assert.Equal(("21", true), ((string?)value.Data["text/plain"], value.IsResult));
    }

    [AllTierFact]
    public async Task An_error_of_Python_names_the_cell_and_its_line()
    {
        await using var notebook = new TestNotebook();

        var error = await notebook.Fail("var a = 1;\n#!python\n\n1 / 0");

        Assert.Equal(("ZeroDivisionError", "division by zero", 4), (error.Name, error.Message, error.Line));
        Assert.Contains("  Cell 1, line 4, in <module>", error.Traceback);
    }

    [AllTierTheory]
    [InlineData("41", "x + 1", "42")]
    [InlineData("2**40", "x + 1", "1099511627777")]
    [InlineData("2**100", "x + 1", "1267650600228229401496703205377")]
    [InlineData("1.5", "x * 2", "3")]
    [InlineData("'cup'", "x + x.Length", "cup3")]
    [InlineData("True", "!x", "False")]
    [InlineData("[1, 2, 3]", "x.Sum()", "6")]
    [InlineData("[1, 2.5]", "x.Sum()", "3.5")]
    [InlineData("['a', 'b']", "string.Join(\"-\", x)", "a-b")]
    [InlineData("{'way': 'threads', 'seconds': 2}", "(string)x[\"way\"] + (int)x[\"seconds\"]", "threads2")]
    [InlineData("[{'n': 1}, {'n': 2}]", "x.Sum(row => (int)row[\"n\"])", "3")]
    public async Task A_Python_value_becomes_the_CSharp_value_that_one_expects(string python, string csharp, string shown)
    {
        await using var notebook = new TestNotebook();
        await notebook.Succeed($"#!python\nx = {python}");

        var cell = await notebook.Succeed($"#!share --from python x\n{csharp}");

        Assert.Equal(shown, (string?)Assert.Single(cell.Outputs.OfType<DisplayOutput>()).Data["text/plain"]);
    }

    [AllTierTheory]
    [InlineData("var x = 41;", "x + 1", "42")]
    [InlineData("var x = new[] { 1.5, 2 };", "x", "[1.5, 2]")]
    [InlineData("var x = Enumerable.Range(1, 3).Select(n => n * n);", "x", "[1, 4, 9]")]
    [InlineData("var x = new Dictionary<string, int> { [\"a\"] = 1 };", "x['a']", "1")]
    [InlineData("record Row(string Way, double Seconds); var x = new[] { new Row(\"threads\", 1.5) };", "x[0]['Way']", "'threads'")]
    [InlineData("var x = (string)null;", "x is None", "True")]
    public async Task A_CSharp_value_becomes_the_Python_value_that_one_expects(string csharp, string python, string shown)
    {
        await using var notebook = new TestNotebook();
        await notebook.Succeed(csharp);

        var cell = await notebook.Succeed($"#!python\n#!share --from csharp x\n{python}");

        Assert.Equal(shown, (string?)Assert.Single(cell.Outputs.OfType<DisplayOutput>()).Data["text/plain"]);
    }

    [AllTierFact]
    public async Task A_value_is_set_under_another_name()
    {
        await using var notebook = new TestNotebook();
        await notebook.Succeed("#!python\nx = [1, 2]");

        await notebook.Succeed("#!set --name y --value @python:x");
        await notebook.Succeed("#!set --name word --value \"three words here\"");
        var cell = await notebook.Succeed("#!python\n#!set --name z --value @csharp:y\n#!set --name w --value @csharp:word\nz, w");

        Assert.Equal("([1, 2], 'three words here')", (string?)Assert.Single(cell.Outputs.OfType<DisplayOutput>()).Data["text/plain"]);
    }

    [AllTierTheory]
    [InlineData("#!share --from python nothing", "There is no Python variable nothing.")]
    [InlineData("#!share --from python lock", "The Python variable lock (lock) cannot cross: a lock has no JSON; numbers, texts, lists, records and tables can.")]
    [InlineData("#!share --from python x --as 1x", "1x cannot be the name of a C# variable.")]
    [InlineData("#!python\n#!share --from csharp nothing", "There is no C# variable nothing.")]
    [InlineData("#!python\n#!share --from csharp task", "The C# variable task (Task`1) cannot cross: it stands for something that runs or is open; numbers, texts, lists, records and tables can.")]
    public async Task What_cannot_cross_is_named_with_its_type(string source, string message)
    {
        await using var notebook = new TestNotebook();
        await notebook.Succeed("#!python\nimport threading\nlock = threading.Lock()\nx = 1");
        await notebook.Succeed("var task = Task.FromResult(1);");

        Assert.Equal(message, (await notebook.Fail(source)).Message);
    }

    [AllTierFact]
    public async Task Code_in_CSharp_calls_a_function_of_a_Python_cell()
    {
        await using var notebook = new TestNotebook();
        await notebook.Succeed("#!python\ndef serve(orders):\n    print('serving')\n    return orders * 2");

        var cell = await notebook.Succeed("""
            using System.Threading;
            var ask = (Func<string, CancellationToken, Task<string>>)AppContext.GetData("Notebook.Python");
            var reply = await ask("{\"request\":\"call\",\"function\":\"serve\",\"arguments\":{\"orders\":8}}", default);
            (int)System.Text.Json.Nodes.JsonNode.Parse(reply)["answer"]
            """);

        Assert.Equal("serving\n", Assert.Single(cell.Outputs.OfType<StreamOutput>()).Text);
        Assert.Equal("16", (string?)Assert.Single(cell.Outputs.OfType<DisplayOutput>()).Data["text/plain"]);
    }

    [AllTierFact]
    public async Task The_stop_button_interrupts_Python_and_its_variables_stay()
    {
        await using var notebook = new TestNotebook();
        await notebook.Succeed("#!python\nx = 1");
        using var interrupt = new CancellationTokenSource();

        var stopped = await notebook.Run("#!python\nimport time\nprint('begun')\ntime.sleep(1000)", output => { if (output is StreamOutput) interrupt.Cancel(); }, interrupt: interrupt.Token);

        Assert.Equal("KeyboardInterrupt", stopped.Result.Error?.Name);
        await notebook.Succeed("#!python\nx");
    }
}
