namespace ConcurrencyLab.Benchmarks;

/// <summary>Where this program was built from: what it measures lies there.</summary>
internal static class Repository
{
    internal static string Folder { get; } = Find();

    internal static string At(params string[] parts) => Path.Combine([Folder, .. parts]);

    /// <summary>Makes the benchmarks' own Python scripts found, and what they share with the chapters'.</summary>
    internal static void Enter()
    {
        Directory.SetCurrentDirectory(At("tests", "Benchmarks"));
        Environment.SetEnvironmentVariable("PYTHONPATH", At("notebooks", "python"));
    }

    /// <summary>Where the chapters' own scripts are found.</summary>
    internal static T AmongChapters<T>(Func<T> act)
    {
        var here = Directory.GetCurrentDirectory();
        Directory.SetCurrentDirectory(At("notebooks"));
        try
        {
            return act();
        }
        finally
        {
            Directory.SetCurrentDirectory(here);
        }
    }

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "ConcurrencyLab.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("The benchmarks measure the repository that they were built in, and this is outside of it.");
    }
}
