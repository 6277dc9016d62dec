namespace ConcurrencyLab.Tests;

/// <summary>Hears which phase the chapter has reached: it makes a file of that name.</summary>
internal sealed class ReachedPhases : IDisposable
{
    private readonly string _folder;
    private readonly FileSystemWatcher _watcher;
    private readonly SemaphoreSlim _news = new(0);

    public ReachedPhases(string folder)
    {
        _folder = folder;
        _watcher = new FileSystemWatcher(folder) { EnableRaisingEvents = true };
        _watcher.Created += (_, _) => _news.Release();
    }

    /// <summary>Completes with true when the phase is reached, with false when the run is over before.</summary>
    public async Task<bool> WhenAsync(string phase, Task over)
    {
        while (!File.Exists(Path.Combine(_folder, phase)))
        {
            if (over.IsCompleted) return false;
            await Task.WhenAny(over, _news.WaitAsync());
        }
        return true;
    }

    public void Dispose() => _watcher.Dispose();
}
