using System.CommandLine;
using ConcurrencyLab.Lab.Files;
using ConcurrencyLab.Lab.Notebooks;

namespace ConcurrencyLab.Lab.Commands;

/// <summary>The notebooks that a command line names, and what those that cannot be used do to the exit code.</summary>
/// <param name="All">Those that could be read.</param>
/// <param name="Faultless">Those of them that nothing is wrong with.</param>
/// <param name="ExitCode">Fine when they are all that were named.</param>
internal sealed record NamedNotebooks(IReadOnlyList<Notebook> All, IReadOnlyList<Notebook> Faultless, int ExitCode)
{
    /// <summary>The argument by which every command names them.</summary>
    public static Argument<string[]> Argument() => new("notebooks")
    {
        Description = "Notebooks, or folders of them; all chapters when none is named.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    /// <summary>Reads and looks at each; what is wrong with one is told on the error stream, in a line.</summary>
    /// <param name="paths">Files and folders; all chapters when there are none.</param>
    /// <param name="faultOf">What is wrong with a notebook that could be read; null when nothing is.</param>
    /// <exception cref="InputException">Nothing is named and the chapters' folder cannot be found.</exception>
    public static NamedNotebooks Read(string[] paths, Func<Notebook, string?> faultOf)
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
        return new NamedNotebooks(all, faultless, unreadable ? ExitCodes.BadInput : faultless.Count < all.Count ? ExitCodes.Failed : ExitCodes.Fine);
    }
}
