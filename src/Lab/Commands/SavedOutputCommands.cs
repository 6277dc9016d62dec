using System.CommandLine;
using ConcurrencyLab.Lab.Book;
using ConcurrencyLab.Lab.Files;
using ConcurrencyLab.Lab.Notebooks;

namespace ConcurrencyLab.Lab.Commands;

/// <summary><c>lab check</c> and <c>lab book</c>: what is done with saved outputs, without running anything.</summary>
internal static class SavedOutputCommands
{
    private const string Which = "Notebooks, or folders of them; all chapters when none is named.";

    public static Command Check()
    {
        var notebooks = new Argument<string[]>("notebooks") { Description = Which };
        var command = new Command("check", "Tells whether every notebook's saved outputs are true to its code.") { notebooks };
        command.SetAction(parsed =>
        {
            var (all, _, exitCode) = Read(parsed.GetValue(notebooks) ?? [], notebook => SavedNotebook.Fault(notebook) ?? SavedPictures.Fault(notebook, Paths.PicturesOf(notebook.Path)));
            if (exitCode == ExitCodes.Fine)
                Console.WriteLine($"The saved outputs of {all.Count} {(all.Count == 1 ? "notebook are true to its" : "notebooks are true to their")} code.");
            return exitCode;
        });
        return command;
    }

    public static Command Book()
    {
        var notebooks = new Argument<string[]>("notebooks") { Description = Which };
        var output = new Option<string?>("--output", "-o") { Description = "Folder for the book (artifacts/book when not given).", HelpName = "folder" };
        var command = new Command("book", "Makes the book of the outputs that are saved in the notebooks; runs nothing.") { notebooks, output };
        command.SetAction(parsed =>
        {
            var paths = parsed.GetValue(notebooks) ?? [];
            // A page says what its code showed: outputs of other code are no page of the book.
            var (all, faultless, exitCode) = Read(paths, SavedNotebook.Fault);
            var folder = Path.GetFullPath(parsed.GetValue(output) ?? Paths.Book);
            OutputFiles.PrepareFolder(folder);
            foreach (var chapter in faultless) OutputFiles.Write(Path.Combine(folder, chapter.Name + ".ipynb"), chapter.ToJson());
            if (faultless.Count > 0) Console.WriteLine($"The book: {BookWriter.Write(folder, paths.Length == 0 ? all : null).AbsoluteUri}");
            return exitCode;
        });
        return command;
    }

    /// <summary>Reads and looks at each; what is wrong with one is told on the error stream, in a line.</summary>
    private static (IReadOnlyList<Notebook> All, List<Notebook> Faultless, int ExitCode) Read(string[] paths, Func<Notebook, string?> faultOf)
    {
        var unreadable = false;
        var all = ChapterList.Read(paths, fault =>
        {
            unreadable = true;
            Console.Error.WriteLine(fault);
        });
        var faultless = new List<Notebook>();
        foreach (var notebook in all)
        {
            if (faultOf(notebook) is { } fault) Console.Error.WriteLine($"{Paths.Shown(notebook.Path)} {fault}");
            else faultless.Add(notebook);
        }
        return (all, faultless, unreadable ? ExitCodes.BadInput : faultless.Count < all.Count ? ExitCodes.Failed : ExitCodes.Fine);
    }
}
