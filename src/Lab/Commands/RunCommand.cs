using System.CommandLine;
using System.Globalization;
using ConcurrencyLab.Lab.Book;
using ConcurrencyLab.Lab.Claims;
using ConcurrencyLab.Lab.Execution;
using ConcurrencyLab.Lab.Files;
using ConcurrencyLab.Lab.Notebooks;
using Spectre.Console;

namespace ConcurrencyLab.Lab.Commands;

/// <summary><c>lab run</c>: runs chapters and writes the book.</summary>
internal static class RunCommand
{
    private static readonly Argument<string[]> Notebooks = NamedNotebooks.Argument();

    private static readonly Option<string?> Output = new("--output", "-o")
    {
        Description = "Folder for the executed notebooks and the book (artifacts/book when not given).",
        HelpName = "folder",
    };

    private static readonly Option<bool> Save = new("--save")
    {
        Description = "Write the outputs into the notebooks themselves too.",
    };

    private static readonly Option<double> CellTimeout = new("--cell-timeout")
    {
        Description = "Longest time a cell may take, in seconds.",
        HelpName = "seconds",
        DefaultValueFactory = _ => 60,
    };

    static RunCommand() => CellTimeout.Validators.Add(result =>
    {
        // A value that is no number has a message of its own already.
        if (result.Tokens is [var token] && double.TryParse(token.Value, CultureInfo.InvariantCulture, out var seconds) && seconds is not (> 0 and <= 86_400))
            result.AddError("--cell-timeout takes a number of seconds above 0 and up to 86400.");
    });

    public static Command Create()
    {
        var command = new Command("run", "Runs chapters from top to bottom and writes the book.");
        AddTo(command);
        return command;
    }

    /// <summary>Lets a command do what <c>run</c> does.</summary>
    public static void AddTo(Command command)
    {
        command.Arguments.Add(Notebooks);
        foreach (var option in new Option[] { Output, Save, CellTimeout }) command.Options.Add(option);
        command.SetAction((parsed, cancel) => RunAsync(
            parsed.GetValue(Notebooks) ?? [],
            parsed.GetValue(Output),
            parsed.GetValue(Save),
            TimeSpan.FromSeconds(parsed.GetValue(CellTimeout)),
            cancel));
    }

    private static async Task<int> RunAsync(string[] paths, string? output, bool save, TimeSpan cellLimit, CancellationToken cancel)
    {
        var faults = new List<string>();
        var chapters = ChapterList.Read(paths, faults.Add);
        var options = new RunOptions(Path.GetFullPath(output ?? Paths.Book), save, cellLimit);
        OpenFiles.Check();
        WholeFile.PrepareFolder(options.Output);
        // Said before a long run, and said again with the other faults at its end.
        foreach (var fault in faults) Console.Error.WriteLine(fault);

        var outcomes = new List<ChapterOutcome>();
        var console = AnsiConsole.Console;
        var ready = faults.Count;
        try
        {
            Task Work(IRunProgress progress) => BookRun.ExecuteAsync(chapters, options, progress, faults.Add, outcomes.Add, cancel);
            if (chapters.Count > 0)
                await (Console.IsOutputRedirected || !console.Profile.Capabilities.Interactive ? Work(new PlainProgress(Console.Out)) : TerminalProgress.ShowAsync(console, Work));
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine($"Stopped; {outcomes.Count} of {chapters.Count} chapters had run and are in {Paths.Shown(options.Output)}.");
            return ExitCodes.Stopped;
        }
        if (outcomes.Count > 0) WriteBook(options.Output, paths.Length == 0 ? chapters : null, faults);
        ClaimsTable.Print(console, outcomes);
        return Conclude(outcomes, faults, ready);
    }

    private static void WriteBook(string folder, IReadOnlyList<Notebook>? wholeBook, List<string> faults)
    {
        try
        {
            var index = BookWriter.Write(folder, wholeBook?.Select(chapter => chapter.Name).ToHashSet(StringComparer.Ordinal));
            Console.WriteLine($"The book: {new Uri(index).AbsoluteUri}");
        }
        catch (InputException wrong)
        {
            faults.Add(wrong.Message);
        }
    }

    private static int Conclude(List<ChapterOutcome> outcomes, List<string> faults, int said)
    {
        foreach (var outcome in outcomes.Where(outcome => outcome.Failure is not null))
            Console.Error.WriteLine($"{Paths.Shown(outcome.Source.Path)}: {outcome.Failure}");
        foreach (var fault in outcomes.Count > 0 ? faults : faults.Skip(said)) Console.Error.WriteLine(fault);
        if (faults.Count > 0) return ExitCodes.BadInput;
        return outcomes.Any(outcome => outcome.Failure is not null) ? ExitCodes.Failed : ExitCodes.Fine;
    }
}
