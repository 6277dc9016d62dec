using System.Text.Json;
using ConcurrencyLab.Lab.Notebooks;

namespace ConcurrencyLab.Tests;

/// <summary>A repository of one chapter: notebook, Python scripts, a picture in docs, a book, and a folder for temporary files.</summary>
/// <param name="path">Where the lab sees it.</param>
/// <param name="seen">Where this process sees the same.</param>
internal sealed class SampleRepository(string path, string seen)
{
    /// <summary>What the runtime itself leaves in the folder for temporary files when it is killed; the lab cannot take it away.</summary>
    private static readonly string[] OfTheRuntime = ["dotnet-diagnostic-", "clr-debug-pipe-", ".dotnet"];

    private static readonly byte[] Signature = [0x89, (byte)'P', (byte)'N', (byte)'G'], EndOfPicture = [(byte)'I', (byte)'E', (byte)'N', (byte)'D', 0xae, 0x42, 0x60, 0x82];

    private string? _notebook;

    /// <summary>Where the lab sees it.</summary>
    public string Path { get; } = path;

    /// <summary>The folder for temporary files, as the lab sees it.</summary>
    public string Temporary => System.IO.Path.Combine(Path, "tmp");

    private string this[string name] => System.IO.Path.Combine(seen, name);

    private string Chapter => this[$"notebooks/{ChaosChapter.Name}.ipynb"];

    private string Picture => this[$"docs/{ChaosChapter.Name}.id-{ChaosChapter.Number("picture") + 1}.png"];

    /// <summary>Puts everything in its place.</summary>
    /// <param name="sources">The root of the real repository.</param>
    public void Create(string sources)
    {
        foreach (var folder in (string[])["notebooks/python", "docs", "tmp"]) Directory.CreateDirectory(this[folder]);
        File.WriteAllText(this["ConcurrencyLab.slnx"], "<Solution />\n");
        foreach (var script in ChaosChapter.Scripts) File.Copy(System.IO.Path.Combine(sources, "notebooks", "python", script), this[$"notebooks/python/{script}"]);
        File.WriteAllText(Chapter, ChaosChapter.Notebook(System.IO.Path.Combine(sources, "artifacts", "lab", "ConcurrencyLab.dll")));
        File.WriteAllBytes(Picture, []);
        Remember();
    }

    /// <summary>What is in the notebook now counts as the old version.</summary>
    public void Remember() => _notebook = File.ReadAllText(Chapter);

    /// <summary>Takes all the room that is left on the disk, or leaves as many bytes as said.</summary>
    public void FillDisk(int left)
    {
        using var filler = new FileStream(this["filler"], FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        var block = new byte[4096];
        try
        {
            while (true) filler.Write(block);
        }
        catch (IOException)
        {
            filler.SetLength(Math.Max(0, filler.Length - left));
        }
    }

    /// <summary>Gives the room back.</summary>
    public void EmptyDisk() => File.Delete(this["filler"]);

    /// <summary>Everything that is neither old nor new, but something in between.</summary>
    /// <param name="swept">False while a killed run may have left drafts that the next run clears away.</param>
    public IEnumerable<string> HalfWritten(bool swept)
    {
        foreach (var file in Directory.EnumerateFiles(seen, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 }))
        {
            var name = System.IO.Path.GetRelativePath(seen, file);
            if (name.StartsWith("tmp/", StringComparison.Ordinal)) continue;
            if (IsDraft(name))
            {
                if (swept) yield return $"{name} is a draft";
            }
            else if (FaultOf(file) is { } fault)
            {
                yield return $"{name}: {fault}";
            }
        }
        if (File.ReadAllText(Chapter) != _notebook && SavedNotebook.Fault(Notebook.Read(Chapter)) is { } untrue)
            yield return $"the notebook is neither the old one nor whole: {untrue}";
    }

    /// <summary>What is left of temporary files.</summary>
    public string[] TemporaryLeft() => [.. Directory.EnumerateFileSystemEntries(this["tmp"]).Select(entry => System.IO.Path.GetFileName(entry))
        .Where(name => !OfTheRuntime.Any(own => name.StartsWith(own, StringComparison.Ordinal)))];

    /// <summary>What is wrong with the results of a run that claims to have gone well.</summary>
    public IEnumerable<string> Wrong()
    {
        foreach (var chapter in new[] { Chapter, this[$"artifacts/book/{ChaosChapter.Name}.ipynb"] })
        {
            var notebook = Notebook.Read(chapter);
            foreach (var (id, answer) in ChaosChapter.Answers.Where(answer => ChaosChapter.Has(answer.Key)))
            {
                var outputs = notebook.CodeCells.Single(cell => cell.Number == ChaosChapter.Number(id)).Outputs;
                var said = string.Concat(outputs.Select(output => MultilineText.Join(output["text"]) ?? NotebookCell.Text(output, "text/plain")));
                if (said.Trim() != answer) yield return $"{System.IO.Path.GetFileName(System.IO.Path.GetDirectoryName(chapter))}: cell {id} shows \"{said.Trim()}\" and not \"{answer}\"";
            }
        }
        var saved = Notebook.Read(Chapter);
        if (SavedNotebook.Fault(saved) is { } notebookFault) yield return notebookFault;
        if (SavedPictures.Fault(saved, this["docs"]) is { } pictureFault) yield return pictureFault;
        foreach (var file in (string[])["index.html", $"{ChaosChapter.Name}.html", $"{ChaosChapter.Name}.png", "plotly.min.js"])
        {
            if (!File.Exists(this[$"artifacts/book/{file}"])) yield return $"the book has no {file}";
        }
    }

    private static bool IsDraft(string name) => name.EndsWith(".partial", StringComparison.Ordinal) || name.EndsWith(".fresh", StringComparison.Ordinal);

    private string? FaultOf(string file)
    {
        var content = File.ReadAllBytes(file);
        switch (System.IO.Path.GetExtension(file))
        {
            case ".png":
                return content.Length == 0 && file == Picture || content.AsSpan().StartsWith(Signature) && content.AsSpan().EndsWith(EndOfPicture) ? null : "no whole picture";
            case ".html":
                return File.ReadAllText(file).TrimEnd().EndsWith("</html>", StringComparison.Ordinal) ? null : "no whole page";
            case ".json" or ".ipynb":
                try
                {
                    using var json = JsonDocument.Parse(content);
                    return null;
                }
                catch (JsonException broken)
                {
                    return broken.Message;
                }
            case ".js":
                return content.AsSpan().SequenceEqual(File.ReadAllBytes(System.IO.Path.Combine(System.IO.Path.GetDirectoryName(LabRun.Program)!, "book", System.IO.Path.GetFileName(file)))) ? null : "not the whole script";
            default:
                return null;
        }
    }
}
