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

    [AllTierTheory]
    [InlineData("yes", "Registered as dotnet-interactive-csharp in ", true)]
    [InlineData("no", "", false)]
    [InlineData("perhaps", "CONCURRENCYLAB_DOTNET_INTERACTIVE is \"perhaps\": it can be \"yes\" or \"no\".", false)]
    public async Task Dotnet_interactive_comes_beside_the_kernel_when_the_container_is_told_so(string setting, string says, bool there)
    {
        var (kernels, said) = await OptInAsync(setting, StandInDotnet.Answers);
        Assert.Contains(says, said, StringComparison.Ordinal);
        Assert.True(Kernelspec.IsOurs(Path.Combine(kernels, Kernelspec.PreferredName)));
        Assert.Equal(there, Kernelspec.Exists(Path.Combine(kernels, DotnetInteractiveInstaller.OwnName)));
    }

    [AllTierFact]
    public async Task A_package_that_cannot_be_had_is_a_line_and_the_container_opens()
    {
        var (kernels, said) = await OptInAsync("yes", "echo 'error NU1101: Unable to find package microsoft.dotnet-interactive.'; exit 1");
        var line = Assert.Single(said.Split('\n'), line => line.Contains("NU1101", StringComparison.Ordinal));
        Assert.StartsWith("Microsoft.dotnet-interactive ", line, StringComparison.Ordinal);
        Assert.EndsWith("the kernels that were there are as before.", line, StringComparison.Ordinal);
        Assert.Equal([Path.Combine(kernels, Kernelspec.PreferredName)], Directory.GetFileSystemEntries(kernels));
        Assert.True(Kernelspec.IsOurs(Path.Combine(kernels, Kernelspec.PreferredName)));
    }

    /// <summary>Runs the container's last script in a home with the lab's kernel, with a dotnet that installs tools as a test says.</summary>
    private async Task<(string Kernels, string Said)> OptInAsync(string setting, string tool)
    {
        var workspace = Path.Combine(await container.FolderAsync(), "workspace");
        var kernels = Path.Combine(_folder, ".local", "share", "jupyter", "kernels");
        Kernelspec.Write(Path.Combine(kernels, Kernelspec.PreferredName), ["dotnet", "lab.dll", "kernel", "{connection_file}"]);
        var dotnet = StandInDotnet.Write(_folder, $"[ \"$1\" = tool ] || exec {StandInDotnet.Real} \"$@\"\n{tool}");
        var (code, said) = await Command.RunAsync(Path.Combine(workspace, ".devcontainer", "post-create.sh"), [],
            [("HOME", _folder), ("PATH", $"{Path.GetDirectoryName(dotnet)}:/usr/bin:/bin"), ("JUPYTER_DATA_DIR", null), ("XDG_DATA_HOME", null), ("CONCURRENCYLAB_DOTNET_INTERACTIVE", setting)]);
        Assert.True(code == 0, said);
        return (kernels, said);
    }
}
