using ConcurrencyLab.Lab.Files;
using ConcurrencyLab.Lab.Notebooks;

namespace ConcurrencyLab.Lab.Execution;

/// <param name="Output">Folder for the executed notebooks and the book.</param>
/// <param name="Save">Whether the notebooks themselves get the outputs.</param>
internal sealed record RunOptions(string Output, bool Save, TimeSpan CellLimit)
{
    /// <summary>The program that runs the cells; the lab itself when null.</summary>
    public string? Program { get; init; }
}

/// <summary>Runs chapters one after the other and writes each executed notebook as soon as it is there.</summary>
internal static class BookRun
{
    /// <param name="fault">Is told, in one line each, what could not be written.</param>
    /// <param name="ended">Receives each outcome, so that none is lost when the run is cancelled.</param>
    /// <param name="cancel">Ends the run at once; no process stays.</param>
    public static async Task ExecuteAsync(
        IReadOnlyList<Notebook> chapters, RunOptions options, IRunProgress progress, Action<string> fault, Action<ChapterOutcome> ended, CancellationToken cancel)
    {
        if (options.Save) RemoveDrafts(chapters);
        for (var index = 0; index < chapters.Count; index++)
        {
            progress.ChapterStarts(chapters[index], $"{index + 1}/{chapters.Count}");
            var outcome = await ChapterRun.ExecuteAsync(chapters[index], options.CellLimit, progress.CellStarts, cancel, options.Save, options.Program);
            progress.ChapterEnded(outcome);
            ended(outcome);
            try
            {
                OutputFiles.Write(Path.Combine(options.Output, outcome.Source.Name + ".ipynb"), outcome.Executed.ToJson());
                if (!options.Save || outcome.Failure is not null) continue;
                SavedNotebook.Save(outcome.Source, outcome.Executed);
                SavedPictures.Save(outcome.Executed, Paths.PicturesOf(outcome.Source.Path));
            }
            catch (InputException wrong)
            {
                fault(wrong.Message);
            }
        }
    }

    // Where outputs are saved lie the drafts of a run that was killed while it saved.
    private static void RemoveDrafts(IReadOnlyList<Notebook> chapters)
    {
        var folders = chapters.SelectMany(chapter => new[] { Path.GetDirectoryName(Path.GetFullPath(chapter.Path)), Paths.PicturesOf(chapter.Path) });
        foreach (var folder in folders.OfType<string>().Distinct(StringComparer.Ordinal)) OutputFiles.RemoveDrafts(folder);
    }
}
