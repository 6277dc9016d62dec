using System.Text.Json.Nodes;
using ConcurrencyLab.Kernel.Installation;

namespace ConcurrencyLab.Tests.Jupyter;

public sealed class InstallationTests : IDisposable
{
    private readonly string _prefix = Directory.CreateTempSubdirectory("prefix").FullName;

    public void Dispose() => Directory.Delete(_prefix, recursive: true);

    [Fact]
    public async Task Somebody_elses_kernelspec_is_neither_replaced_nor_removed()
    {
        var foreign = Path.Combine(Kernelspec.KernelsFolder(_prefix), "theirs");
        Directory.CreateDirectory(foreign);
        var file = Path.Combine(foreign, "kernel.json");
        await File.WriteAllTextAsync(file, "{\"argv\":[\"x\"]}", TestContext.Current.CancellationToken);
        var installer = new KernelInstaller(InstallableKernel.Own, "no such folder", "dotnet");
        var refused = await Assert.ThrowsAsync<InstallationException>(
            () => installer.InstallAsync(_prefix, "theirs", force: false, _ => { }, TestContext.Current.CancellationToken));
        Assert.Contains("--force", refused.Message, StringComparison.Ordinal);
        Assert.Throws<InstallationException>(() => KernelInstaller.Uninstall(InstallableKernel.Own, _prefix, "theirs"));
        Assert.Equal("{\"argv\":[\"x\"]}", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void What_was_written_is_known_and_can_be_removed()
    {
        var folder = Path.Combine(Kernelspec.KernelsFolder(_prefix), "mine");
        Kernelspec.Write(folder, ["dotnet", "lab.dll", "kernel", "{connection_file}"]);
        Assert.True(Kernelspec.IsOurs(folder));
        Assert.Equal([folder], KernelInstaller.Uninstall(InstallableKernel.Own, _prefix, "mine"));
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public async Task A_build_that_fails_leaves_nothing_behind()
    {
        var installer = new KernelInstaller(InstallableKernel.Own, Path.Combine(_prefix, "missing"), "dotnet");
        await Assert.ThrowsAsync<InstallationException>(
            () => installer.InstallAsync(_prefix, "mine", force: false, _ => { }, TestContext.Current.CancellationToken));
        Assert.Empty(Directory.GetFileSystemEntries(Kernelspec.KernelsFolder(_prefix)));
    }

    [Fact]
    public async Task A_kernel_beside_somebody_elses_runs_and_lab_uninstall_takes_it_out_again()
    {
        var kernels = Kernelspec.KernelsFolder(_prefix);
        var foreign = Path.Combine(kernels, Kernelspec.PreferredName, "kernel.json");
        Directory.CreateDirectory(Path.GetDirectoryName(foreign)!);
        await File.WriteAllTextAsync(foreign, "{\"argv\":[\"x\"]}", TestContext.Current.CancellationToken);

        var said = new List<string>();
        await new KernelInstaller(InstallableKernel.Own, Jupyter.Root, Publisher())
            .InstallAsync(_prefix, null, force: false, said.Add, TestContext.Current.CancellationToken);
        Assert.Contains($"{Kernelspec.PreferredName} belongs to another kernel and stays; this one is registered as {Kernelspec.OwnName}.", said);
        Assert.Equal("{\"argv\":[\"x\"]}", await File.ReadAllTextAsync(foreign, TestContext.Current.CancellationToken));
        Assert.Equal(2, Directory.GetFileSystemEntries(kernels).Length);

        var spec = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(kernels, Kernelspec.OwnName, "kernel.json"), TestContext.Current.CancellationToken))!;
        using var kernel = new KernelProcess(program: (string)spec["argv"]![1]!);
        KernelProcess.Send(kernel.Shell, "execute_request", new JsonObject { ["code"] = "if (6 * 7 != 42) throw new Exception();" });
        Assert.Equal("ok", KernelProcess.Receive(kernel.Shell, "execute_reply").Text("status"));

        var (code, words) = await Lab(null, "uninstall", "--prefix", _prefix);
        Assert.True(code == 0, words);
        Assert.Equal([Path.GetDirectoryName(foreign)!], Directory.GetFileSystemEntries(kernels));
    }

    /// <summary>The archived engine behind this protocol: its own answers, and on no address but the connection file's.</summary>
    [Fact]
    public async Task The_other_engine_is_a_kernel_beside_the_labs_own_and_answers_through_the_same_protocol()
    {
        var kernels = Kernelspec.KernelsFolder(_prefix);
        var other = InstallableKernel.DotnetInteractive;
        var program = Path.Combine(Jupyter.Root, "artifacts", "bin", "Interactive", Path.GetFileName(Path.GetDirectoryName(Jupyter.Program))!);
        var folder = await new KernelInstaller(other, Jupyter.Root, Publisher(program)).InstallAsync(_prefix, null, force: false, _ => { }, TestContext.Current.CancellationToken);

        var spec = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "kernel.json"), TestContext.Current.CancellationToken))!;
        Assert.Equal(("dotnet-interactive-csharp", ".NET Interactive (C#)"), (Path.GetFileName(folder), (string?)spec["display_name"]));
        // Neither is taken for the other.
        Assert.False(Kernelspec.IsOurs(folder));
        Assert.Throws<InstallationException>(() => KernelInstaller.Uninstall(InstallableKernel.Own, _prefix, "dotnet-interactive-csharp"));

        using (var kernel = new KernelProcess(program: (string)spec["argv"]![1]!))
        {
            KernelProcess.Send(kernel.Shell, "kernel_info_request", []);
            Assert.StartsWith(".NET Interactive ", KernelProcess.Receive(kernel.Shell, "kernel_info_reply").Text("banner"), StringComparison.Ordinal);
            KernelProcess.Send(kernel.Shell, "execute_request", new JsonObject { ["code"] = "#!set --name cups --value 42\nif (cups.ToString() != \"42\") throw new Exception();\nvar latte = 4;" });
            Assert.Equal("ok", KernelProcess.Receive(kernel.Shell, "execute_reply").Text("status"));
            KernelProcess.Send(kernel.Shell, "execute_request", new JsonObject { ["code"] = "1\n+ nothing" });
            Assert.Contains("CS0103", KernelProcess.Receive(kernel.Shell, "execute_reply").Text("evalue"), StringComparison.Ordinal);
            // Its services answer in time or with nothing: asked until they are loaded.
            Assert.True(SpinWait.SpinUntil(() => Answers(kernel, "complete_request", "Console.Wr", "matches", "WriteLine"), TimeSpan.FromMinutes(1)));
            Assert.True(SpinWait.SpinUntil(() => Answers(kernel, "inspect_request", "latte", "data", "int"), TimeSpan.FromMinutes(1)));
            // What it cannot stop ends it; the front end is told why, and starts another.
            kernel.Listen();
            KernelProcess.Send(kernel.Shell, "execute_request", new JsonObject { ["code"] = "Console.WriteLine(\"begun\");\nSystem.Threading.Thread.Sleep(-1);" });
            kernel.StreamsUntil("begun");
            KernelProcess.Send(kernel.Control, "interrupt_request", []);
            Assert.Contains("cannot stop it: its process ends", KernelProcess.Receive(kernel.Shell, "execute_reply").Text("evalue"), StringComparison.Ordinal);
            Assert.True(kernel.Process.WaitForExit(TimeSpan.FromMinutes(1)));
        }

        Assert.Equal([folder], KernelInstaller.Uninstall(other, _prefix, null));
        Assert.Empty(Directory.GetFileSystemEntries(kernels));
    }

    [Fact]
    public async Task Lab_open_starts_the_machines_jupyter_on_the_chapters_or_says_how_to_get_one()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The Jupyter of this test is a shell script.");
        var (code, said) = await Lab(_prefix, "open");
        Assert.NotEqual(0, code);
        Assert.Contains("pip install jupyterlab", said, StringComparison.Ordinal);

        foreach (var name in (string[])["jupyter", "jupyter-lab"])
        {
            var script = Path.Combine(_prefix, name);
            await File.WriteAllTextAsync(script, "#!/bin/sh\necho $1 in $(pwd)\n", TestContext.Current.CancellationToken);
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        (code, said) = await Lab(_prefix, "open");
        Assert.Equal((0, $"lab in {Path.Combine(Jupyter.Root, "notebooks")}"), (code, said.Trim()));
    }

    private static Task<(int Code, string Said)> Lab(string? path, params string[] arguments) =>
        Command.RunAsync("dotnet", [Jupyter.Program, .. arguments], path is null ? [] : [("PATH", path)]);

    /// <summary>A dotnet that publishes what is built already: compiling it ahead takes a minute, and the container's tests do.</summary>
    /// <summary>Whether a question about a cell, with the cursor at its end, is answered with something that holds a word.</summary>
    private static bool Answers(KernelProcess kernel, string request, string code, string part, string word)
    {
        KernelProcess.Send(kernel.Shell, request, new JsonObject { ["code"] = code, ["cursor_pos"] = code.Length });
        return KernelProcess.Receive(kernel.Shell, request.Replace("_request", "_reply", StringComparison.Ordinal)).Content[part]!.ToJsonString().Contains(word, StringComparison.Ordinal);
    }

    /// <summary>A command that publishes a program by copying what was built with these tests.</summary>
    private string Publisher(string? program = null) => StandInDotnet.Write(
        _prefix, $"while [ $# -gt 1 ] && [ \"$1\" != -o ]; do shift; done\ncp -R '{program ?? Path.GetDirectoryName(Jupyter.Program)}' \"$2\"");
}
