using System.CommandLine;
using ConcurrencyLab.Lab.Book;
using ConcurrencyLab.Lab.Files;
using ConcurrencyLab.Lab.Notebooks;

namespace ConcurrencyLab.Lab.Commands;

/// <summary><c>lab book</c>: the book of what the notebooks have saved, without running anything.</summary>
internal static class BookCommand
{
    public static Command Create()
    {
        var notebooks = NamedNotebooks.Argument();
        var output = new Option<string?>("--output", "-o")
        {
            Description = "Folder for the book (artifacts/book when not given).",
            HelpName = "folder",
        };
        var command = new Command("book", "Makes the book of the outputs that are saved in the notebooks; runs nothing.") { notebooks, output };
        command.SetAction(parsed => Make(parsed.GetValue(notebooks) ?? [], parsed.GetValue(output)));
        return command;
    }

    private static int Make(string[] paths, string? output)
    {
        // A page says what its code showed: outputs of other code are no page of the book.
        var named = NamedNotebooks.Read(paths, SavedNotebook.Fault);
        var folder = Path.GetFullPath(output ?? Paths.Book);
        WholeFile.PrepareFolder(folder);
        foreach (var chapter in named.Faultless) WholeFile.Write(Path.Combine(folder, chapter.Name + ".ipynb"), chapter.ToJson());
        if (named.Faultless.Count > 0)
        {
            var index = BookWriter.Write(folder, paths.Length == 0 ? named.All.Select(chapter => chapter.Name).ToHashSet(StringComparer.Ordinal) : null);
            Console.WriteLine($"The book: {new Uri(index).AbsoluteUri}");
        }
        return named.ExitCode;
    }
}
