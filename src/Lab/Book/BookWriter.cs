using System.Text;
using ConcurrencyLab.Lab.Files;
using ConcurrencyLab.Lab.Notebooks;

namespace ConcurrencyLab.Lab.Book;

/// <summary>Makes the web pages of the executed notebooks that lie in a folder.</summary>
internal static class BookWriter
{
    private const string Plotly = "plotly.min.js";

    /// <param name="wholeBook">All chapters when the book is complete: pages of others are removed. Null to keep them.</param>
    /// <returns>The address of the index.</returns>
    /// <exception cref="InputException">Something cannot be written.</exception>
    public static Uri Write(string folder, IReadOnlyList<Notebook>? wholeBook)
    {
        if (wholeBook is not null) RemoveOthers(folder, [.. wholeBook.Select(chapter => chapter.Name)]);
        var notebooks = Executed(folder);
        var names = notebooks.Select(notebook => notebook.Name).ToHashSet(StringComparer.Ordinal);
        ChapterView[] chapters = [.. notebooks.Select(notebook => ChapterView.Of(notebook, names))];
        var templates = new PageTemplates();
        WriteScript(folder);
        for (var index = 0; index < chapters.Length; index++)
        {
            var chapter = chapters[index];
            var html = templates.Render(templates.Chapter, chapter.Title, chapter.Cells.Any(cell => cell.Outputs.Any(output => output.Chart is not null)),
                new { Chapter = chapter, Previous = index > 0 ? chapters[index - 1] : null, Next = index + 1 < chapters.Length ? chapters[index + 1] : null });
            WritePage(Path.Combine(folder, chapter.Name + ".html"), html);
            if (chapter.Picture is not null) OutputFiles.WriteIfChanged(Path.Combine(folder, chapter.Name + ".png"), chapter.Picture);
        }
        var path = Path.Combine(folder, "index.html");
        WritePage(path, templates.Render(templates.Index, "Concurrency Lab", false,
            new
            {
                Chapters = chapters,
                Count = chapters.Length == 1 ? "One chapter" : $"{chapters.Length} chapters",
                First = chapters.FirstOrDefault(),
                chapters.LastOrDefault(chapter => chapter.Run is not null)?.Run,
                Verdict = ChapterView.VerdictOf([.. chapters.SelectMany(chapter => chapter.Claims)]),
            }));
        return new Uri(path);
    }

    private static void WritePage(string path, string html) => OutputFiles.WriteIfChanged(path, Encoding.UTF8.GetBytes(html));

    // Only notebooks that carry the mark of a run are ours; another's file in the same folder is left alone.
    private static Notebook[] Executed(string folder) => [.. ChapterList.Read([folder], _ => { }).Where(notebook => SavedRun.Of(notebook) is not null)];

    private static void RemoveOthers(string folder, HashSet<string> wholeBook)
    {
        foreach (var notebook in Executed(folder).Where(notebook => !wholeBook.Contains(notebook.Name)))
        {
            foreach (var ending in new[] { ".ipynb", ".html", ".png" }) File.Delete(Path.ChangeExtension(notebook.Path, ending));
        }
    }

    private static void WriteScript(string folder)
    {
        foreach (var file in new[] { Plotly, Plotly + ".LICENSE.txt" })
        {
            var source = Path.Combine(AppContext.BaseDirectory, "book", file);
            if (File.Exists(source)) OutputFiles.WriteIfChanged(Path.Combine(folder, file), File.ReadAllBytes(source));
        }
    }
}
