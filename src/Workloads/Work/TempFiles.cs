using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace ConcurrencyLab;

/// <summary>What was saved and read back.</summary>
/// <param name="Item">The item.</param>
/// <param name="Bytes">Bytes written, and read again.</param>
/// <param name="Sha256">The SHA-256 of what was read, in hexadecimal.</param>
public sealed record Saved(int Item, long Bytes, string Sha256);

/// <summary>
/// Work that waits for the disk: an item writes some small files, each onto the disk itself and not only into the system's
/// memory (<see cref="FileOptions.WriteThrough"/>, which is O_SYNC outside Windows), and reads them back.
/// <code>
/// using var files = TempFiles.Create();
/// files.Items(20).Select(files.SaveAndLoad)                          // holds its thread
/// await Task.WhenAll(files.Items(20).Select(files.SaveAndLoadAsync)) // holds none, says the signature
/// </code>
/// The signature is only half true: Windows has asynchronous file operations, on Linux and macOS .NET hands each to a pool
/// thread, which then waits. The caller is free, a thread is not. Where the folder lies in memory (tmpfs, as /tmp often
/// is) nothing waits for a disk and an item takes well under a millisecond: name a folder that is on one.
/// </summary>
public sealed class TempFiles : IDisposable
{
    private readonly TempFolder _folder;
    private readonly int _filesPerItem;
    private readonly int _length;
    private readonly int _seed;
    private int _names;

    private TempFiles(string? parent, int filesPerItem, int length, int seed)
    {
        _folder = new TempFolder(parent);
        (_filesPerItem, _length, _seed) = (filesPerItem, length, seed);
    }

    /// <summary>Makes a folder for the files; it goes with <see cref="Dispose"/>.</summary>
    /// <param name="filesPerItem">Files of an item, at least 1; on an ordinary solid-state disk each takes about a millisecond.</param>
    /// <param name="kilobytes">The size of a file in units of 1024 bytes, 1 to 1,000,000.</param>
    /// <param name="parent">The folder in which to make it; by default the system's folder for temporary files.</param>
    /// <param name="seed">Chooses what the files hold.</param>
    /// <exception cref="IOException">The folder cannot be made there.</exception>
    public static TempFiles Create(int filesPerItem = 8, int kilobytes = 32, string? parent = null, int seed = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(filesPerItem, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(kilobytes, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(kilobytes, 1_000_000);
        return new TempFiles(parent, filesPerItem, kilobytes * 1024, seed);
    }

    /// <summary>
    /// A folder that lies on a disk: the system's folder for temporary files or, where that lies in memory (tmpfs, as /tmp
    /// often is), the one of this library.
    /// </summary>
    public static string OnDisk { get; } = IsInMemory(Path.GetTempPath()) ? Path.GetDirectoryName(typeof(TempFiles).Assembly.Location)! : Path.GetTempPath();

    /// <summary>Where the files are.</summary>
    /// <exception cref="ObjectDisposedException">They are gone.</exception>
    public string Folder
    {
        get
        {
            Disposal.ThrowIfClosed(_folder.IsClosed, "The folder of temporary files");
            return _folder.Path;
        }
    }

    /// <summary>The items 1 to <paramref name="count"/> to work on.</summary>
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Performance", "CA1822", Justification = "Read as files.Items(20).")]
    public IReadOnlyList<int> Items(int count) => [.. Enumerable.Range(1, count)];

    /// <summary>Writes the files of an item, reads them back and removes them, holding the calling thread all the while.</summary>
    /// <exception cref="IOException">The disk is full or the folder is gone.</exception>
    public Saved SaveAndLoad(int item)
    {
        using var span = Spans.Item(item);
        var content = SeededText.Bytes(_seed, item, _length);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var loaded = new byte[_length];
        for (var file = 0; file < _filesPerItem; file++)
        {
            var path = NewPath(item);
            using (var saving = Create(path, FileOptions.None)) RandomAccess.Write(saving, content, fileOffset: 0);
            using (var loading = File.OpenHandle(path)) hash.AppendData(loaded, 0, RandomAccess.Read(loading, loaded, fileOffset: 0));
            File.Delete(path);
        }
        return ToSaved(item, hash);
    }

    /// <summary>Writes the files of an item, reads them back and removes them.</summary>
    /// <exception cref="IOException">The disk is full or the folder is gone.</exception>
    public Task<Saved> SaveAndLoadAsync(int item) => Spans.ItemAsync(item, item => Task.Run(async () =>
    {
        // On the pool from the beginning: making up a text computes, and opening a file has no asynchronous form.
        var content = SeededText.Bytes(_seed, item, _length);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var loaded = new byte[_length];
        for (var file = 0; file < _filesPerItem; file++)
        {
            var path = NewPath(item);
            using (var saving = Create(path, FileOptions.Asynchronous)) await RandomAccess.WriteAsync(saving, content, fileOffset: 0);
            using (var loading = File.OpenHandle(path, options: FileOptions.Asynchronous)) hash.AppendData(loaded, 0, await RandomAccess.ReadAsync(loading, loaded, fileOffset: 0));
            File.Delete(path);
        }
        return ToSaved(item, hash);
    }));

    /// <summary>Removes the files and their folder.</summary>
    public void Dispose() => _folder.Dispose();

    private static bool IsInMemory(string folder)
    {
        try
        {
            // The innermost mount that holds the folder; DriveInfo of a folder means the whole root on some systems.
            return DriveInfo.GetDrives().Where(drive => folder.StartsWith(drive.Name, StringComparison.Ordinal))
                .MaxBy(drive => drive.Name.Length)?.DriveFormat is "tmpfs" or "ramfs";
        }
        catch (Exception untold) when (untold is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    // A name of its own for every file, so that two ways may work on one item at the same time.
    private string NewPath(int item)
        => Path.Combine(Folder, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{item}-{Interlocked.Increment(ref _names)}.txt"));

    private Saved ToSaved(int item, IncrementalHash hash)
        => new(item, (long)_filesPerItem * _length, Convert.ToHexStringLower(hash.GetHashAndReset()));

    private static SafeFileHandle Create(string path, FileOptions options)
        => File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, options | FileOptions.WriteThrough);
}
