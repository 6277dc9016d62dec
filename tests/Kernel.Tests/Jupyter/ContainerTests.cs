using System.Text.Json.Nodes;
using ConcurrencyLab.Kernel.Installation;

namespace ConcurrencyLab.Tests.Jupyter;

/// <summary>What a user finds who opens the Codespace.</summary>
public sealed class ContainerTests(CreatedContainer container) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("container-test").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [AllTierFact]
    public async Task Front_ends_find_the_kernel_by_the_chapters_own_name()
    {
        var home = Path.Combine(await container.FolderAsync(), "home");
        var (code, said) = await Command.RunAsync(Jupyter.PythonWith("jupyter_client"), ["-m", "jupyter_client.kernelspecapp", "list", "--json"], [("HOME", home), ("JUPYTER_DATA_DIR", null), ("JUPYTER_PATH", null)]);
        Assert.True(code == 0, said);
        // Before and after it, Debian's Python may say that a debugger would not like it.
        var spec = JsonNode.Parse(said[said.IndexOf('{', StringComparison.Ordinal)..(said.LastIndexOf('}') + 1)])!["kernelspecs"]![Kernelspec.PreferredName]!;
        Assert.Equal(Path.Combine(home, ".local", "share", "jupyter", "kernels", Kernelspec.PreferredName), (string?)spec["resource_dir"]);
        Assert.Equal(Kernelspec.DisplayName, (string?)spec["spec"]!["display_name"]);
    }

    [AllTierFact]
    public async Task One_chapter_is_executed_already_and_the_notebooks_are_as_they_were()
    {
        var workspace = Path.Combine(await container.FolderAsync(), "workspace");
        var executed = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(workspace, "artifacts", "book", "00-start-here.ipynb"), TestContext.Current.CancellationToken))!;
        Assert.All(executed["cells"]!.AsArray().Where(cell => (string?)cell!["cell_type"] == "code"), cell => Assert.NotNull((int?)cell!["execution_count"]));
        Assert.All(Directory.EnumerateFiles(Path.Combine(Jupyter.Root, "notebooks"), "*.ipynb"), file =>
            Assert.Equal(File.ReadAllBytes(file), File.ReadAllBytes(Path.Combine(workspace, "notebooks", Path.GetFileName(file)))));
    }

    [AllTierFact]
    public async Task A_chapters_first_cell_answers()
    {
        // How soon, without a network, is measured by the same script; here it has to answer.
        var said = await Jupyter.Python("jupyter_client", _folder, Path.Combine(CreatedContainer.Scripts, "open.py"), await container.FolderAsync(), "1", "01", "12");
        Assert.Contains("longest", said, StringComparison.Ordinal);
        TestContext.Current.SendDiagnosticMessage("{0}", said);
    }

    /// <summary>Whether or not it comes to anything, which it says in a line: the container opens.</summary>
    [AllTierTheory]
    [InlineData("yes", "asked for: artifacts/bin/Lab/release/lab.dll install --engine dotnet-interactive")]
    [InlineData("no", "")]
    [InlineData("perhaps", "CONCURRENCYLAB_DOTNET_INTERACTIVE is \"perhaps\": it can be \"yes\" or \"no\".")]
    public async Task Dotnet_interactive_comes_beside_the_kernel_when_the_container_is_told_so(string setting, string says)
    {
        var workspace = Path.Combine(await container.FolderAsync(), "workspace");
        var dotnet = StandInDotnet.Write(_folder, $"[ \"$2\" = install ] || exec {StandInDotnet.Real} \"$@\"\necho \"asked for: $*\"; exit 2");
        var (code, said) = await Command.RunAsync(Path.Combine(workspace, ".devcontainer", "post-create.sh"), [],
            [("HOME", _folder), ("PATH", $"{Path.GetDirectoryName(dotnet)}:/usr/bin:/bin"), ("JUPYTER_DATA_DIR", null), ("XDG_DATA_HOME", null), ("CONCURRENCYLAB_DOTNET_INTERACTIVE", setting)]);

        Assert.True(code == 0, said);
        Assert.Contains(says, said, StringComparison.Ordinal);
        Assert.Equal(setting == "yes", said.Contains("asked for: ", StringComparison.Ordinal));
    }
}
