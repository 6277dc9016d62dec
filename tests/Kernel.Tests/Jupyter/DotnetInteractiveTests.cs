using System.Text.Json.Nodes;
using ConcurrencyLab.Kernel.Installation;

namespace ConcurrencyLab.Tests.Jupyter;

/// <summary>The real .NET Interactive beside the lab's kernel, with a stand-in for the command that would fetch it.</summary>
public sealed class DotnetInteractiveTests : IDisposable
{
    private readonly string _prefix = Directory.CreateTempSubdirectory("prefix").FullName;

    private string Kernels => Kernelspec.KernelsFolder(_prefix);

    public void Dispose() => Directory.Delete(_prefix, recursive: true);

    [Fact]
    public async Task It_is_started_by_path_and_told_apart_and_can_be_installed_again_and_removed()
    {
        var preferred = Path.Combine(Kernels, Kernelspec.PreferredName);
        Assert.Equal(preferred, await InstallAsync(StandInDotnet.Answers));
        Assert.Equal(preferred, await InstallAsync(StandInDotnet.Answers));

        var spec = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(preferred, "kernel.json"), TestContext.Current.CancellationToken))!;
        var program = (string)spec["argv"]![0]!;
        Assert.True(File.Exists(program), program);
        Assert.Equal(["jupyter", "--default-kernel", "csharp", "{connection_file}"], spec["argv"]!.AsArray().Skip(1).Select(argument => (string)argument!));
        Assert.Equal(".NET Interactive (C#)", (string?)spec["display_name"]);
        Assert.Equal([preferred], Directory.GetFileSystemEntries(Kernels));

        // It is not the lab's own kernel: only who names it removes it.
        Assert.Throws<InstallationException>(() => KernelInstaller.Uninstall(_prefix, null));
        Assert.Equal([preferred], KernelInstaller.Uninstall(_prefix, Kernelspec.PreferredName));
        Assert.Empty(Directory.GetFileSystemEntries(Kernels));
    }

    [Fact]
    public async Task Names_that_belong_to_others_stay_theirs()
    {
        foreach (var name in (string[])[Kernelspec.PreferredName, DotnetInteractiveInstaller.OwnName])
        {
            Directory.CreateDirectory(Path.Combine(Kernels, name));
            await File.WriteAllTextAsync(Path.Combine(Kernels, name, "kernel.json"), "{}", TestContext.Current.CancellationToken);
        }
        var refused = await Assert.ThrowsAsync<InstallationException>(() => InstallAsync(StandInDotnet.Answers));
        Assert.Contains("belong to other kernels", refused.Message, StringComparison.Ordinal);
        Assert.Equal(2, Directory.GetFileSystemEntries(Kernels).Length);
    }

    [Theory]
    [InlineData("exit 7", "dotnet tool ended with 7")]
    [InlineData("while [ \"$1\" != --tool-path ]; do shift; done; mkdir -p \"$2\"; printf '#!/bin/sh\\nmkdir $4/.net-csharp; echo {} > $4/.net-csharp/kernel.json\\n' > \"$2/dotnet-interactive\"; chmod +x \"$2/dotnet-interactive\"", "in a way that is not known here")]
    [InlineData("exit 0", "could not be started")]
    public async Task Whatever_fails_is_told_in_a_line_and_leaves_nothing_behind(string script, string reason)
    {
        Kernelspec.Write(Path.Combine(Kernels, Kernelspec.PreferredName), ["dotnet", "lab.dll"]);
        var failed = await Assert.ThrowsAsync<InstallationException>(() => InstallAsync(script));
        Assert.Contains(reason, failed.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failed.Message);
        Assert.Equal([Path.Combine(Kernels, Kernelspec.PreferredName)], Directory.GetFileSystemEntries(Kernels));
    }

    private Task<string> InstallAsync(string script) =>
        new DotnetInteractiveInstaller(StandInDotnet.Write(_prefix, script)).InstallAsync(_prefix, _ => { }, TestContext.Current.CancellationToken);
}
