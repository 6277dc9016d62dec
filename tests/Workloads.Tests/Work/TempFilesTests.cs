using System.Security.Cryptography;

namespace ConcurrencyLab.Tests;

public sealed class TempFilesTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Both_forms_read_back_what_they_wrote()
    {
        using var files = TempFiles.Create(filesPerItem: 3, kilobytes: 4);
        var content = SeededText.Bytes(1, 5, 4096);
        var expected = new Saved(5, 3 * 4096, Convert.ToHexStringLower(SHA256.HashData([.. content, .. content, .. content])));
        Assert.Equal(expected, files.SaveAndLoad(5));
        Assert.Equal(expected, await files.SaveAndLoadAsync(5));
        Assert.NotEqual(expected.Sha256, files.SaveAndLoad(6).Sha256);
    }

    [Fact]
    public async Task The_same_item_may_be_worked_on_twice_at_once_and_nothing_is_left()
    {
        var files = TempFiles.Create(filesPerItem: 4, kilobytes: 4);
        int[] twice = [.. files.Items(10), .. files.Items(10)];
        var saved = await Task.WhenAll(twice.Select(files.SaveAndLoadAsync));
        Assert.Equal(saved.Take(10), saved.Skip(10));
        var folder = files.Folder;
        Assert.True(Directory.Exists(folder));
        files.Dispose();
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public void A_missing_parent_folder_is_made_and_bad_settings_are_refused()
    {
        var parent = Directory.CreateTempSubdirectory("concurrency-lab-test-");
        try
        {
            using var files = TempFiles.Create(1, 1, Path.Combine(parent.FullName, "deeper"));
            Assert.Equal(1024, files.SaveAndLoad(1).Bytes);
            Assert.Throws<ArgumentOutOfRangeException>(() => TempFiles.Create(filesPerItem: 0));
            Assert.Throws<ArgumentOutOfRangeException>(() => TempFiles.Create(kilobytes: 0));
        }
        finally
        {
            parent.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_folder_that_was_not_disposed_of_goes_with_its_process()
    {
        var parent = Directory.CreateTempSubdirectory("concurrency-lab-test-");
        try
        {
            await using var child = await ChildRole.StartAsync("temp-folder", parent.FullName);
            Assert.True(Directory.Exists(child.FirstLine));
            child.LetGo();
            await child.WaitForExitAsync(Stop);
            Assert.Empty(parent.GetDirectories());
        }
        finally
        {
            parent.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task The_folder_of_a_killed_process_goes_when_the_next_is_made_and_one_in_use_stays()
    {
        var parent = Directory.CreateTempSubdirectory("concurrency-lab-test-");
        try
        {
            await using var child = await ChildRole.StartAsync("temp-folder", parent.FullName);
            var abandoned = child.FirstLine;
            using (new TempFolder(parent.FullName)) Assert.True(Directory.Exists(abandoned));
            child.Kill();
            await child.WaitForExitAsync(Stop);
            Assert.True(Directory.Exists(abandoned));
            using (var mine = new TempFolder(parent.FullName)) Assert.Equal([mine.Path], Directory.GetDirectories(parent.FullName));
        }
        finally
        {
            parent.Delete(recursive: true);
        }
    }
}
