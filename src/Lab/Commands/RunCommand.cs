using System.CommandLine;
using System.Globalization;
using ConcurrencyLab.Kernel.Installation;
using ConcurrencyLab.Lab.Book;
using ConcurrencyLab.Lab.Execution;
using ConcurrencyLab.Lab.Files;
using ConcurrencyLab.Lab.Notebooks;
using Spectre.Console;

namespace ConcurrencyLab.Lab.Commands;

/// <summary><c>lab run</c>: runs chapters and writes the book.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var notebooks = new Argument<string[]>("notebooks") { Description = "Notebooks, or folders of them." };
        var all = new Option<bool>("--all") { Description = "Run every chapter." };
        var output = new Option<string?>("--output", "-o") { Description = "Folder for the executed notebooks and the book (artifacts/book when not given).", HelpName = "folder" };
        var save = new Option<bool>("--save") { Description = "Write the outputs into the notebooks themselves too." };
        var cellTimeout = new Option<double>("--cell-timeout") { Description = "Longest time a cell may take, in seconds.", HelpName = "seconds", DefaultValueFactory = _ => 60 };
        cellTimeout.Validators.Add(result =>
        {
            // A value that is no number has a message of its own already.
            if (result.Tokens is [var token] && double.TryParse(token.Value, CultureInfo.InvariantCulture, out var seconds) && seconds is not (> 0 and <= 86_400))
                result.AddError("--cell-timeout takes a number of seconds above 0 and up to 86400.");
        });
        var engine = EngineOption.Create();
        var command = new Command("run", "Runs chapters from top to bottom and writes the book.") { notebooks, all, output, save, cellTimeout, engine };
        command.SetAction((parsed, cancel) =>
        {
            var paths = parsed.GetValue(notebooks) ?? [];
            if (parsed.GetValue(all) == paths.Length > 0) throw new InputException("say what to run: notebooks, folders of them, or --all for every chapter");
            var interactive = parsed.GetValue(engine) == EngineOption.DotnetInteractive;
            // Saved outputs are those of the engine that readers have.
            if (interactive && parsed.GetValue(save)) throw new InputException($"--save keeps what the lab's own engine shows: leave out --engine {EngineOption.DotnetInteractive}");
            return RunAsync(paths, parsed.GetValue(output), parsed.GetValue(save), TimeSpan.FromSeconds(parsed.GetValue(cellTimeout)), interactive, cancel);
        });
        return command;
    }

    /// <param name="paths">What to run; every chapter when empty.</param>
    private static async Task<int> RunAsync(string[] paths, string? output, bool save, TimeSpan cellLimit, bool interactive, CancellationToken cancel)
    {
        var faults = new List<string>();
        var chapters = ChapterList.Read(paths, faults.Add);
        var options = new RunOptions(Path.GetFullPath(output ?? Paths.Book), save, cellLimit);
        if (interactive)
        {
            Console.WriteLine(EngineOption.Warning);
            options = options with { Program = await InstallCommands.BuildAsync(InstallableKernel.DotnetInteractive, cancel) };
        }

        OpenFiles.Check();
        OutputFiles.PrepareFolder(options.Output);
        // Said before a long run, and said again with the other faults at its end.
        foreach (var fault in faults) Console.Error.WriteLine(fault);
        if (chapters.Count == 0) return ExitCodes.BadInput;

        var outcomes = new List<ChapterOutcome>();
        var console = AnsiConsole.Console;
        try
        {
            Task Work(IRunProgress progress) => BookRun.ExecuteAsync(chapters, options, progress, faults.Add, outcomes.Add, cancel);
            await (Console.IsOutputRedirected || !console.Profile.Capabilities.Interactive ? Work(new PlainProgress(Console.Out)) : TerminalProgress.ShowAsync(console, Work));
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine($"Stopped; {outcomes.Count} of {chapters.Count} chapters had run and are in {Paths.Shown(options.Output)}.");
            return ExitCodes.Stopped;
        }
        Uri? book = null;
        try
        {
            book = BookWriter.Write(options.Output, paths.Length == 0 ? chapters : null);
        }
        catch (InputException wrong)
        {
            faults.Add(wrong.Message);
        }
        RunReport.Print(console, outcomes, faults, book, nextSteps: paths.Length == 0);
        return faults.Count > 0 ? ExitCodes.BadInput : outcomes.Any(outcome => outcome.Failure is not null) ? ExitCodes.Failed : ExitCodes.Fine;
    }
}
