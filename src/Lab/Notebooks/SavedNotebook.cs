using System.Text.Json.Nodes;
using ConcurrencyLab.Lab.Files;

namespace ConcurrencyLab.Lab.Notebooks;

/// <summary>Notebooks that carry the outputs of a real run, and whether they still tell the truth.</summary>
public static class SavedNotebook
{
    /// <summary>Largest size of a committed notebook in bytes; code hosts stop showing bigger ones.</summary>
    public const int MostBytes = 1_000_000;

    /// <summary>Writes a run's outputs into the notebook it ran; a file that already says the same is not touched.</summary>
    /// <exception cref="InputException">The file cannot be written, or would be too large to be shown.</exception>
    public static bool Save(Notebook source, Notebook executed)
    {
        var saved = source.Copy();
        saved.EnsureCellIds();
        foreach (var (cell, ran) in saved.Cells.Zip(executed.Cells))
        {
            RemoveEditorTraces(cell);
            if (cell.Kind != "code") continue;
            cell.SetOutputs(ran.Outputs.Select(output => output.DeepClone().AsObject()), ran.IsRunnable ? ran.Number : null);
        }
        saved.Metadata["language_info"] = LanguageInfo();
        var run = SavedRun.Now(saved);
        // Same code, same outputs: the earlier date and machine are as true as ours.
        (SavedRun.Of(source) is { } earlier && earlier.Code == run.Code && earlier.Outputs == run.Outputs ? earlier : run).WriteTo(saved);
        var text = System.Text.Encoding.UTF8.GetBytes(saved.ToJson());
        if (text.Length > MostBytes)
            throw new InputException(FormattableString.Invariant($"{Paths.Shown(source.Path)}: not saved: with its outputs it would be {text.Length:N0} bytes, more than {MostBytes:N0}; show less"));
        return OutputFiles.WriteIfChanged(source.Path, text);
    }

    /// <summary>What is untrue about a notebook's saved outputs, and how to mend it; null when all is true.</summary>
    public static string? Fault(Notebook notebook)
    {
        var mend = $"run: {Paths.Command} run --save {Paths.Shown(notebook.Path)}";
        if (new FileInfo(notebook.Path) is { Exists: true, Length: > MostBytes } file)
            return FormattableString.Invariant($"is {file.Length:N0} bytes, more than {MostBytes:N0}: show less, then {mend}");
        if (SavedRun.Of(notebook) is not { } run) return $"has no outputs saved by the lab; {mend}";
        if (run.Code != SavedRun.CodeHash(notebook)) return $"was changed after its outputs were saved; {mend}";
        return run.Outputs == SavedRun.OutputsHash(notebook) ? null : $"has outputs that are not those of the run that it names; {mend}";
    }

    // VS Code notes on each cell which editor it used; the notebook's own language says it already.
    private static void RemoveEditorTraces(NotebookCell cell)
    {
        if (cell.Metadata["vscode"] is JsonObject) cell.Metadata.Remove("vscode");
    }

    // Every front end writes here what its kernel answered; one form for all keeps the diffs empty.
    private static JsonObject LanguageInfo() => new()
    {
        ["file_extension"] = ".cs",
        ["mimetype"] = "text/x-csharp",
        ["name"] = "C#",
        ["pygments_lexer"] = "csharp",
    };
}
