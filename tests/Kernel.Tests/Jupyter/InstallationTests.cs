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
        var installer = new KernelInstaller("no such project", "dotnet");
        var refused = await Assert.ThrowsAsync<InstallationException>(
            () => installer.InstallAsync(_prefix, "theirs", force: false, _ => { }, TestContext.Current.CancellationToken));
        Assert.Contains("--force", refused.Message, StringComparison.Ordinal);
        Assert.Throws<InstallationException>(() => KernelInstaller.Uninstall(_prefix, "theirs"));
        Assert.Equal("{\"argv\":[\"x\"]}", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void What_was_written_is_known_and_can_be_removed()
    {
        var folder = Path.Combine(Kernelspec.KernelsFolder(_prefix), "mine");
        Kernelspec.Write(folder, ["dotnet", "lab.dll", "kernel", "{connection_file}"]);
        Assert.True(Kernelspec.IsOurs(folder));
        Assert.Equal([folder], KernelInstaller.Uninstall(_prefix, "mine"));
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public async Task A_build_that_fails_leaves_nothing_behind()
    {
        var installer = new KernelInstaller(Path.Combine(_prefix, "missing.csproj"), "dotnet");
        await Assert.ThrowsAsync<InstallationException>(
            () => installer.InstallAsync(_prefix, "mine", force: false, _ => { }, TestContext.Current.CancellationToken));
        Assert.Empty(Directory.GetFileSystemEntries(Kernelspec.KernelsFolder(_prefix)));
    }
}
