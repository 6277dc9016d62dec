using System.Globalization;
using ConcurrencyLab.Lab.Files;

namespace ConcurrencyLab.Lab.Notebooks;

/// <summary>
/// Pictures that pages outside the notebooks show, such as the README's: <c>docs/CHAPTER.CELL.png</c> is the last picture
/// that this cell's saved outputs hold. To add one, put an empty file of such a name there and save the chapter.
/// </summary>
public static class SavedPictures
{
    /// <summary>The pictures of one chapter in a folder.</summary>
    public static IEnumerable<string> Of(Notebook chapter, string? folder) => Directory.Exists(folder)
        ? Directory.EnumerateFiles(folder, chapter.Name + ".*.png").Order(StringComparer.Ordinal)
        : [];

    /// <summary>Brings the pictures in line with the chapter's outputs.</summary>
    /// <exception cref="InputException">A picture names a cell without one, or cannot be written.</exception>
    public static void Save(Notebook chapter, string? folder)
    {
        foreach (var path in Of(chapter, folder)) OutputFiles.WriteIfChanged(path, Picture(chapter, path));
    }

    /// <summary>What is untrue about a chapter's pictures; null when all are those of its outputs.</summary>
    public static string? Fault(Notebook chapter, string? folder)
    {
        try
        {
            return Of(chapter, folder).FirstOrDefault(path => !Picture(chapter, path).AsSpan().SequenceEqual(File.ReadAllBytes(path))) is { } other
                ? string.Create(CultureInfo.InvariantCulture, $"has another picture than {Paths.Shown(other)}; run: {Paths.Command} run --save {Paths.Shown(chapter.Path)}")
                : null;
        }
        catch (InputException wrong)
        {
            return wrong.Message;
        }
    }

    private static byte[] Picture(Notebook chapter, string path)
    {
        var id = Path.GetFileNameWithoutExtension(path)[(chapter.Name.Length + 1)..];
        var cell = chapter.CodeCells.FirstOrDefault(cell => cell.Id == id)
            ?? throw new InputException($"{Paths.Shown(path)}: {chapter.Name} has no code cell \"{id}\"; its cells are {string.Join(", ", chapter.CodeCells.Select(cell => cell.Id))}");
        var picture = cell.Outputs.Select(output => NotebookCell.Text(output, "image/png")).LastOrDefault(text => text is not null)
            ?? throw new InputException($"{Paths.Shown(path)}: the outputs of cell \"{id}\" hold no picture");
        return Convert.FromBase64String(picture);
    }
}
