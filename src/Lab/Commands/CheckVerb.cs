using System.CommandLine;
using ConcurrencyLab.Lab.Files;
using ConcurrencyLab.Lab.Notebooks;

namespace ConcurrencyLab.Lab.Commands;

/// <summary><c>lab check</c>: are the saved outputs of the notebooks those of their code?</summary>
internal static class CheckVerb
{
    public static Command Create()
    {
        var notebooks = new Argument<string[]>("notebooks")
        {
            Description = "Notebooks, or folders of them; all chapters when none is named.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var command = new Command("check", "Tells whether every notebook's saved outputs are true to its code.") { notebooks };
        command.SetAction(parsed => Check(parsed.GetValue(notebooks) ?? []));
        return command;
    }

    private static int Check(string[] paths)
    {
        var unreadable = 0;
        var chapters = ChapterList.Read(paths, fault =>
        {
            unreadable++;
            Console.Error.WriteLine(fault);
        });
        var untrue = 0;
        foreach (var chapter in chapters)
        {
            if ((SavedNotebook.Fault(chapter) ?? SavedPictures.Fault(chapter, Paths.PicturesOf(chapter.Path))) is not { } fault) continue;
            untrue++;
            Console.Error.WriteLine($"{Paths.Shown(chapter.Path)} {fault}");
        }
        if (unreadable > 0) return ExitCodes.BadInput;
        if (untrue > 0) return ExitCodes.Failed;
        Console.WriteLine($"The saved outputs of {chapters.Count} {(chapters.Count == 1 ? "notebook are true to its" : "notebooks are true to their")} code.");
        return ExitCodes.Fine;
    }
}
