using ConcurrencyLab.Lab.Files;

namespace ConcurrencyLab.Lab.Notebooks;

/// <summary>The notebooks that a command line names.</summary>
internal static class ChapterList
{
    /// <summary>Reads the notebooks of the paths given, or all chapters when none is given.</summary>
    /// <param name="fault">Is told, in one line each, what cannot be read; the others are still returned.</param>
    /// <exception cref="InputException">Nothing is given and the chapters' folder cannot be found.</exception>
    public static IReadOnlyList<Notebook> Read(IReadOnlyCollection<string> paths, Action<string> fault)
    {
        var notebooks = new List<Notebook>();
        foreach (var file in (paths.Count == 0 ? [Paths.Notebooks] : paths).SelectMany(path => Expand(path, fault)).Distinct(StringComparer.Ordinal))
        {
            try
            {
                notebooks.Add(Notebook.Read(file));
            }
            catch (InputException wrong)
            {
                fault(wrong.Message);
            }
        }
        foreach (var same in notebooks.GroupBy(notebook => notebook.Name, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1).ToArray())
        {
            fault($"{string.Join(" and ", same.Select(notebook => Paths.Shown(notebook.Path)))} have the same name, and the book needs one for each: run them apart");
            notebooks.RemoveAll(same.Skip(1).Contains);
        }
        return notebooks;
    }

    private static string[] Expand(string path, Action<string> fault)
    {
        if (!Directory.Exists(path)) return [Path.GetFullPath(path)];
        string[] found = [.. Directory.EnumerateFiles(path, "*.ipynb").Select(Path.GetFullPath).Order(StringComparer.Ordinal)];
        if (found.Length == 0) fault($"{Paths.Shown(path)}: no notebook (*.ipynb) in this folder");
        return found;
    }
}
