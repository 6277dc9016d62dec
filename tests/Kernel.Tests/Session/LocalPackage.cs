using System.IO.Compression;

namespace ConcurrencyLab.Tests.Session;

/// <summary>A NuGet package in a folder that <c>#i</c> can name; taken out of this machine's packages when the test ends.</summary>
internal sealed class LocalPackage : IDisposable
{
    private readonly string _id;

    /// <summary>Makes the package's version 1.0.0.</summary>
    /// <param name="id">A name that no other test takes.</param>
    /// <param name="files">What it holds, by path in the package.</param>
    public LocalPackage(string id, params (string Path, byte[] Content)[] files)
    {
        _id = id;
        Forget();
        // The same folder each time: the kernel keeps a project for every set of packages and sources.
        Feed = Directory.CreateDirectory(Path.Combine(Jupyter.Jupyter.Root, "artifacts", "feed", id)).FullName;
        File.Delete(Path.Combine(Feed, $"{id}.1.0.0.nupkg"));
        using var package = ZipFile.Open(Path.Combine(Feed, $"{id}.1.0.0.nupkg"), ZipArchiveMode.Create);
        using (var nuspec = new StreamWriter(package.CreateEntry($"{id}.nuspec").Open()))
            nuspec.Write($"<package><metadata><id>{id}</id><version>1.0.0</version><authors>lab</authors><description>A test's.</description></metadata></package>");
        foreach (var (path, content) in files)
        {
            using var entry = package.CreateEntry(path).Open();
            entry.Write(content);
        }
    }

    /// <summary>The folder that is its source.</summary>
    public string Feed { get; }

    /// <summary>The directives that reference it.</summary>
    public string Directives => $"#i \"nuget: {Feed}\"\n#r \"nuget: {_id}, 1.0.0\"";

    public void Dispose()
    {
        Forget();
        Directory.Delete(Feed, recursive: true);
    }

    private void Forget()
    {
        var packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        // A library that is loaded cannot be deleted everywhere.
        try
        {
            Directory.Delete(Path.Combine(packages, _id.ToLowerInvariant()), recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
        }
    }
}
