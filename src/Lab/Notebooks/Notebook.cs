using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ConcurrencyLab.Lab.Files;

namespace ConcurrencyLab.Lab.Notebooks;

/// <summary>
/// A notebook of format 4.x (https://nbformat.readthedocs.io). The JSON behind it is kept, so that whatever another
/// program has put there is still there when it is written again.
/// </summary>
public sealed class Notebook
{
    private Notebook(JsonObject json, string path)
    {
        Json = json;
        Path = path;
        var number = 0;
        Cells = [.. json["cells"]!.AsArray().Select(cell => new NotebookCell(cell!.AsObject(), () => ++number))];
    }

    /// <summary>Where it was read from; relative references start in its folder.</summary>
    public string Path { get; }

    /// <summary>The file's name without its ending, <c>01-what-is-concurrency</c> for example.</summary>
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    public IReadOnlyList<NotebookCell> Cells { get; }

    /// <summary>The cells that can be run: code that is not blank.</summary>
    public IEnumerable<NotebookCell> CodeCells => Cells.Where(cell => cell.IsRunnable);

    /// <summary>The first heading of the text, or the file's name.</summary>
    public string Title => Cells.Where(cell => cell.Kind == "markdown")
        .SelectMany(cell => cell.Source.Split('\n'))
        .FirstOrDefault(line => line.StartsWith("# ", StringComparison.Ordinal))?[2..].Trim() ?? Name;

    /// <summary>The language of its code cells, C# when it does not say.</summary>
    public string Language => Json["metadata"]?["kernelspec"]?["language"]?.ToString() ?? Json["metadata"]?["language_info"]?["name"]?.ToString() ?? "C#";

    public JsonObject Metadata => MetadataOf(Json);

    internal JsonObject Json { get; }

    /// <summary>The metadata of a notebook or a cell; added when there is none.</summary>
    internal static JsonObject MetadataOf(JsonObject json)
    {
        if (json["metadata"] is not JsonObject metadata) json["metadata"] = metadata = [];
        return metadata;
    }

    /// <exception cref="InputException">It is missing, unreadable, not JSON (with line and column) or not a notebook.</exception>
    public static Notebook Read(string path)
    {
        try
        {
            return Parse(File.ReadAllBytes(path), path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{Paths.Shown(path)}: {(fault is FileNotFoundException or DirectoryNotFoundException ? "no such notebook" : $"cannot be read: {fault.Message}")}", fault);
        }
    }

    /// <exception cref="InputException">They are not JSON (with line and column) or not a notebook.</exception>
    public static Notebook Parse(ReadOnlySpan<byte> content, string path)
    {
        var shown = Paths.Shown(path);
        if (content.StartsWith(Encoding.UTF8.Preamble)) content = content[Encoding.UTF8.Preamble.Length..];
        JsonNode? json;
        try
        {
            json = JsonNode.Parse(content, documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false });
        }
        catch (JsonException fault)
        {
            var place = $"line {fault.LineNumber + 1}, column {fault.BytePositionInLine + 1}";
            var reason = fault.Message.Split(" LineNumber:")[0].Split(" Path:")[0].TrimEnd('.');
            throw new InputException($"{shown}: not JSON at {place}: {reason}", fault);
        }
        if (NotebookShape.Fault(json) is { } wrong) throw new InputException($"{shown}: not a notebook: {wrong}");
        return new Notebook(json!.AsObject(), path);
    }

    public Notebook Copy() => new(Json.DeepClone().AsObject(), Path);

    /// <summary>The file's text as nbformat writes it.</summary>
    public string ToJson()
    {
        var json = Json.DeepClone().AsObject();
        foreach (var cell in json["cells"]!.AsArray()) NotebookCell.SplitLines(cell!.AsObject());
        return NotebookJson.Write(json) + "\n";
    }

    /// <summary>Gives cells that have none an id, and the notebook the format version that knows ids.</summary>
    public void EnsureCellIds()
    {
        if (Json["nbformat_minor"]!.GetValue<int>() < 5) Json["nbformat_minor"] = 5;
        var taken = Cells.Select(cell => cell.Id).OfType<string>().ToHashSet(StringComparer.Ordinal);
        for (var index = 0; index < Cells.Count; index++)
        {
            if (Cells[index].Id is not null) continue;
            var id = $"cell-{index + 1}";
            while (!taken.Add(id)) id += "-x";
            Cells[index].Json["id"] = id;
        }
    }
}
