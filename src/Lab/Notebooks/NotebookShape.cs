using System.Text.Json;
using System.Text.Json.Nodes;

namespace ConcurrencyLab.Lab.Notebooks;

/// <summary>What JSON must have to be a notebook that the lab can work with.</summary>
internal static class NotebookShape
{
    /// <summary>What is wrong, in one line, or null when it is a notebook.</summary>
    public static string? Fault(JsonNode? json)
    {
        if (json is not JsonObject root) return "its JSON is not an object";
        if (Integer(root["nbformat"]) is not { } major) return "it has no \"nbformat\"";
        if (major != 4) return $"its format version is {major}, the lab reads version 4; open it in Jupyter and save it again";
        if (Integer(root["nbformat_minor"]) is null) return "it has no \"nbformat_minor\"";
        if (root["metadata"] is not (null or JsonObject)) return "its \"metadata\" is not an object";
        if (root["cells"] is not JsonArray cells) return "it has no list of \"cells\"";
        for (var index = 0; index < cells.Count; index++)
        {
            if (CellFault(cells[index]) is { } wrong) return $"item {index + 1} of its \"cells\" {wrong}";
        }
        return null;
    }

    private static string? CellFault(JsonNode? json)
    {
        if (json is not JsonObject cell) return "is not an object";
        if (cell["cell_type"] is not JsonValue kind || kind.GetValueKind() != JsonValueKind.String) return "has no \"cell_type\"";
        if (MultilineText.Join(cell["source"]) is null) return "has no \"source\" text";
        if (cell["id"] is not (null or JsonValue)) return "has an \"id\" that is not a text";
        if (cell["metadata"] is not (null or JsonObject)) return "has \"metadata\" that is not an object";
        if (cell["outputs"] is { } outputs && (outputs is not JsonArray list || !list.All(IsOutput))) return "has \"outputs\" that are not a list of outputs";
        return null;
    }

    private static bool IsOutput(JsonNode? json) =>
        json is JsonObject output && output["output_type"] is JsonValue kind && kind.GetValueKind() == JsonValueKind.String
        && output["data"] is (null or JsonObject);

    private static int? Integer(JsonNode? node) =>
        node is JsonValue value && value.GetValueKind() == JsonValueKind.Number && value.TryGetValue<int>(out var number) ? number : null;
}
