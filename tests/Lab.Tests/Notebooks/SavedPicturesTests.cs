using System.Text.Json.Nodes;
using ConcurrencyLab.Lab.Notebooks;
using ConcurrencyLab.Tests.Support;

namespace ConcurrencyLab.Tests.Notebooks;

public sealed class SavedPicturesTests : IDisposable
{
    private static readonly byte[] Bytes = [0x89, (byte)'P', (byte)'N', (byte)'G'];
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_picture_is_that_of_its_cell_and_one_painted_over_is_found()
    {
        var chapter = Chapter(Bytes);
        var path = _folder.Write("chapter.id-1.png", "");
        var folder = Path.GetDirectoryName(path)!;
        Assert.Contains("chapter.id-1.png", SavedPictures.Fault(chapter, folder), StringComparison.Ordinal);

        SavedPictures.Save(chapter, folder);

        Assert.Equal(Bytes, File.ReadAllBytes(path));
        Assert.Null(SavedPictures.Fault(chapter, folder));
    }

    [Fact]
    public void A_picture_of_a_cell_that_does_not_exist_is_named_with_those_that_do()
    {
        var folder = Path.GetDirectoryName(_folder.Write("chapter.other.png", ""))!;
        var fault = SavedPictures.Fault(Chapter(Bytes), folder);
        Assert.Contains("\"other\"", fault, StringComparison.Ordinal);
        Assert.Contains("id-1", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void A_chapter_without_pictures_has_no_fault() => Assert.Null(SavedPictures.Fault(Chapter(Bytes), null));

    private Notebook Chapter(byte[] picture)
    {
        var chapter = Notebook.Read(_folder.Write("chapter.ipynb", NotebookText.OfCode("1+1")));
        chapter.CodeCells.Single().SetOutputs([new JsonObject
        {
            ["output_type"] = "display_data",
            ["data"] = new JsonObject { ["image/png"] = Convert.ToBase64String(picture) },
            ["metadata"] = new JsonObject(),
        }], 1);
        return chapter;
    }
}
