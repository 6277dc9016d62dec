using ConcurrencyLab.Lab.Files;
using ConcurrencyLab.Tests.Support;

namespace ConcurrencyLab.Tests.Files;

public sealed class OutputFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_is_replaced_and_nothing_else_is_left()
    {
        OutputFiles.Write(_folder["a.txt"], "first");
        OutputFiles.Write(_folder["a.txt"], "second");

        Assert.Equal("second", File.ReadAllText(_folder["a.txt"]));
        Assert.Equal(["a.txt"], _folder.Files);
    }

    [Fact]
    public void What_cannot_be_written_is_named_in_one_line_and_leaves_nothing()
    {
        Directory.CreateDirectory(_folder["taken"]);

        var fault = Assert.Throws<InputException>(() => OutputFiles.Write(_folder["taken"], "text"));

        Assert.StartsWith($"cannot write {_folder["taken"]}: ", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', fault.Message);
        Assert.Empty(_folder.Files);
    }

    [Fact]
    public void An_unchanged_file_keeps_its_date()
    {
        OutputFiles.Write(_folder["a.txt"], "same");
        var date = new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(_folder["a.txt"], date);

        Assert.False(OutputFiles.WriteIfChanged(_folder["a.txt"], "same"u8));
        Assert.Equal(date, File.GetLastWriteTimeUtc(_folder["a.txt"]));
        Assert.True(OutputFiles.WriteIfChanged(_folder["a.txt"], "else"u8));
    }

    [Fact]
    public void A_folder_is_cleared_of_what_dead_runs_left_and_of_nothing_else()
    {
        _folder.Write($".lab-{int.MaxValue}-dead.partial", "half");
        _folder.Write($".lab-{Environment.ProcessId}-alive.partial", "half");
        _folder.Write("mine.partial", "whole");

        OutputFiles.PrepareFolder(_folder.Path);

        Assert.Equal([$".lab-{Environment.ProcessId}-alive.partial", "mine.partial"], _folder.Files);
    }
}
