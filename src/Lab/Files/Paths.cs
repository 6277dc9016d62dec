namespace ConcurrencyLab.Lab.Files;

/// <summary>Where the lab's folders are, how paths are shown and how the command is written.</summary>
public static class Paths
{
    /// <summary>How a command of the lab begins.</summary>
    public const string Command = "dotnet run --project src/Lab -c Release --";

    private const string Marker = "ConcurrencyLab.slnx";

    /// <summary>The folder of the repository, found upwards from the current folder, else from the program's own; empty when there is none.</summary>
    public static string Root { get; } = FindRoot(Directory.GetCurrentDirectory()) ?? FindRoot(AppContext.BaseDirectory) ?? "";

    /// <exception cref="InputException">No repository was found.</exception>
    public static string Notebooks => Path.Combine(RequireRoot(", or name notebooks and --output"), "notebooks");

    /// <exception cref="InputException">No repository was found.</exception>
    public static string Book => Path.Combine(RequireRoot(", or name notebooks and --output"), "artifacts", "book");

    /// <summary>The folder of the pictures that pages outside the notebooks show; only the repository's own chapters have one.</summary>
    public static string? PicturesOf(string notebook) =>
        Root.Length > 0 && Path.GetDirectoryName(Path.GetFullPath(notebook)) == Path.Combine(Root, "notebooks") ? Path.Combine(Root, "docs") : null;

    /// <summary>A path as short as it can be said where the user stands.</summary>
    public static string Shown(string path)
    {
        var full = Path.GetFullPath(path);
        var relative = Path.GetRelativePath(Directory.GetCurrentDirectory(), full);
        return relative.StartsWith("..", StringComparison.Ordinal) || relative == "." ? full : relative;
    }

    /// <param name="otherwise">What else helps, for the message.</param>
    /// <exception cref="InputException">No repository was found.</exception>
    public static string RequireRoot(string otherwise = "") => Root.Length > 0
        ? Root
        : throw new InputException($"no {Marker} in this folder or above it: run the lab inside its repository{otherwise}");

    private static string? FindRoot(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, Marker))) return folder.FullName;
        }
        return null;
    }
}
