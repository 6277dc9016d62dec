using System.Text.Json.Nodes;
using ConcurrencyLab.Common;
using ConcurrencyLab.Lab.Files;
using ConcurrencyLab.Lab.Notebooks;
using ConcurrencyLab.Tests.Support;

namespace ConcurrencyLab.Tests.Notebooks;

public sealed class SavedNotebookTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_notebook_just_saved_is_true_to_its_code()
    {
        var path = Saved("1+1", "2\nlines\n");

        Assert.Null(SavedNotebook.Fault(Notebook.Read(path)));
        var run = SavedRun.Of(Notebook.Read(path))!;
        Assert.Equal((Environment.ProcessorCount, ProcessorName.Here), (run.Cores, run.Processor));
    }

    [Fact]
    public void Saving_the_same_again_leaves_the_file_alone()
    {
        var path = Saved("1+1", "2");
        // A run of another day on another machine.
        var text = File.ReadAllText(path).Replace($"\"{DateTime.UtcNow:yyyy-MM-dd}\"", "\"2020-02-02\"", StringComparison.Ordinal);
        File.WriteAllText(path, text);
        var source = Notebook.Read(path);

        Assert.False(SavedNotebook.Save(source, Executed(source, "2")));
        Assert.Equal(text, File.ReadAllText(path));
    }

    [Fact]
    public void New_outputs_change_nothing_but_themselves_and_the_note_of_the_run()
    {
        var path = Saved("1+1", "2");
        var before = File.ReadAllLines(path);
        var source = Notebook.Read(path);

        Assert.True(SavedNotebook.Save(source, Executed(source, "3")));

        var changed = File.ReadAllLines(path).Except(before).Select(line => line.Trim().Split(':')[0]).ToArray();
        Assert.Equal(["\"3\"", "\"outputs\""], changed);
    }

    [Fact]
    public void Changed_code_is_found() => AssertFault("1+1", "1+2", "was changed after its outputs were saved");

    [Fact]
    public void An_output_edited_by_hand_is_found() => AssertFault("\"42\"", "\"43\"", "has outputs that are not those of the run");

    [Fact]
    public void Prose_may_change_and_a_front_end_may_lay_the_file_out_anew()
    {
        var path = Saved("1+1", "42");
        var json = JsonNode.Parse(File.ReadAllText(path))!;
        json["cells"]![0]!["source"] = "# Another title";
        json["cells"]![1]!["metadata"]!["vscode"] = new JsonObject { ["languageId"] = "csharp" };
        json["cells"]![1]!["execution_count"] = 17;
        json["cells"]![1]!["outputs"]![0]!["data"]!["text/plain"] = "42";
        json["metadata"]!["language_info"] = new JsonObject { ["name"] = "polyglot-notebook" };
        File.WriteAllText(path, json.ToJsonString());

        Assert.Null(SavedNotebook.Fault(Notebook.Read(path)));
    }

    [Fact]
    public void What_an_editor_adds_is_not_saved()
    {
        var path = Saved("1+1", "42");
        var json = JsonNode.Parse(File.ReadAllText(path))!;
        json["cells"]![1]!["metadata"]!["vscode"] = new JsonObject { ["languageId"] = "csharp" };
        json["cells"]![1]!["metadata"]!["tags"] = new JsonArray("kept");
        File.WriteAllText(path, json.ToJsonString());
        var source = Notebook.Read(path);

        SavedNotebook.Save(source, Executed(source, "42"));

        Assert.DoesNotContain("vscode", File.ReadAllText(path), StringComparison.Ordinal);
        Assert.Contains("kept", File.ReadAllText(path), StringComparison.Ordinal);
    }

    [Fact]
    public void A_notebook_that_was_never_saved_is_told_how() =>
        Assert.Contains("-- run --save", SavedNotebook.Fault(Notebook.Read(_folder.Write("x.ipynb", NotebookText.OfCode("1"))))!, StringComparison.Ordinal);

    [Fact]
    public void Too_large_a_notebook_is_not_saved_and_the_file_stays()
    {
        var path = Saved("1+1", "42");
        var before = File.ReadAllText(path);
        var source = Notebook.Read(path);

        var fault = Assert.Throws<InputException>(() => SavedNotebook.Save(source, Executed(source, new string('x', SavedNotebook.MostBytes))));

        Assert.Contains("not saved", fault.Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllText(path));
    }

    [Fact]
    public void Too_large_a_notebook_is_found()
    {
        var path = Saved("1+1", "42");
        File.AppendAllText(path, new string(' ', SavedNotebook.MostBytes));

        Assert.Contains("more than 1,000,000", SavedNotebook.Fault(Notebook.Read(path))!, StringComparison.Ordinal);
    }

    private void AssertFault(string text, string edited, string fault)
    {
        var path = Saved("1+1", "42");
        File.WriteAllText(path, File.ReadAllText(path).Replace(text, edited, StringComparison.Ordinal));

        Assert.Contains(fault, SavedNotebook.Fault(Notebook.Read(path))!, StringComparison.Ordinal);
    }

    private string Saved(string code, string shown)
    {
        var path = _folder.Write("chapter.ipynb", NotebookText.Of(("markdown", "# Title"), ("code", code)));
        var source = Notebook.Read(path);
        Assert.True(SavedNotebook.Save(source, Executed(source, shown)));
        return path;
    }

    private static Notebook Executed(Notebook source, string shown)
    {
        var executed = source.Copy();
        executed.EnsureCellIds();
        foreach (var cell in executed.CodeCells)
        {
            cell.SetOutputs([new JsonObject
            {
                ["output_type"] = "execute_result",
                ["data"] = new JsonObject { ["text/plain"] = shown },
                ["metadata"] = new JsonObject(),
                ["execution_count"] = cell.Number,
            }], cell.Number);
        }
        return executed;
    }
}
