namespace ConcurrencyLab;

/// <summary>
/// A folder for temporary files, removed with everything in it, at the latest when this process ends: a cell that failed
/// never came to disposing of it. A process that is killed cannot tidy up: the next one that makes a folder does it in its
/// stead. A lock beside it tells the folders of the living from those of the dead, since the system releases it however its
/// holder ends; it is made before the folder and goes after it, so that there is no folder without one.
/// </summary>
internal sealed class TempFolder : IDisposable
{
    private const string Prefix = "concurrency-lab-", LockEnding = ".lock";

    private readonly FileStream _lock;
    private int _disposed;

    /// <summary>Makes a folder inside <paramref name="parent"/>, by default the system's folder for temporary files.</summary>
    public TempFolder(string? parent = null)
    {
        parent = Directory.CreateDirectory(parent ?? System.IO.Path.GetTempPath()).FullName;
        SweepAbandoned(parent);
        _lock = TakeLock(parent);
        Path = FolderOf(_lock.Name);
        try
        {
            Directory.CreateDirectory(Path);
        }
        catch
        {
            Dispose();
            throw;
        }
        AppDomain.CurrentDomain.ProcessExit += OnProcessExit;
    }

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>Whether it is gone, or about to go.</summary>
    public bool IsClosed => Volatile.Read(ref _disposed) != 0;

    /// <summary>Removes the folder.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0) return;
        AppDomain.CurrentDomain.ProcessExit -= OnProcessExit;
        RemoveWith(_lock);
    }

    private static string FolderOf(string lockFile) => lockFile[..^LockEnding.Length];

    private static FileStream TakeLock(string parent)
    {
        const int Attempts = 5;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return new FileStream(System.IO.Path.Combine(parent, $"{Prefix}{Guid.NewGuid():N}{LockEnding}"), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (attempt < Attempts)
            {
                // Another process sweeps and had a look at it before it was locked.
            }
        }
    }

    private void OnProcessExit(object? sender, EventArgs exit) => Dispose();

    private static void SweepAbandoned(string parent)
    {
        foreach (var file in Directory.EnumerateFiles(parent, Prefix + "*" + LockEnding))
        {
            try
            {
                RemoveWith(new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None));
            }
            catch (Exception busy) when (busy is IOException or UnauthorizedAccessException)
            {
                // In use, or another user's, or swept by another process.
            }
        }
    }

    /// <summary>Removes the folder of a lock and then the lock.</summary>
    private static void RemoveWith(FileStream held)
    {
        using (held)
        {
            if (!Remove(FolderOf(held.Name))) return;
            // Before it is released: no other process can take it then and think the folder its own. (Windows wants it closed first.)
            if (!OperatingSystem.IsWindows()) File.Delete(held.Name);
        }
        try
        {
            File.Delete(held.Name);
        }
        catch (Exception sought) when (sought is IOException or UnauthorizedAccessException)
        {
            // A sweep looks at it just now, and deletes it.
        }
    }

    private static bool Remove(string folder)
    {
        const int Attempts = 10;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
                return true;
            }
            catch (Exception held) when (held is IOException or UnauthorizedAccessException)
            {
                // At the end of a process its cells may still be writing. Else a file in it is being read (Windows), or
                // another process sweeps it: the lock stays, so the next sweep gets it.
                if (attempt == Attempts) return false;
            }
        }
    }
}
