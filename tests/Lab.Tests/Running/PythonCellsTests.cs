using System.Text.Json.Nodes;
using ConcurrencyLab.Lab.Notebooks;
using ConcurrencyLab.Tests.Support;

namespace ConcurrencyLab.Tests.Running;

/// <summary>Python cells on a machine without a Python.</summary>
public class PythonCellsTests
{
    [Fact]
    public async Task Without_a_Python_a_cell_says_so_shows_what_was_saved_and_the_run_goes_on()
    {
        using var notebooks = new TemporaryFolder();
        using var book = new TemporaryFolder();
        var notebook = JsonNode.Parse(NotebookText.OfCode("#!python\n6 * 7", "#!python\n1 + 1", "#!share --from python x", "20 + 1"))!;
        notebook["cells"]![0]!["outputs"] = new JsonArray(new JsonObject
        {
            ["output_type"] = "execute_result",
            ["execution_count"] = 1,
            ["metadata"] = new JsonObject(),
            ["data"] = new JsonObject { ["text/plain"] = "42" },
        });
        notebooks.Write("1-python.ipynb", notebook.ToJsonString());

        using var lab = LabProgram.Start(start => start.Environment["CONCURRENCYLAB_PYTHON"] = "/no/such/python", "run", notebooks.Path, "--output", book.Path);
        var ended = await lab.EndAsync();

        Assert.Equal((0, ""), (ended.ExitCode, ended.Error));
        var cells = Notebook.Read(book["1-python.ipynb"]).CodeCells.ToList();
        var (said, saved) = (cells[0].Outputs.First(), cells[0].Outputs.Last());
        var line = MultilineText.Join(said["text"])!;
        Assert.StartsWith("CONCURRENCYLAB_PYTHON names /no/such/python, which cannot run cells", line, StringComparison.Ordinal);
        Assert.EndsWith(" What was saved of this cell, on another machine, follows.\n", line, StringComparison.Ordinal);
        Assert.Equal("42", NotebookCell.Text(saved, "text/plain"));
        Assert.Equal(line.Replace(" What was saved of this cell, on another machine, follows.", "", StringComparison.Ordinal), MultilineText.Join(Assert.Single(cells[1].Outputs)["text"])!);
        Assert.Single(cells[2].Outputs);
        Assert.Equal("21", NotebookCell.Text(Assert.Single(cells[3].Outputs), "text/plain"));
    }
}
