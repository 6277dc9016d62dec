namespace ConcurrencyLab;

/// <summary>
/// A folder for temporary files, removed with everything in it, at the latest when this process ends: a cell that failed
/// never came to disposing of it. A process that is killed cannot tidy up: whoever makes the next folder does it in its
/// stead. A lock tells the folders of the living from those of the dead, since the system releases it however its holder ends.
/// </summary>
internal sealed class TempFolder : IDisposable
{
    private const string Prefix = "concurrency-lab-", LockName = ".in-use";

    private readonly FileStream _lock;
    private int _disposed;

    /// <summary>Makes a folder inside <paramref name="parent"/>, by default the system's folder for temporary files.</summary>
    public TempFolder(string? parent = null)
    {
        parent = System.IO.Path.GetFullPath(parent ?? System.IO.Path.GetTempPath());
        SweepAbandoned(parent);
        Path = Directory.CreateDirectory(System.IO.Path.Combine(parent, Prefix + Guid.NewGuid().ToString("N"))).FullName;
        try
        {
            _lock = new FileStream(System.IO.Path.Combine(Path, LockName), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
        }
        catch
        {
            // Without a lock nobody would ever know that it is abandoned.
            Remove(Path);
            throw;
        }
        AppDomain.CurrentDomain.ProcessExit += OnProcessExit;
    }

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>Removes the folder.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0) return;
        AppDomain.CurrentDomain.ProcessExit -= OnProcessExit;
        _lock.Dispose();
        Remove(Path);
    }

    private void OnProcessExit(object? sender, EventArgs exit) => Dispose();

    private static void SweepAbandoned(string parent)
    {
        if (!Directory.Exists(parent)) return;
        foreach (var folder in Directory.EnumerateDirectories(parent, Prefix + "*"))
        {
            try
            {
                using (new FileStream(System.IO.Path.Combine(folder, LockName), FileMode.Open, FileAccess.ReadWrite, FileShare.None)) { }
            }
            catch (Exception busy) when (busy is IOException or UnauthorizedAccessException)
            {
                continue; // in use, or just being made, or somebody else's
            }
            Remove(folder);
        }
    }

    private static void Remove(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception held) when (held is IOException or UnauthorizedAccessException)
        {
            // Somebody still reads a file in it (Windows), or swept at the same time: the next sweep gets it.
        }
    }
}
