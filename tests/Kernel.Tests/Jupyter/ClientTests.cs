using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace ConcurrencyLab.Tests.Jupyter;

/// <summary>The kernel as Jupyter's own clients see it.</summary>
public sealed class ClientTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("jupyter").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Jupyters_own_check_of_the_protocol_passes()
    {
        var said = await Jupyter.Python(_folder, Path.Combine(Jupyter.Root, "tests", "Kernel.Tests", "Jupyter", "conformance.py"), Jupyter.KernelName);
        Assert.Contains("OK", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nbconvert_executes_a_notebook()
    {
        var executed = await Convert("var cups = 20;", "Console.WriteLine(cups + 1);\ncups * 2");
        var outputs = executed["cells"]![1]!["outputs"]!.AsArray();
        Assert.Equal("21\n", string.Concat(outputs[0]!["text"]!.AsArray().Select(line => (string?)line)));
        Assert.Equal("40", string.Concat(outputs[1]!["data"]!["text/plain"]!.AsArray().Select(line => (string?)line)));
    }

    [Theory]
    [InlineData("Environment.Exit(3);")]
    [InlineData("int Deeper(int depth) => Deeper(depth + 1) + 1;\nDeeper(0)")]
    [InlineData("System.Diagnostics.Process.GetCurrentProcess().Kill();\nSystem.Threading.Thread.Sleep(-1);")]
    public async Task A_cell_that_ends_the_kernel_leaves_the_notebook_intact_and_no_process(string deadly)
    {
        var notebook = Write("System.IO.File.WriteAllText(\"kernel\", Environment.ProcessId.ToString());", deadly);
        var before = await File.ReadAllTextAsync(notebook, TestContext.Current.CancellationToken);
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => Execute(notebook));
        Assert.Contains("Kernel died", failure.Message, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllTextAsync(notebook, TestContext.Current.CancellationToken));
        var kernel = int.Parse(await File.ReadAllTextAsync(Path.Combine(_folder, "kernel"), TestContext.Current.CancellationToken), CultureInfo.InvariantCulture);
        Assert.Throws<ArgumentException>(() => Process.GetProcessById(kernel));
    }

    private async Task<JsonNode> Convert(params string[] cells)
    {
        var notebook = Write(cells);
        await Execute(notebook);
        return JsonNode.Parse(await File.ReadAllTextAsync(Path.ChangeExtension(notebook, "nbconvert.ipynb"), TestContext.Current.CancellationToken))!;
    }

    private Task<string> Execute(string notebook) => Jupyter.Python(
        _folder, "-m", "nbconvert", "--to", "notebook", "--execute", "--ExecutePreprocessor.kernel_name=" + Jupyter.KernelName, notebook);

    private string Write(params string[] cells)
    {
        var notebook = new JsonObject
        {
            ["cells"] = new JsonArray([.. cells.Select((source, index) => (JsonNode)new JsonObject
            {
                ["cell_type"] = "code", ["execution_count"] = null, ["id"] = $"cell{index}", ["metadata"] = new JsonObject(), ["outputs"] = new JsonArray(), ["source"] = source,
            })]),
            ["metadata"] = new JsonObject(),
            ["nbformat"] = 4,
            ["nbformat_minor"] = 5,
        };
        var path = Path.Combine(_folder, "notebook.ipynb");
        File.WriteAllText(path, notebook.ToJsonString());
        return path;
    }
}
