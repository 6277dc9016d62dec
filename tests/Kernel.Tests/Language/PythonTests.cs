using System.Text.Json.Nodes;
using ConcurrencyLab.Kernel.Compilation;
using ConcurrencyLab.Kernel.Language;
using ConcurrencyLab.Tests.Session;

namespace ConcurrencyLab.Tests.Language;

/// <summary>Completion and hover in Python cells.</summary>
public class PythonTests
{
    private const string Cell = "var a = 1;\n#!python\nos.pa\ncups";

    [Fact]
    public void Python_is_asked_with_what_stands_around_the_cursor_and_CSharp_is_not()
    {
        List<string> asked = [];
        var assistant = new CodeAssistant(new SubmissionChain(), askPython: question =>
        {
            asked.Add(question.ToJsonString());
            return new JsonObject { ["begun"] = "pa", ["names"] = new JsonArray("path"), ["text"] = "path: a module", ["status"] = "complete" };
        });

        var completions = assistant.Complete(Cell, Cell.IndexOf("\ncups", StringComparison.Ordinal));

        Assert.Equal((23, 25), (completions.Start, completions.End));
        Assert.Equal("path", Assert.Single(completions.Items).Text);
        Assert.Equal("path: a module", assistant.Inspect(Cell, Cell.IndexOf("pa", StringComparison.Ordinal)));
        Assert.Equal("complete", assistant.StatusOf(Cell));
        Assert.Equal(
        [
            """{"request":"complete","before":"os.pa"}""",
            """{"request":"inspect","before":"os.","after":"pa\ncups"}""",
            """{"request":"status","code":"os.pa\ncups"}""",
        ], asked);
    }

    [Fact]
    public void Without_an_interpreter_there_is_no_answer_and_no_wait()
    {
        var assistant = new CodeAssistant(new SubmissionChain(), askPython: _ => null);

        Assert.Empty(assistant.Complete(Cell, Cell.Length).Items);
        Assert.Null(assistant.Inspect(Cell, Cell.Length));
        Assert.Equal("unknown", assistant.StatusOf(Cell));
    }

    [AllTierFact]
    public async Task The_live_interpreter_answers_while_no_cell_runs()
    {
        await using var notebook = new TestNotebook();
        Assert.Null(notebook.AskPython(new() { ["request"] = "complete", ["before"] = "wor" }));
        await notebook.Succeed("#!python\nimport os\ndef working(a, b=1):\n    'Works.'");
        var assistant = new CodeAssistant(notebook.Chain, askPython: notebook.AskPython);

        Assert.Equal(["working"], assistant.Complete("#!python\nworki", 14).Items.Select(item => item.Text));
        Assert.Contains(assistant.Complete("#!python\nos.path.jo", 19).Items, item => item.Text == "join");
        Assert.Equal("working(a, b=1)\n\nWorks.", assistant.Inspect("#!python\nworking(1)", 12));
        Assert.Equal("incomplete", assistant.StatusOf("#!python\ndef f():"));
        Assert.Equal("complete", assistant.StatusOf("#!python\n1 + 1"));
    }
}
