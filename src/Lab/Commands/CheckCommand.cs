using System.CommandLine;
using ConcurrencyLab.Lab.Files;
using ConcurrencyLab.Lab.Notebooks;

namespace ConcurrencyLab.Lab.Commands;

/// <summary><c>lab check</c>: are the saved outputs of the notebooks those of their code?</summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        var notebooks = NamedNotebooks.Argument();
        var command = new Command("check", "Tells whether every notebook's saved outputs are true to its code.") { notebooks };
        command.SetAction(parsed => Check(parsed.GetValue(notebooks) ?? []));
        return command;
    }

    private static int Check(string[] paths)
    {
        var named = NamedNotebooks.Read(paths, notebook => SavedNotebook.Fault(notebook) ?? SavedPictures.Fault(notebook, Paths.PicturesOf(notebook.Path)));
        if (named.ExitCode == ExitCodes.Fine)
            Console.WriteLine($"The saved outputs of {named.All.Count} {(named.All.Count == 1 ? "notebook are true to its" : "notebooks are true to their")} code.");
        return named.ExitCode;
    }
}
