using System.Text.Json;
using System.Text.Json.Nodes;

namespace ConcurrencyLab.Lab.Notebooks;

public sealed class NotebookCell
{
    internal NotebookCell(JsonObject json, Func<int> nextNumber)
    {
        Json = json;
        if (IsRunnable) Number = nextNumber();
    }

    /// <summary><c>code</c>, <c>markdown</c> or <c>raw</c>.</summary>
    public string Kind => Json["cell_type"]!.GetValue<string>();

    /// <summary>The id that stays when the cell moves; null in notebooks older than format 4.5.</summary>
    public string? Id => Json["id"] is JsonValue id && id.GetValueKind() == JsonValueKind.String ? id.GetValue<string>() : null;

    /// <summary>The text of the cell with line ends of one character.</summary>
    public string Source => MultilineText.Join(Json["source"])!.ReplaceLineEndings("\n");

    /// <summary>1 for the first runnable cell, as front ends number them in a run from top to bottom; 0 for other cells.</summary>
    public int Number { get; }

    /// <summary>True for code that is not blank.</summary>
    public bool IsRunnable => Kind == "code" && !string.IsNullOrWhiteSpace(Source);

    /// <summary>The tags that Jupyter's tools know, such as <c>raises-exception</c> and <c>skip-execution</c>.</summary>
    public IReadOnlyList<string> Tags => Json["metadata"]?["tags"] is JsonArray tags ? [.. tags.Select(tag => tag?.ToString() ?? "")] : [];

    /// <summary>What the cell showed, oldest first.</summary>
    public IEnumerable<JsonObject> Outputs => Json["outputs"] is JsonArray outputs ? outputs.OfType<JsonObject>() : [];

    internal JsonObject Json { get; }

    internal JsonObject Metadata => Notebook.MetadataOf(Json);

    internal void SetOutputs(IEnumerable<JsonObject> outputs, int? executionCount) =>
        (Json["outputs"], Json["execution_count"]) = (new JsonArray([.. outputs]), executionCount);

    /// <summary>The content of an output in one MIME type, joined when it is a list of lines; null when it has none.</summary>
    public static string? Text(JsonObject output, string mimeType) => MultilineText.Join(output["data"]?[mimeType]);

    /// <summary>Turns the texts of a cell into the lists of lines that nbformat stores.</summary>
    internal static void SplitLines(JsonObject cell)
    {
        static void Split(JsonObject holder, string name)
        {
            if (MultilineText.Join(holder[name]) is { } text) holder[name] = MultilineText.Split(text);
        }
        Split(cell, "source");
        foreach (var output in (cell["outputs"] as JsonArray ?? []).OfType<JsonObject>())
        {
            Split(output, "text");
            if (output["data"] is not JsonObject data) continue;
            foreach (var mimeType in data.Select(item => item.Key).Where(MultilineText.IsStoredAsLines).ToArray()) Split(data, mimeType);
        }
    }
}
