using System.Text.Json.Nodes;

namespace ConcurrencyLab.Kernel.Cells;

/// <summary>What a notebook says of a cell's language, in the metadata of VS Code's Polyglot Notebooks.</summary>
public static class CellLanguage
{
    /// <summary>The name of the language, <c>markdown</c> for example.</summary>
    /// <param name="metadata">A cell's metadata, which front ends also send along with the cell.</param>
    /// <returns>Null when nothing is said: the notebook's own.</returns>
    public static string? In(JsonNode? metadata) =>
        Text(metadata, "polyglot_notebook", "kernelName") ?? Text(metadata, "dotnet_interactive", "language");

    private static string? Text(JsonNode? metadata, string tool, string name) =>
        metadata is JsonObject all && all[tool] is JsonObject said && said[name] is JsonValue value && value.TryGetValue<string>(out var language) ? language : null;
}
