using System.CommandLine;
using ConcurrencyLab.Lab.Book;
using ConcurrencyLab.Lab.Files;
using ConcurrencyLab.Lab.Notebooks;

namespace ConcurrencyLab.Lab.Commands;

/// <summary><c>lab book</c>: the book of what the notebooks have saved, without running anything.</summary>
internal static class BookVerb
{
    public static Command Create()
    {
        var notebooks = new Argument<string[]>("notebooks")
        {
            Description = "Notebooks, or folders of them; all chapters when none is named.",
            Arity = ArgumentArity.ZeroOrMore,
        };
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
        var unreadable = 0;
        var untrue = 0;
        var chapters = ChapterList.Read(paths, fault =>
        {
            unreadable++;
            Console.Error.WriteLine(fault);
        });
        var folder = Path.GetFullPath(output ?? Paths.Book);
        WholeFile.PrepareFolder(folder);
        var written = 0;
        foreach (var chapter in chapters)
        {
            // A page says what its code showed: outputs of other code are no page of the book.
            if (SavedNotebook.Fault(chapter) is { } fault)
            {
                untrue++;
                Console.Error.WriteLine($"{Paths.Shown(chapter.Path)} {fault}");
                continue;
            }
            WholeFile.Write(Path.Combine(folder, chapter.Name + ".ipynb"), chapter.ToJson());
            written++;
        }
        if (written > 0)
        {
            var index = BookWriter.Write(folder, paths.Length == 0 ? chapters.Select(chapter => chapter.Name).ToHashSet(StringComparer.Ordinal) : null);
            Console.WriteLine($"The book: {new Uri(index).AbsoluteUri}");
        }
        return unreadable > 0 ? ExitCodes.BadInput : untrue > 0 ? ExitCodes.Failed : ExitCodes.Fine;
    }
}
