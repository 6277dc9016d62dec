using System.Diagnostics;
using System.Globalization;
using ConcurrencyLab.Kernel.Packages;

namespace ConcurrencyLab.Tests.Session;

/// <summary>The commands that a session or an installation runs.</summary>
public sealed class CommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("command").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_cancelled_command_ends_with_all_that_it_started()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The command of this test is a shell's.");
        using var cancel = new CancellationTokenSource();
        var file = Path.Combine(_folder, "child");
        var running = CommandRun.ToEndAsync("/bin/sh", ["-c", $"sleep 1000 & echo $! > '{file}.new'; mv '{file}.new' '{file}'; wait"], cancel.Token);
        await Until.True(() => File.Exists(file), "the command's child has started");
        using var child = Process.GetProcessById(int.Parse(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), CultureInfo.InvariantCulture));
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.True(child.WaitForExit(Until.Limit), "the command's child goes on");
    }

    [Fact]
    public async Task A_command_that_cannot_be_started_says_so() =>
        Assert.Contains("could not be started", await CommandRun.FaultOfAsync(Path.Combine(_folder, "nothing"), ["here"], TestContext.Current.CancellationToken), StringComparison.Ordinal);
}
