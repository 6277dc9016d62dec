using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using ConcurrencyLab.Common;

namespace ConcurrencyLab.Tests.Jupyter;

/// <summary>The kernel as Jupyter's own clients see it.</summary>
public sealed class ClientTests : IDisposable
{
    private static readonly string Scripts = Path.Combine(Jupyter.Root, "tests", "Kernel.Tests", "Jupyter");
    private readonly string _folder = Directory.CreateTempSubdirectory("jupyter").FullName;

    public static TheoryData<string> DeadlyCells => [.. Tier.Of(
        [
            "Environment.Exit(3);",
            "int Deeper(int depth) => Deeper(depth + 1) + 1;\nDeeper(0)",
            "System.Diagnostics.Process.GetCurrentProcess().Kill();\nSystem.Threading.Thread.Sleep(-1);",
        ],
        "Environment.Exit(3);")];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Jupyters_own_check_of_the_protocol_passes()
    {
        var said = await Jupyter.Python("jupyter_kernel_test", _folder, Path.Combine(Scripts, "conformance.py"), Jupyter.KernelName);
        Assert.Contains("OK", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nbconvert_executes_a_notebook()
    {
        var notebook = Write("var cups = 20;", "Console.WriteLine(cups + 1);\ncups * 2", "var shown = display(\"one\");", "shown.Update(\"two\");");
        await Execute(notebook);
        var executed = JsonNode.Parse(await File.ReadAllTextAsync(Path.ChangeExtension(notebook, "nbconvert.ipynb"), TestContext.Current.CancellationToken))!;
        var outputs = executed["cells"]![1]!["outputs"]!.AsArray();
        Assert.Equal("21\n", string.Concat(outputs[0]!["text"]!.AsArray().Select(line => (string?)line)));
        Assert.Equal("40", string.Concat(outputs[1]!["data"]!["text/plain"]!.AsArray().Select(line => (string?)line)));
        Assert.Equal("two", string.Concat(executed["cells"]![2]!["outputs"]![0]!["data"]!["text/plain"]!.AsArray().Select(line => (string?)line)));
    }

    [Theory, MemberData(nameof(DeadlyCells))]
    public async Task A_cell_that_ends_the_kernel_leaves_the_notebook_intact_and_no_process(string deadly)
    {
        Jupyter.PythonWith("nbconvert");
        var notebook = Write("System.IO.File.WriteAllText(\"kernel\", Environment.ProcessId.ToString());", deadly);
        var before = await File.ReadAllTextAsync(notebook, TestContext.Current.CancellationToken);
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => Execute(notebook));
        Assert.Contains("Kernel died", failure.Message, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllTextAsync(notebook, TestContext.Current.CancellationToken));
        var kernel = int.Parse(await File.ReadAllTextAsync(Path.Combine(_folder, "kernel"), TestContext.Current.CancellationToken), CultureInfo.InvariantCulture);
        Assert.Throws<ArgumentException>(() => Process.GetProcessById(kernel));
    }

    [AllTierFact]
    public async Task Classic_notebook_runs_all_edits_interrupts_and_restarts()
    {
        Jupyter.PythonWith("selenium");
        Tier.Needs(CommandSearch.First("chromium") is not null && CommandSearch.First("chromedriver") is not null, "No Chromium with its driver is on PATH: on Debian, tests/install-debian-packages.sh brings them.");
        var said = await Jupyter.Python("notebook", _folder, Path.Combine(Scripts, "classic_notebook.py"), Jupyter.KernelName);
        Assert.Contains("OK", said, StringComparison.Ordinal);
    }

    private Task<string> Execute(string notebook) => Jupyter.Python(
        "nbconvert", _folder, "-m", "nbconvert", "--to", "notebook", "--execute", "--ExecutePreprocessor.kernel_name=" + Jupyter.KernelName, notebook);

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
