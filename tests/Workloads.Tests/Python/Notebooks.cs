namespace ConcurrencyLab.Tests;

/// <summary>Work in the notebooks' folder, where a chapter's Python scripts are found; scripts of a test lie in a folder of their own.</summary>
public sealed class Notebooks : IDisposable
{
    private readonly string _before = Directory.GetCurrentDirectory();
    private readonly DirectoryInfo _scratch = Directory.CreateTempSubdirectory("concurrency-lab-");

    public Notebooks() => Directory.SetCurrentDirectory(Folder);

    /// <summary>The repository's notebooks.</summary>
    public static string Folder { get; } = Find();

    /// <summary>Where a test's own scripts lie.</summary>
    public string Scratch => _scratch.FullName;

    /// <summary>Makes a script that <c>measured.py</c> runs and works beside it from now on.</summary>
    public string Script(string body)
    {
        var folder = _scratch.CreateSubdirectory("python");
        File.Copy(Path.Combine(Folder, "python", "measured.py"), Path.Combine(folder.FullName, "measured.py"), overwrite: true);
        var name = $"script_{Guid.NewGuid():N}.py";
        File.WriteAllText(Path.Combine(folder.FullName, name), $"import measured\n\n\n{body}\n\nif __name__ == \"__main__\":\n    measured.main(work)\n");
        Directory.SetCurrentDirectory(_scratch.FullName);
        return name;
    }

    public void Dispose()
    {
        Directory.SetCurrentDirectory(_before);
        _scratch.Delete(recursive: true);
    }

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "ConcurrencyLab.slnx"))) folder = folder.Parent;
        return Path.Combine(folder!.FullName, "notebooks");
    }
}
